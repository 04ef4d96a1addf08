from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest

from articles.models import Outlet, OutletDomain, OutletMerge, OutletName, OutletSlug
from newsdb.admin import AddressedMixin, AddressInline, Section
from newsdb.admin.merging import MergeableAdmin, MergeAdmin, MergedFilter


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
class OutletAdmin(AddressedMixin, MergeableAdmin):
    section, place = Section.EVIDENCE, 4
    merge_template = "articles/admin/merge_outlet.html"
    list_display = ("name", "slug", "wikidata_id", "text_policy", "article_count", "merged_into")
    list_filter = (MergedFilter, "text_policy")
    list_select_related = ("merged_into",)
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

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": ("name",)}

    @admin.display(description="Articles", ordering="article_count")
    def article_count(self, outlet: Any) -> int:
        return outlet.article_count


@admin.register(OutletMerge)
class OutletMergeAdmin(MergeAdmin):
    section, place = Section.EVIDENCE, 5
