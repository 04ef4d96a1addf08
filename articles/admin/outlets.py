from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.urls import path

from articles.admin.outlet_merging import merge_page
from articles.models import Outlet, OutletDomain, OutletName, OutletSlug
from newsdb.admin import AddressedMixin, AddressInline, AttributedAdmin, Section, address_of


class DomainInline(admin.TabularInline):
    model = OutletDomain
    extra = 1
    verbose_name_plural = "domains it publishes on"


class OutletNameInline(admin.TabularInline):
    model = OutletName
    fields = ("name",)
    extra = 1
    verbose_name = "name"
    verbose_name_plural = "other names it prints or is known by"


class OutletAddressInline(AddressInline):
    model = OutletSlug


@admin.register(Outlet)
class OutletAdmin(AddressedMixin, AttributedAdmin):
    section, place = Section.EVIDENCE, 4
    list_display = ("name", "slug", "wikidata_id", "text_policy", "article_count")
    list_filter = ("text_policy",)
    search_fields = ("name_key", "names__key", "domains__domain", "wikidata_id")
    search_help_text = "Any part of one of its names or of a domain."
    folded_search = True
    fields = ("name", "slug", "wikidata_id", "text_policy")
    inlines = (OutletNameInline, DomainInline, OutletAddressInline)
    instead_of_deleting = (
        "An outlet cannot be deleted while it has articles. If these are two records of"
        " one outlet, merge this one into the other, so that its addresses keep working: “Merge into another”"
        " on its page."
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "articles_outlet_changelist":
            return queryset.annotate(article_count=Count("articles"))
        return queryset

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.merge)
        return [
            path("<path:object_id>/merge/", view, name="articles_outlet_merge"),
            *super().get_urls(),
        ]

    def merge(self, request: HttpRequest, object_id: str) -> Any:
        """The page that merges this outlet into another."""
        outlet = self.find(request, object_id, to_change=True)
        return merge_page(self, request, outlet) if isinstance(outlet, Outlet) else outlet

    def tools(self, request: HttpRequest, record: Outlet) -> Iterator[tuple[str, str]]:
        if self.has_change_permission(request, record):
            yield "Merge into another", address_of(record, "merge")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": ("name",)}

    @admin.display(description="Articles", ordering="article_count")
    def article_count(self, outlet: Any) -> int:
        return outlet.article_count
