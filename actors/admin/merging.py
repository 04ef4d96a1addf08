"""The page that merges one actor into another, after a preview of what would move."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html

from actors.models import (
    Actor,
    ActorMerge,
    ActorSlug,
    UnresolvedDuplicatesError,
    find_duplicates,
    merge_actors,
    plan_merge,
)
from newsdb.admin.attributed import AttributedAdmin
from newsdb.admin.links import address_of, link_to
from newsdb.admin.merging import MergeForm
from newsdb.admin.write_errors import explain_with_link
from newsdb.models.write_errors import WRITE_ERRORS

#: The key of addresses in the result of ``plan_merge``. The page lists them instead of counting them.
ADDRESSES = str(ActorSlug._meta.verbose_name_plural)


class ActorMergeForm(MergeForm):
    """Asks which actor to merge into, and why."""

    reference = ActorMerge._meta.get_field("survivor")
    what_stays = "The actor that stays."

    def plan(self, survivor: Actor) -> dict[str, int]:
        return plan_merge(survivor=survivor, merged=self.merged)


def merge_page(model_admin: AttributedAdmin, request: HttpRequest, merged: Actor) -> Any:
    """Ask for the survivor and a reason, preview what would move and which duplicates arise, then merge."""
    form = ActorMergeForm(request.POST or None, merged, Actor.objects.not_merged())
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        survivor, reason = form.cleaned_data["survivor"], form.cleaned_data["reason"]
        pairs = [Pair(one, other) for one, other in find_duplicates(survivor=survivor, merged=merged)]
        ready = True
        # Merge only into the survivor that was previewed.
        if "_merge" in request.POST and request.POST.get("seen") == str(survivor.pk):
            try:
                merge = merge_actors(
                    survivor=survivor,
                    merged=merged,
                    reason=reason,
                    by=request.user.get_username(),
                    retract=[uid for pair in pairs if (uid := pair.chosen(request.POST))],
                )
            except WRITE_ERRORS as error:
                ready = isinstance(error, UnresolvedDuplicatesError)
                for message in explain_with_link(error):
                    form.add_error(None, message)
            else:
                way_back = link_to(merge, "To undo it, open the page of the merge.")
                text = format_html("{} is merged into {}. {}", merged, survivor, way_back)
                model_admin.message_user(request, text, messages.SUCCESS)
                return HttpResponseRedirect(address_of(survivor))
        context |= {
            "ready": ready,
            "survivor": survivor,
            "plan": {name: n for name, n in form.cleaned_data["plan"].items() if name != ADDRESSES},
            "addresses": list(merged.slugs.values_list("slug", flat=True)),
            "pairs": [(pair.name, pair.choices(request.POST)) for pair in pairs],
        }
    context["media"] = model_admin.media + form.media
    return model_admin.page(request, "actors/admin/merge.html", "Merge into another actor", merged, context)


class Pair:
    """Two records that the merge would make duplicates, and the choice of which one to retract."""

    def __init__(self, one: Any, other: Any) -> None:
        self.records = (one, other)
        self.name = f"retract_{one.pk}_{other.pk}"

    def chosen(self, data: Any) -> UUID | None:
        """The uid of the record that the form data says to retract, or None."""
        return next((each.uid for each in self.records if data.get(self.name) == str(each.uid)), None)

    def choices(self, data: Any) -> list[tuple[Any, str, bool]]:
        """For each of the two records: the record, a link to it, and whether it is chosen."""
        chosen = self.chosen(data)
        return [(each, link_to(each, "Its page"), each.uid == chosen) for each in self.records]
