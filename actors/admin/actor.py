from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from actors.admin.describing import count_of, describe, to_describe
from actors.admin.duplicates import find_pairs
from actors.admin.inlines import ActorAddressInline, NameInline, RoleInline
from actors.models import Actor, merge_actors
from newsdb.admin import AddressedMixin, Section, list_of
from newsdb.admin.merging import MergeableAdmin, MergedFilter


@admin.register(Actor)
class ActorAdmin(AddressedMixin, MergeableAdmin):
    section, place = Section.PEOPLE, 1
    merge_template = "actors/admin/merge.html"
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
            queryset = to_describe(queryset)
        return super().get_search_results(request, queryset, search_term)

    def option_label(self, actor: Any) -> str:
        """The actor's label in autocomplete fields, which distinguishes actors with the same name."""
        return f"{actor} ({describe(actor)})"

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": ("name",)}

    def merge_into(self, request: HttpRequest, survivor: Actor, merged: Actor, reason: str) -> Any:
        pairs = find_pairs(survivor, merged)
        retract = [uid for pair in pairs if (uid := pair.chosen(request.POST))]
        by = request.user.get_username()
        return merge_actors(survivor=survivor, merged=merged, reason=reason, by=by, retract=retract)

    def merge_context(self, request: HttpRequest, survivor: Actor, merged: Actor) -> dict[str, Any]:
        pairs = find_pairs(survivor, merged)
        return {"pairs": [(pair.name, pair.choices(request.POST)) for pair in pairs]}

    def tools(self, request: HttpRequest, record: Actor) -> Iterator[tuple[str, str]]:
        statements: Any = Actor._meta.get_field("statements")
        if request.user.has_perm("articles.view_statement"):
            theirs: dict[str, Any] = {f"{statements.field.name}__id__exact": record.pk}
            count = statements.related_model.objects.filter(**theirs).count()
            yield f"Statements ({count})", list_of(statements.related_model, "changelist", **theirs)
        yield from super().tools(request, record)

    @admin.display(description="Statements", ordering="statement_count")
    def statement_count(self, actor: Any) -> int:
        return actor.statement_count

    @admin.display(description="Bylines", ordering="byline_count")
    def byline_count(self, actor: Any) -> int:
        return actor.byline_count
