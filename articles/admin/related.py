from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest

from articles.admin.columns import published
from articles.models import RelatedLink, RelatedList
from newsdb.admin import (
    AttributedAdmin,
    AttributedForm,
    AutocompleteMixin,
    PartialDateField,
    PositionedForm,
    PositionedFormSet,
    Section,
    link_to,
)

DATES = {"published": ("published_on", "published_precision")}


class LinkForm(PositionedForm):
    partial_dates = DATES
    published = PartialDateField()


class LinkInline(AutocompleteMixin, admin.TabularInline):
    model = RelatedLink
    form = LinkForm
    formset = PositionedFormSet
    fields = (
        *("position", "title", "source_url", "section", "outlet_label", "outlet", "printed_date"),
        *("published", "target"),
    )
    autocomplete_fields = ("outlet", "target")
    ordering = ("position",)
    extra = 0
    verbose_name_plural = "links, in the order printed"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("outlet", "target")


@admin.register(RelatedList)
class RelatedListAdmin(AttributedAdmin):
    section, place = Section.EVIDENCE, 6
    list_display = ("__str__", "article", "position", "link_count")
    list_select_related = ("article",)
    search_fields = ("title", "article__headline", "links__title")
    search_help_text = "Words of its heading, of a link in it, or of the article’s headline."
    fields = ("article", "title", "position")
    autocomplete_fields = ("article",)
    inlines = (LinkInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "articles_relatedlist_changelist":
            return queryset.annotate(link_count=Count("links"))
        return queryset

    @admin.display(description="Links")
    def link_count(self, related_list: Any) -> int:
        return related_list.link_count


class RelatedLinkForm(AttributedForm):
    partial_dates = DATES
    published = PartialDateField()


@admin.register(RelatedLink)
class RelatedLinkAdmin(AttributedAdmin):
    """Single links, for searching; they are added and removed on the page of their list."""

    section, place = Section.EVIDENCE, 7
    form = RelatedLinkForm
    list_display = (
        "title",
        "section",
        "outlet_label",
        "outlet",
        "printed_date",
        "published",
        "article",
        "target",
    )
    list_filter = (("outlet", admin.EmptyFieldListFilter), ("target", admin.EmptyFieldListFilter), "section")
    list_select_related = ("outlet", "target", "related_list__article")
    search_fields = ("title", "outlet_label", "related_list__article__headline")
    search_help_text = "Words of a link or of its article’s headline, or an outlet as printed."
    ordering = ("-related_list__article", "related_list__position", "position")
    date_hierarchy = "published_on"
    fields = (
        "related_list",
        "title",
        "source_url",
        "section",
        "outlet_label",
        "outlet",
        "printed_date",
        "published",
        "target",
    )
    readonly_fields = ("related_list",)
    autocomplete_fields = ("outlet", "target")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="Date", ordering="published_on")
    def published(self, link: RelatedLink) -> str:
        return published(link)

    @admin.display(description="Printed with")
    def article(self, link: RelatedLink) -> str:
        return link_to(link.related_list.article)
