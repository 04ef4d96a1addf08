"""Shows and edits the addresses (slugs) of a record on its admin page."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest


class AddressInline(admin.TabularInline):
    """All addresses the record has ever had. More can be added, but none changed or deleted."""

    fields = ("slug", "leads")
    readonly_fields = ("leads",)
    extra = 1
    verbose_name = "address"
    verbose_name_plural = "addresses that lead to it"

    @admin.display(description="Use")
    def leads(self, address: Any) -> str:
        """Whether this is the current address, or one that redirects to it."""
        if not address.pk:
            return ""
        owner = getattr(address, self.parent_model._meta.model_name)
        return "The address now" if owner.slug == address.slug else "Redirects to it"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AddressedMixin:
    """For a model admin: tells the user when saving changed the record's address."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        if change and "slug" in form.changed_data:
            text = f"Its address is now “{obj.slug}”; “{form.initial['slug']}” still redirects to it."
            self.message_user(request, text, messages.INFO)  # type: ignore[attr-defined]
