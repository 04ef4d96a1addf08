"""Merging one record into another, after a preview of what would move, and undoing it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html, format_html_join

from newsdb.admin.attributed import AttributedAdmin
from newsdb.admin.autocomplete import Autocomplete
from newsdb.admin.forms import ReasonForm
from newsdb.admin.links import address_of, link_to
from newsdb.admin.reasons import act_with_reason
from newsdb.admin.write_errors import explain_with_link
from newsdb.models.merging import merge_records, plan_merge, undo_merge
from newsdb.models.write_errors import WRITE_ERRORS, explain


class MergeForm(ReasonForm):
    """Asks which record to merge into, and why."""

    field_order = ("survivor", "reason")

    def __init__(self, data: Any, merged: Any) -> None:
        super().__init__(data)
        self.merged = merged
        merges = merged._meta.get_field("merges").related_model
        widget = Autocomplete(merges._meta.get_field("survivor"), admin.site)
        widget.left_out = merged
        self.fields["survivor"] = forms.ModelChoiceField(
            type(merged)._default_manager.not_merged().exclude(pk=merged.pk),
            label="Merge into",
            help_text=f"The {merged._meta.verbose_name} that stays.",
            widget=widget,
        )
        self.fields["reason"].help_text = "Why they are the same; public in the history."
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Add ``plan`` to the cleaned data: the number of rows that would move, by plural name."""
        cleaned = super().clean() or {}
        if survivor := cleaned.get("survivor"):
            try:
                cleaned["plan"] = plan_merge(survivor=survivor, merged=self.merged)
            except WRITE_ERRORS as error:
                self.add_error("survivor", ValidationError(explain(error)))
        return cleaned


class MergedFilter(admin.SimpleListFilter):
    """Hides records that were merged into another, unless asked for."""

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


class MergeableAdmin(AttributedAdmin):
    """The admin of records that can be merged into each other."""

    merge_template = "newsdb/admin/merge.html"

    def get_urls(self) -> Any:
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [
            path("<path:object_id>/merge/", self.admin_site.admin_view(self.merge), name=name),
            *super().get_urls(),
        ]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.not_merged()
        return super().get_search_results(request, queryset, search_term)

    def tools(self, request: HttpRequest, record: Any) -> Iterator[tuple[str, str]]:
        yield from super().tools(request, record)
        if self.has_change_permission(request, record) and not record.merged_into_id:
            yield "Merge into another", address_of(record, "merge")

    def notices(self, request: HttpRequest, record: Any) -> Iterator[str]:
        yield from super().notices(request, record)
        if merge := record.merges_away.filter(undone_at=None).first():
            yield format_html(
                "Merged into {} by {} on {}: {} Its addresses lead there. {}",
                link_to(merge.survivor),
                merge.by,
                merge.at.date(),
                merge.reason,
                link_to(merge, "The merge, and how to undo it."),
            )

    def merge(self, request: HttpRequest, object_id: str) -> Any:
        """The page that asks for the survivor and a reason, previews what would move, and then merges."""
        merged: Any = self.find(request, object_id, to_change=True)
        if not isinstance(merged, self.model):
            return merged
        form = MergeForm(request.POST or None, merged)
        context: dict[str, Any] = {"form": form}
        if request.method == "POST" and form.is_valid():
            survivor: Any = form.cleaned_data["survivor"]
            # Merge only into the survivor that was previewed.
            if "_merge" in request.POST and request.POST.get("seen") == str(survivor.pk):
                try:
                    merge = self.merge_into(request, survivor, merged, form.cleaned_data["reason"])
                except WRITE_ERRORS as error:
                    for message in explain_with_link(error):
                        form.add_error(None, message)
                else:
                    way_back = link_to(merge, "To undo it, open the page of the merge.")
                    text = format_html("{} is merged into {}. {}", merged, survivor, way_back)
                    self.message_user(request, text, messages.SUCCESS)
                    return HttpResponseRedirect(address_of(survivor))
            addresses = merged._meta.get_field("slugs").related_model._meta.verbose_name_plural
            # The page lists the addresses instead of counting them.
            plan = {name: n for name, n in form.cleaned_data["plan"].items() if name != addresses}
            context |= {
                "ready": True,
                "survivor": survivor,
                "plan": plan,
                "addresses": list(merged.slugs.values_list("slug", flat=True)),
                **self.merge_context(request, survivor, merged),
            }
        context["media"] = self.media + form.media
        return self.page(request, self.merge_template, "Merge into another", merged, context)

    def merge_into(self, request: HttpRequest, survivor: Any, merged: Any, reason: str) -> Any:
        """Merge the two, and return the merge."""
        return merge_records(survivor=survivor, merged=merged, reason=reason, by=request.user.get_username())

    def merge_context(self, request: HttpRequest, survivor: Any, merged: Any) -> dict[str, Any]:
        """What else the template shows of a merge before it is made."""
        return {}


class MergeAdmin(AttributedAdmin):
    """The list of the merges of a model; each merge can be undone from its page."""

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
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo"
        return [
            path("<path:object_id>/undo/", self.admin_site.admin_view(self.undo), name=name),
            *super().get_urls(),
        ]

    def undo(self, request: HttpRequest, object_id: str) -> Any:
        """The page that undoes a merge."""
        merge: Any = self.find(request, object_id)
        if not isinstance(merge, self.model):
            return merge
        if not self._may_undo(request, merge):
            raise PermissionDenied
        return act_with_reason(
            self,
            request,
            [merge],
            act=lambda merge, reason: undo_merge(merge=merge, reason=reason, by=request.user.get_username()),
            title="Undo this merge",
            consequence=f"{merge.merged} is a separate {merge.merged._meta.verbose_name} again and gets back"
            f" what the merge moved, unless it is no longer {merge.survivor}’s.",
            done="Undone: {names}.",
            then=address_of(merge),
        )

    def tools(self, request: HttpRequest, record: Any) -> Iterator[tuple[str, str]]:
        if not record.undone_at and self._may_undo(request, record):
            yield "Undo this merge", address_of(record, "undo")

    def _may_undo(self, request: HttpRequest, merge: Any) -> bool:
        of = merge.merged._meta
        return request.user.has_perm(f"{of.app_label}.change_{of.model_name}")

    @admin.display(description="Merged")
    def merged_link(self, merge: Any) -> str:
        return link_to(merge.merged, _name_with_slug(merge.merged))

    @admin.display(description="Into")
    def survivor_link(self, merge: Any) -> str:
        return link_to(merge.survivor, _name_with_slug(merge.survivor))

    @admin.display(description="What moved")
    def what_moved(self, merge: Any) -> str:
        rows = (
            (len(ids), label.rpartition(".")[0] or label.replace("_", " "))
            for label, ids in merge.moved.items()
        )
        return format_html_join("", "{} {}<br>", rows)


def _name_with_slug(record: Any) -> str:
    """The record's name and slug: the two records of a merge often have the same name."""
    return f"{record} ({record.slug})"
