from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html_join

from actors.models import Actor, ActorMerge, undo_merge
from newsdb.admin import AttributedAdmin, Section, act_with_reason, address_of, link_to


@admin.register(ActorMerge)
class ActorMergeAdmin(AttributedAdmin):
    """Lists the merges; each can be undone from its page."""

    section, place = Section.PEOPLE, 2
    list_display = ("merged", "survivor", "by", "at", "reason", "undone_at")
    list_filter = (("undone_at", admin.EmptyFieldListFilter),)
    list_select_related = ("merged", "survivor")
    search_fields = ("merged__name_key", "survivor__name_key")
    folded_search = True
    date_hierarchy = "at"
    fields = ("merged_link", "survivor_link", "reason", "by", "at", "what_moved", "undone_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> Any:
        undo = path(
            "<path:object_id>/undo/", self.admin_site.admin_view(self.undo), name="actors_actormerge_undo"
        )
        return [undo, *super().get_urls()]

    def undo(self, request: HttpRequest, object_id: str) -> Any:
        """The page that undoes a merge."""
        merge = self.find(request, object_id)
        if not isinstance(merge, ActorMerge):
            return merge
        if not request.user.has_perm("actors.change_actor"):
            raise PermissionDenied
        return act_with_reason(
            self,
            request,
            [merge],
            act=lambda merge, reason: undo_merge(merge=merge, reason=reason, by=request.user.get_username()),
            title="Undo this merge",
            consequence=f"{merge.merged} is a separate actor again and gets back what the merge moved,"
            f" unless it is no longer {merge.survivor}’s.",
            done="Undone: {names}.",
            then=address_of(merge),
        )

    def tools(self, request: HttpRequest, record: ActorMerge) -> Iterator[tuple[str, str]]:
        if not record.undone_at and request.user.has_perm("actors.change_actor"):
            yield "Undo this merge", address_of(record, "undo")

    @admin.display(description="Merged")
    def merged_link(self, merge: ActorMerge) -> str:
        return link_to(merge.merged, _name_with_slug(merge.merged))

    @admin.display(description="Into")
    def survivor_link(self, merge: ActorMerge) -> str:
        return link_to(merge.survivor, _name_with_slug(merge.survivor))

    @admin.display(description="What moved")
    def what_moved(self, merge: ActorMerge) -> str:
        rows = (
            (len(ids), label.rpartition(".")[0] or label.replace("_", " "))
            for label, ids in merge.moved.items()
        )
        return format_html_join("", "{} {}<br>", rows)


def _name_with_slug(actor: Actor) -> str:
    """The actor's name and slug: the two actors of a merge often have the same name."""
    return f"{actor} ({actor.slug})"
