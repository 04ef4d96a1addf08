"""Lists in which proposals are accepted or rejected in bulk."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from newsdb.admin import AT_ONCE, AttributedAdmin, list_of


class DecisionFilter(admin.SimpleListFilter):
    """Filters by decision; undecided is one of the choices."""

    title = "decision"
    # The parameter that the home page's link uses.
    parameter_name = "decision__exact"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("", "Waits"), ("accepted", "Accepted"), ("rejected", "Rejected")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset if self.value() is None else queryset.filter(decision=self.value())


class DecisionListAdmin(AttributedAdmin):
    """A list with an action for each of the two decisions; either all selected rows are decided or none."""

    list_filter = (DecisionFilter,)
    list_display_links = None
    actions = ("accept", "reject")
    ordering = ("-id",)
    #: Permissions: to decide, to view, and to delete the records that these rows belong to.
    decide_permission = view_permission = delete_permission = ""
    #: The function that does it; keyword arguments: ``proposal=`` and ``by=``.
    accept_proposal: Callable[..., Any]
    reject_proposal: Callable[..., Any]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.view_permission) or request.user.has_perm(self.decide_permission)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.decide_permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # They are deleted only together with the record that they are about: see delete_view.
        return request.user.has_perm(self.delete_permission)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The list, without any filter."""
        if request.method == "POST":
            raise PermissionDenied
        proposal = self.find(request, object_id)
        if not isinstance(proposal, self.model):
            return proposal
        return HttpResponseRedirect(list_of(self.model, id__exact=proposal.pk))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        raise PermissionDenied

    @admin.action(description="Accept", permissions=["change"])
    def accept(self, request: HttpRequest, queryset: Any) -> None:
        self._settle(request, queryset, type(self).accept_proposal, "accepted")

    @admin.action(description="Reject", permissions=["change"])
    def reject(self, request: HttpRequest, queryset: Any) -> None:
        self._settle(request, queryset, type(self).reject_proposal, "rejected")

    def _settle(self, request: HttpRequest, queryset: Any, decide: Callable[..., Any], done: str) -> None:
        chosen = list(queryset.order_by("pk")[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            raise ValidationError(f"Choose at most {AT_ONCE}: all of them are decided, or none.")
        for proposal in chosen:
            decide(proposal=proposal, by=request.user.get_username())
        names = f"{len(chosen)} proposal{'s' * (len(chosen) != 1)}"
        self.message_user(request, f"{names} {done}.", messages.SUCCESS)
