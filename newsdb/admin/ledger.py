"""Read-only pages of the ledger."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from newsdb.admin.history import called, compare
from newsdb.admin.lists import ListMixin
from newsdb.admin.sections import Section
from newsdb.models import Change


class ReadOnlyAdmin(ListMixin, admin.ModelAdmin):
    """A model admin in which rows can only be viewed."""

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        context |= {"title": str(context["original"]), "subtitle": None, "without_history": True}
        return super().render_change_form(request, context, *args, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    section = Section.HISTORY
    list_display = (
        "sequence",
        "at",
        "action",
        "record_type",
        "called",
        "version",
        "actor",
        "reason",
        "public",
    )
    list_filter = ("record_type", "action", "public")
    search_fields = ("uid", "actor", "reason")
    search_help_text = "A record's uid, a user, or words of a reason."
    date_hierarchy = "at"
    ordering = ("-sequence",)
    fields = (
        *("sequence", "at", "action", "record_type", "uid", "version", "actor", "reason", "public"),
        *("differences", "after"),
    )

    @admin.display(description="Record")
    def called(self, change: Change) -> str:
        return called(change)

    @admin.display(description="What changed")
    def differences(self, change: Change) -> str:
        compared: Any = Change.objects.with_before().get(pk=change.pk)
        rows = compare(compared.before, change.snapshot)
        return format_html(
            '<table class="differences"><tr><th>Field</th><th>Before</th><th>After</th></tr>{}</table>',
            format_html_join(
                "",
                "<tr><th>{}</th><td><del>{}</del></td><td><ins>{}</ins></td></tr>",
                ((row.field, row.old, row.new) for row in rows),
            ),
        )

    @admin.display(description="Record after the change")
    def after(self, change: Change) -> str:
        return format_html(
            '<pre class="json">{}</pre>', json.dumps(change.snapshot, indent=2, ensure_ascii=False)
        )
