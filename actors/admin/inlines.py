from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from actors.models import ActorName, ActorSlug, Role
from newsdb.admin import AutocompleteMixin, PartialDateField, RecordForm


class NameInline(admin.TabularInline):
    model = ActorName
    fields = ("name",)
    extra = 1
    verbose_name = "name"
    verbose_name_plural = "other names it is found by"


class RoleForm(RecordForm):
    partial_dates = {
        "started": ("started_on", "started_precision"),
        "ended": ("ended_on", "ended_precision"),
    }
    started = PartialDateField()
    ended = PartialDateField()


class RoleInline(AutocompleteMixin, admin.TabularInline):
    model = Role
    form = RoleForm
    fk_name = "actor"
    fields = ("title", "organisation", "started", "ended")
    autocomplete_fields = ("organisation",)
    extra = 1

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("organisation")


class AddressInline(admin.TabularInline):
    """Every address it ever had; one may be added, none is taken away."""

    model = ActorSlug
    fields = ("slug",)
    extra = 1
    verbose_name = "address"
    verbose_name_plural = "addresses that lead to it"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
