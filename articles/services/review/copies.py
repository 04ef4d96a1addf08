"""Decisions on whether two outlets printed the same piece. It stays two articles."""

from articles.models import Syndication
from articles.services.review.decision import lock_undecided, record_decision
from newsdb.ledger import attributed


def confirm_copy(*, proposal: Syndication, by: str) -> None:
    """Note that the two are the same piece. ``ValidationError`` when that was decided on before."""
    _decide(proposal, "accepted", by)


def dismiss_copy(*, proposal: Syndication, by: str) -> None:
    """Note that the two are not the same piece. ``ValidationError`` when that was decided on before."""
    _decide(proposal, "rejected", by)


def _decide(proposal: Syndication, decision: str, by: str) -> None:
    with attributed(by=by):
        record_decision(lock_undecided(proposal), decision, by)
        proposal.refresh_from_db()
