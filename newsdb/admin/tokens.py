"""Creates and revokes API tokens. A new token is shown once."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from newsdb.admin.lists import ListMixin
from newsdb.models import Token
from newsdb.models.token import EDITORS, is_editor


@admin.register(Token)
class TokenAdmin(ListMixin, admin.ModelAdmin):
    """API tokens. The user and scope of a token never change; make another token instead."""

    list_display = ("name", "user", "scope", "created_at", "last_used_at", "expires_at", "revoked_at")
    list_filter = ("scope", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    fields = ("name", "user", "scope", "expires_at", "created_at", "last_used_at", "revoked_at")
    autocomplete_fields = ("user",)
    actions = ("revoke",)

    def get_readonly_fields(self, request: HttpRequest, obj: Token | None = None) -> Any:
        automatic = ("created_at", "last_used_at", "revoked_at")
        return (*automatic, "user", "scope") if obj else automatic

    def get_fields(self, request: HttpRequest, obj: Token | None = None) -> Any:
        return self.fields if obj else self.fields[:4]

    def save_model(self, request: HttpRequest, obj: Token, form: Any, change: bool) -> None:
        secret = "" if change else obj.make_secret()
        super().save_model(request, obj, form, change)
        if secret:
            self.message_user(request, f"Copy it now, it is not shown again: {secret}", messages.WARNING)
            if obj.scope == "write" and not is_editor(obj.user):
                text = f"It cannot write until {obj.user} is in the group “{EDITORS}”."
                self.message_user(request, text, messages.WARNING)

    @admin.action(description="Revoke immediately and permanently", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: Any) -> None:
        """Revoke the selected tokens."""
        self.message_user(request, f"Revoked: {queryset.revoke()}.", messages.SUCCESS)
