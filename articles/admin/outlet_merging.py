"""The page on which one outlet is merged into another, after a look at what would move."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect

from articles.models import Article, Outlet
from articles.services.outlets import merge_outlets, plan_outlet_merge
from newsdb.admin import AttributedAdmin, ReasonForm, address_of
from newsdb.admin.autocomplete import Autocomplete
from newsdb.admin.write_errors import explain_with_link
from newsdb.models.write_errors import WRITE_ERRORS


class OutletMergeForm(ReasonForm):
    """Into which outlet, and why."""

    field_order = ("survivor", "reason")

    def __init__(self, data: Any, merged: Outlet) -> None:
        super().__init__(data)
        self.merged = merged
        widget = Autocomplete(Article._meta.get_field("outlet"), admin.site)
        widget.left_out = merged
        self.fields["survivor"] = forms.ModelChoiceField(
            Outlet.objects.exclude(pk=merged.pk),
            label="Merge into",
            help_text="The outlet that stays, with its name and its text policy.",
            widget=widget,
        )
        self.fields["reason"].help_text = "Why they are one and the same; public in the history."
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Adds ``plan``, what would move."""
        cleaned = super().clean() or {}
        if survivor := cleaned.get("survivor"):
            try:
                cleaned["plan"] = plan_outlet_merge(survivor=survivor, merged=self.merged)
            except ValidationError as error:
                self.add_error("survivor", error)
        return cleaned


def merge_page(model_admin: AttributedAdmin, request: HttpRequest, merged: Outlet) -> Any:
    """Ask for the survivor and the reason; show what would move; merge."""
    form = OutletMergeForm(request.POST or None, merged)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        survivor, reason = form.cleaned_data["survivor"], form.cleaned_data["reason"]
        # Only the merge whose preview was shown is carried out.
        if "_merge" in request.POST and request.POST.get("seen") == str(survivor.pk):
            name = str(merged)
            try:
                merge_outlets(survivor=survivor, merged=merged, by=request.user.get_username(), reason=reason)
            except WRITE_ERRORS as error:
                for message in explain_with_link(error):
                    form.add_error(None, message)
            else:
                model_admin.message_user(request, f"{name} is merged into {survivor}.", messages.SUCCESS)
                return HttpResponseRedirect(address_of(survivor))
        context |= {
            "ready": not form.errors,
            "survivor": survivor,
            "plan": form.cleaned_data["plan"],
            "addresses": list(merged.slugs.values_list("slug", flat=True)),
        }
    context["media"] = model_admin.media + form.media
    return model_admin.page(request, "articles/admin/merge_outlet.html", "Merge", merged, context)
