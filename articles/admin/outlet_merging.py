"""The page that merges one outlet into another, after a preview of what would move."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from articles.models import Article, Outlet
from articles.services.outlets import merge_outlets, plan_outlet_merge
from newsdb.admin import AttributedAdmin, address_of
from newsdb.admin.merging import MergeForm
from newsdb.admin.write_errors import explain_with_link
from newsdb.models.write_errors import WRITE_ERRORS


class OutletMergeForm(MergeForm):
    """Asks which outlet to merge into, and why."""

    reference = Article._meta.get_field("outlet")
    what_stays = "The outlet that stays, with its name and its text policy."

    def plan(self, survivor: Outlet) -> dict[str, int]:
        return plan_outlet_merge(survivor=survivor, merged=self.merged)


def merge_page(model_admin: AttributedAdmin, request: HttpRequest, merged: Outlet) -> Any:
    """Ask for the survivor and a reason, preview what would move, then merge."""
    form = OutletMergeForm(request.POST or None, merged, Outlet.objects.all())
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        survivor, reason = form.cleaned_data["survivor"], form.cleaned_data["reason"]
        # Merge only into the survivor that was previewed.
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
