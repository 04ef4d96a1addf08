from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest

from articles.models import Outlet, OutletDomain, OutletSlug
from newsdb.admin import AddressedMixin, AddressInline, AttributedAdmin, Section


class DomainInline(admin.TabularInline):
    model = OutletDomain
    extra = 1
    verbose_name_plural = "domains it publishes on"


class OutletAddressInline(AddressInline):
    model = OutletSlug


@admin.register(Outlet)
class OutletAdmin(AddressedMixin, AttributedAdmin):
    section, place = Section.EVIDENCE, 4
    list_display = ("name", "slug", "wikidata_id", "text_policy", "article_count")
    list_filter = ("text_policy",)
    search_fields = ("name_key", "domains__domain", "wikidata_id")
    search_help_text = "Any part of its name or of a domain."
    folded_search = True
    fields = ("name", "slug", "wikidata_id", "text_policy")
    inlines = (DomainInline, OutletAddressInline)
    instead_of_deleting = (
        "An outlet stays as long as an article says that it was published there. If these are two records of"
        " one outlet, give the articles of this one the other outlet first."
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
