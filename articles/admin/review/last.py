"""A user's last decision, which a key undoes."""

from typing import Any

from django.http import HttpRequest

from articles.admin.columns import short_words
from articles.admin.review.decisions import version
from articles.admin.review.queue import Queue
from articles.models import Proposal


def last_decision(request: HttpRequest, queue: Queue, *, shown: Proposal | None = None) -> dict[str, Any]:
    """The template context for this person's last decision; the proposal ``shown`` has its own button."""
    user = request.user.get_username()
    mine = Proposal.objects.undoable().filter(decided_by=user)
    if shown:
        mine = mine.exclude(pk=shown.pk)
    last = mine.select_related("statement__speaker").order_by("-decided_at").first()
    return {
        # Then the undo key belongs to its own button.
        "own": bool(shown and shown.replaced and shown.decided_by == user),
        "last": last,
        "last_words": short_words(last.statement.text) if last else "",
        "last_decided": version(last.decided_at) if last else "",
        "last_address": queue.address(last) if last else "",
    }
