"""A decision taken back: the proposal waits again, as it was."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import Actor
from articles.ingest.review.deciding import ANCHOR, FACTS
from articles.models import Anchor, Proposal, Statement
from newsdb.ledger import attributed

TAKEN_BACK = "The decision was taken back."


def undo(*, proposal: Proposal, by: str, reason: str = TAKEN_BACK) -> Statement:
    """Take the decision upon a proposal back: its statement is again what it was before, and waits.

    What became public with the decision is so no more, in the open, for ``reason``. Raises
    ``ValidationError`` when nothing was decided, and when the statement was retracted or restored since.
    """
    with attributed(by=by, reason=reason):
        statement = Statement.objects.select_for_update(of=("self",)).get(pk=proposal.statement_id)
        proposal.refresh_from_db()
        if proposal.replaced is None:
            raise ValidationError("Nothing was decided yet.")
        before: dict[str, Any] = proposal.replaced
        decided = ("rejected", "retracted") if proposal.decision == "rejected" else ("published",)
        if statement.status not in decided:
            raise ValidationError(f"The statement was {statement.status} since.")
        _restore(statement, before)
        _return_to(proposal, before.get("earlier"))
        proposal.statement = statement
        proposal.save()
    return statement


def _restore(statement: Statement, before: dict[str, Any]) -> None:
    stale = statement.anchors.all()
    if statement.text == before["text"]:
        # What was found in another capture since are anchors of these words too.
        stale = stale.filter(capture__in={row["capture_id"] for row in before["anchors"]})
    stale.delete()
    for name in FACTS:
        if name in before:  # decisions once kept less
            setattr(statement, name, before[name])
    statement.speaker = _standing(before["speaker_id"])
    statement.retracted_at, statement.retraction_reason = None, ""
    statement.full_clean()
    statement.save()
    Anchor.objects.bulk_create(_anchor(statement, row) for row in before["anchors"])
    statement.refresh_from_db()


def _return_to(proposal: Proposal, earlier: dict[str, Any] | None) -> None:
    """Have the proposal wait again, or be accepted unread again where it was before."""
    if earlier:
        proposal.decision, proposal.decided_by = "accepted", earlier["by"]
        proposal.decided_at = datetime.fromisoformat(earlier["at"])
        proposal.replaced = earlier["replaced"]
    else:
        proposal.decision, proposal.decided_by, proposal.decided_at = "", "", None
        proposal.replaced = None


def _standing(actor_id: int | None) -> Actor | None:
    """The actor, or the one that it was merged into since."""
    actors = Actor.objects.select_related("merged_into")
    actor = actors.filter(pk=actor_id).first() if actor_id else None
    return actor and (actor.merged_into or actor)


def _anchor(statement: Statement, row: dict[str, Any]) -> Anchor:
    at = row["checked_at"]
    facts = {name: row[name] for name in ANCHOR}
    return Anchor(statement=statement, **facts | {"checked_at": datetime.fromisoformat(at) if at else None})
