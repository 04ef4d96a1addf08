from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html

from actors.admin.describing import count_of, describe, to_describe
from actors.admin.inlines import ActorAddressInline, NameInline, RoleInline
from actors.admin.merging import merge_page
from actors.models import Actor
from newsdb.admin import AddressedMixin, AttributedAdmin, Section, address_of, link_to, list_of


class MergedFilter(admin.SimpleListFilter):
    """Hides actors that were merged into another, unless asked for."""

    title = "merged or not"
    parameter_name = "merged"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("merged", "Merged into another"), ("all", "All")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() == "all":
            return queryset
        return queryset.exclude(merged_into=None) if self.value() == "merged" else queryset.not_merged()

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "Not merged"}
        yield from rest


@admin.register(Actor)
class ActorAdmin(AddressedMixin, AttributedAdmin):
    section, place = Section.PEOPLE, 1
    list_display = ("name", "kind", "slug", "wikidata_id", "statement_count", "byline_count", "merged_into")
    list_filter = (MergedFilter, "kind")
    list_select_related = ("merged_into",)
    search_fields = ("name_key", "names__key", "wikidata_id")
    search_help_text = "Any part of any of its names; case and accents are ignored."
    folded_search = True
    fields = ("name", "kind", "slug", "wikidata_id")
    inlines = (NameInline, RoleInline, ActorAddressInline)
    instead_of_deleting = (
        "If two actors are the same, merge one into the other, so that its addresses keep working:"
        " “Merge into another” on its page."
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "actors_actor_changelist":
            return queryset.annotate(statement_count=count_of("statements"), byline_count=count_of("bylines"))
        return queryset

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = to_describe(queryset.not_merged())
        return super().get_search_results(request, queryset, search_term)

    def option_label(self, actor: Any) -> str:
        """The actor's label in autocomplete fields, which distinguishes actors with the same name."""
        return f"{actor} ({describe(actor)})"

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": ("name",)}

    def get_urls(self) -> Any:
        merge = path(
            "<path:object_id>/merge/", self.admin_site.admin_view(self.merge), name="actors_actor_merge"
        )
        return [merge, *super().get_urls()]

    def merge(self, request: HttpRequest, object_id: str) -> Any:
        """The page that merges this actor into another."""
        actor = self.find(request, object_id, to_change=True)
        return merge_page(self, request, actor) if isinstance(actor, Actor) else actor

    def tools(self, request: HttpRequest, record: Actor) -> Iterator[tuple[str, str]]:
        statements: Any = Actor._meta.get_field("statements")
        if request.user.has_perm("articles.view_statement"):
            theirs: dict[str, Any] = {f"{statements.field.name}__id__exact": record.pk}
            count = statements.related_model.objects.filter(**theirs).count()
            yield f"Statements ({count})", list_of(statements.related_model, "changelist", **theirs)
        if self.has_change_permission(request, record) and not record.merged_into_id:
            yield "Merge into another", address_of(record, "merge")

    def notices(self, request: HttpRequest, record: Actor) -> Iterator[str]:
        merge = record.merges_away.filter(undone_at=None).first()
        if merge:
            yield format_html(
                "Merged into {} by {} on {}: {} Its addresses lead there. {}",
                link_to(merge.survivor),
                merge.by,
                merge.at.date(),
                merge.reason,
                link_to(merge, "The merge, and how to undo it."),
            )

    @admin.display(description="Statements", ordering="statement_count")
    def statement_count(self, actor: Any) -> int:
        return actor.statement_count

    @admin.display(description="Bylines", ordering="byline_count")
    def byline_count(self, actor: Any) -> int:
        return actor.byline_count
