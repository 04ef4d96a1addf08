"""Decisions on whether two outlets printed the same article. They remain two articles."""

from articles.models import Syndication
from articles.services.review.decision import lock_undecided, record_decision
from newsdb.ledger import attributed


def confirm_copy(*, proposal: Syndication, by: str) -> None:
    """Record that the two are the same. Raises ``ValidationError`` if it was already decided."""
    _decide(proposal, "accepted", by)


def dismiss_copy(*, proposal: Syndication, by: str) -> None:
    """Record that the two are not the same. Raises ``ValidationError`` if it was already decided."""
    _decide(proposal, "rejected", by)


def _decide(proposal: Syndication, decision: str, by: str) -> None:
    with attributed(by=by):
        record_decision(lock_undecided(proposal), decision, by)
        proposal.refresh_from_db()
