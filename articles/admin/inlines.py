"""The inlines that show and edit an article's related records."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest

from articles.admin.columns import dated, said_by, short_words
from articles.models import Byline, Capture, RelatedList, Statement
from newsdb.admin import AutocompleteMixin, PositionedForm, PositionedFormSet, link_to


class ReadOnlyInline(admin.TabularInline):
    """Rows that link to their own pages, where they are edited."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class BylineForm(PositionedForm):
    class Meta:
        widgets = {"note": forms.Textarea(attrs={"rows": 1, "cols": 40})}


class BylineInline(AutocompleteMixin, admin.TabularInline):
    model = Byline
    form = BylineForm
    formset = PositionedFormSet
    fields = ("position", "author", "printed_name", "note")
    autocomplete_fields = ("author",)
    extra = 1
    verbose_name_plural = "bylines, in the order printed"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("author")


class CaptureInline(ReadOnlyInline):
    model = Capture
    fields = readonly_fields = ("capture", "media_type", "length", "captured_at", "has_text", "source_url")
    verbose_name_plural = "captures: the text as it was received"

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_has_text(super().get_queryset(request))

    @admin.display(description="SHA-256")
    def capture(self, capture: Capture) -> str:
        return link_to(capture, f"{capture.sha256[:12]}…")

    @admin.display(description="Text stored", boolean=True)
    def has_text(self, capture: Any) -> bool:
        return capture.has_text


class RelatedListInline(admin.TabularInline):
    model = RelatedList
    form = PositionedForm
    formset = PositionedFormSet
    fields = ("position", "title", "links")
    readonly_fields = ("links",)
    extra = 0
    verbose_name_plural = "lists of links printed with it"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a list is pasted with its links

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(link_count=Count("links"))

    @admin.display(description="Links")
    def links(self, related_list: Any) -> str:
        return link_to(related_list, f"{related_list.link_count} links: see and edit")


class StatementInline(ReadOnlyInline):
    model = Statement
    fk_name = "article"
    fields = readonly_fields = ("words", "said_by", "speaker_label", "kind", "dated", "text_match", "status")
    verbose_name_plural = "statements printed in it"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("speaker").order_by("pk")

    @admin.display(description="Words")
    def words(self, statement: Statement) -> str:
        return link_to(statement, short_words(statement.text))

    @admin.display(description="Speaker")
    def said_by(self, statement: Statement) -> str:
        return said_by(statement)

    @admin.display(description="Date")
    def dated(self, statement: Statement) -> str:
        return dated(statement)


def with_has_text(captures: Any) -> Any:
    """Captures without their texts, annotated with whether there is one."""
    from django.db.models import BooleanField, Case, Value, When

    has_text = Case(When(text=None, then=Value(False)), default=Value(True), output_field=BooleanField())
    return captures.defer("text").annotate(has_text=has_text)
