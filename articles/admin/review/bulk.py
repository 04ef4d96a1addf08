"""Decisions in bulk: accepting proposals above a confidence, after a preview, and undoing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from articles.admin.columns import short_words
from articles.admin.review.queue import Queue, QueueForm
from articles.reading.quotations.confidence import AUTOMATIC
from articles.services.review import accept_proposals_above, undo_decision
from newsdb.admin import AT_ONCE
from newsdb.admin.write_errors import explain_with_link
from newsdb.ledger import attributed
from newsdb.models.write_errors import WRITE_ERRORS

#: All are changed in one transaction, which blocks other writers on SQLite, while the user waits.
MOST = 100
EXAMPLES = 12


class AboveForm(forms.Form):
    """Asks for the minimum confidence."""

    percent = forms.IntegerField(
        min_value=50,
        max_value=100,
        initial=round(AUTOMATIC * 100),
        label="Confidence in %",
        help_text=f"At {round(AUTOMATIC * 100)} % or more, two independent reasons agree on the speaker.",
    )


def bulk_page(admin: Any, request: HttpRequest) -> HttpResponse:
    """Ask for the minimum confidence, preview the proposals that reach it, then accept those."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    queue = Queue.of(request)
    asked = request.POST if request.method == "POST" else request.GET if "percent" in request.GET else None
    form = AboveForm(asked)
    narrowed = [(name, value) for name, value in request.GET.items() if name in QueueForm.base_fields]
    context: dict[str, Any] = {
        "form": form,
        "most": MOST,
        "narrowed": narrowed,
        "queue_address": queue.overview,
    }
    if asked is not None and form.is_valid():
        percent = form.cleaned_data["percent"]
        if request.method == "POST":
            try:
                count = _accept(request, queue, percent)
            except WRITE_ERRORS as error:
                for message in explain_with_link(error):
                    admin.message_user(request, message, messages.ERROR)
            else:
                text = f"Accepted {count} proposal{'s' * (count != 1)} of {percent} % and more."
                admin.message_user(request, text, messages.SUCCESS)
                return HttpResponseRedirect(queue.overview)
        sure = queue.proposals().sure_of(percent / 100)
        examples = sure.select_related("statement__speaker", "statement__article").order_by("statement_id")
        context |= {
            "percent": percent,
            "count": sure.count(),
            "examples": [(row.statement, short_words(row.statement.text)) for row in examples[:EXAMPLES]],
        }
        context["accepted"] = min(context["count"], MOST)
    response: HttpResponse = admin.page(
        request, "articles/admin/review_bulk.html", "Accept confident proposals", None, context
    )
    return response


def _accept(request: HttpRequest, queue: Queue, percent: int) -> int:
    """Accept the previewed proposals. Raises ``ValidationError`` if their number has changed since."""
    by = request.user.get_username()
    reason = f"Accepted together with all of {percent} % and more."
    with attributed(by=by, reason=reason):
        sure = queue.proposals()
        if request.POST.get("shown") != str(sure.sure_of(percent / 100).count()):
            raise ValidationError("The queue has changed since you saw the number; nothing was accepted.")
        return accept_proposals_above(
            confidence=percent / 100, by=by, reason=reason, among=sure, at_most=MOST
        )


def take_back_chosen(admin: Any, request: HttpRequest, queryset: Any) -> None:
    """Undo the decisions on chosen proposals, all of them or none."""
    chosen = list(
        queryset.exclude(decision="").select_related("statement").order_by("statement_id")[: AT_ONCE + 1]
    )
    if len(chosen) > AT_ONCE:
        raise ValidationError(f"Choose at most {AT_ONCE}: all of them are undone, or none.")
    for proposal in chosen:
        undo_decision(proposal=proposal, by=request.user.get_username())
    text = (
        f"{len(chosen)} decision{'s' * (len(chosen) != 1)} undone; the proposals wait for a decision again."
    )
    admin.message_user(request, text, messages.SUCCESS if chosen else messages.WARNING)
