from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from actors.models import ActorName, ActorSlug, Role
from newsdb.admin import AddressInline, AutocompleteMixin, PartialDateField, RecordForm


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


class ActorAddressInline(AddressInline):
    model = ActorSlug
