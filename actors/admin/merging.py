"""The page that merges one actor into another, after a preview of what would move."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
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
from newsdb.admin.autocomplete import Autocomplete
from newsdb.admin.forms import ReasonForm
from newsdb.admin.links import address_of, link_to
from newsdb.admin.write_errors import explain_with_link
from newsdb.models.write_errors import WRITE_ERRORS

#: The key of addresses in the result of ``plan_merge``. The page lists them instead of counting them.
ADDRESSES = str(ActorSlug._meta.verbose_name_plural)


class MergeForm(ReasonForm):
    """Asks which actor to merge into, and why."""

    field_order = ("survivor", "reason")

    def __init__(self, data: Any, merged: Actor, model_admin: ModelAdmin) -> None:
        super().__init__(data)
        self.merged = merged
        widget = Autocomplete(ActorMerge._meta.get_field("survivor"), model_admin.admin_site)
        widget.left_out = merged
        self.fields["survivor"] = forms.ModelChoiceField(
            Actor.objects.not_merged().exclude(pk=merged.pk),
            label="Merge into",
            help_text="The actor that stays.",
            widget=widget,
        )
        self.fields["reason"].help_text = "Why they are one and the same; public in the history."
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Add ``plan``, the number of rows that would move, to the cleaned data."""
        cleaned = super().clean() or {}
        if survivor := cleaned.get("survivor"):
            try:
                cleaned["plan"] = plan_merge(survivor=survivor, merged=self.merged)
            except ValidationError as error:
                self.add_error("survivor", error)
        return cleaned


def merge_page(model_admin: AttributedAdmin, request: HttpRequest, merged: Actor) -> Any:
    """Ask for the survivor and a reason, preview what would move and which duplicates arise, then merge."""
    form = MergeForm(request.POST or None, merged, model_admin)
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
                way_back = link_to(merge, "The way back is on the page of the merge.")
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
