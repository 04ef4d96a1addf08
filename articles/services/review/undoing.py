"""Undoes a decision: the proposal awaits review again, and a statement it published is retracted."""

import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import Actor
from articles.models import Anchor, Proposal, Statement
from articles.services.latest_capture import record_in_latest_capture
from articles.services.retraction import Joint, retract_statement
from articles.services.review.decision import ANCHOR_FIELDS, DECISION_FIELDS, save_decided
from articles.services.review.joint import decided_together_with
from newsdb.ledger import attributed

UNDONE = "decision undone"


def undo_decision(*, proposal: Proposal, by: str, reason: str = UNDONE) -> Statement:
    """Undo the decision on a proposal, and return the statement that is then proposed or public.

    A statement that the decision published is retracted for ``reason``, because its URL is known; the same
    words are proposed again as a new statement, which is returned. Any other statement returns to its earlier
    state: a rejected one to review, one published by ingestion is published again. All rows of a joint
    statement that were decided together are undone. Joined words are separated again. Raises
    ``ValidationError`` if there is no decision to undo, or if the statement was retracted or restored since.
    """
    with attributed(by=by, reason=reason):
        together = decided_together_with(proposal)
        statement = _undo(proposal, by, reason)
        for other in together:
            _undo(other, by, reason)
    return statement


def _undo(proposal: Proposal, by: str, reason: str) -> Statement:
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=proposal.statement_id)
    proposal.refresh_from_db()
    if proposal.replaced is None:
        raise ValidationError("There is no decision to undo.")
    decided = ("rejected", "retracted") if proposal.decision == "rejected" else ("published",)
    if statement.status not in decided:
        raise ValidationError(f"The statement has since been {statement.status}.")
    before: dict[str, Any] = proposal.replaced
    if joined := before.get("joined"):
        _separate(joined)
    proposal.replaced, proposal.statement = None, statement
    if statement.status == "rejected" or before["status"] == "published":
        _return_to(statement, before)
        _decide_as_before(proposal, before.get("earlier"))
        proposal.save()
        return statement
    proposal.save()
    if statement.status == "published":
        retract_statement(statement=statement, reason=reason, by=by, joint=Joint.THIS)
    return _propose_again(proposal, before)


def _separate(joined: dict[str, Any]) -> None:
    """Remove the words of a joined proposal from the statement that they were joined with."""
    waiting = Proposal.objects.to_review().filter(pk=joined["proposal"]).values("statement")
    statement = Statement.objects.select_for_update(of=("self",)).filter(pk__in=waiting).first()
    if statement is None or statement.text != joined["text"]:
        raise ValidationError("The proposal that it was joined with has since been decided or changed.")
    _return_to(statement, joined["before"])


def _return_to(statement: Statement, before: dict[str, Any]) -> None:
    stale = statement.anchors.all()
    if statement.text == before["text"]:
        # Anchors added in other captures since are of the same words, so they are kept.
        stale = stale.filter(capture__in={row["capture_id"] for row in before["anchors"]})
    stale.delete()
    _restore(statement, before)


def _propose_again(proposal: Proposal, before: dict[str, Any]) -> Statement:
    """Copy the proposal to a new statement; the old statement keeps its own."""
    again = Statement.objects.get(pk=proposal.statement_id)
    again.pk, again.uid, again._state.adding = None, uuid.uuid4(), True
    _restore(again, before)
    if again.text == proposal.statement.text:
        elsewhere = proposal.statement.anchors.exclude(capture__in=again.anchors.values("capture"))
        rows = list(elsewhere.values(*ANCHOR_FIELDS))
        Anchor.objects.bulk_create(Anchor(statement=again, **row) for row in rows)
        again.refresh_from_db()
    Proposal.objects.create(
        statement=again,
        capture=proposal.capture,
        words=proposal.words,
        mention_start=proposal.mention_start,
        mention_end=proposal.mention_end,
        name=proposal.name,
        shipped_confidence=proposal.shipped_confidence,
        evidence=proposal.evidence,
    )
    return again


def _restore(statement: Statement, facts: dict[str, Any]) -> None:
    for name in DECISION_FIELDS:
        if name in facts:  # decisions of older versions stored fewer fields
            setattr(statement, name, facts[name])
    statement.status = "published" if facts["status"] == "published" else "proposed"
    statement.speaker = _survivor(facts["speaker_id"])
    statement.retracted_at, statement.retraction_reason = None, ""
    save_decided(statement)
    Anchor.objects.bulk_create(_anchor(statement, row) for row in facts["anchors"])
    record_in_latest_capture(article=statement.article, statements=[statement])
    statement.refresh_from_db()


def _decide_as_before(proposal: Proposal, earlier: dict[str, Any] | None) -> None:
    """Return the proposal to review, or to its earlier unread acceptance."""
    if earlier:
        proposal.decision, proposal.decided_by = "accepted", earlier["by"]
        proposal.decided_at = datetime.fromisoformat(earlier["at"])
        proposal.replaced = earlier["replaced"]
    else:
        proposal.decision, proposal.decided_by, proposal.decided_at = "", "", None
        proposal.replaced = None


def _survivor(actor_id: int | None) -> Actor | None:
    """The actor, or the one that it was merged into since."""
    actors = Actor.objects.select_related("merged_into")
    actor = actors.filter(pk=actor_id).first() if actor_id else None
    return actor and (actor.merged_into or actor)


def _anchor(statement: Statement, row: dict[str, Any]) -> Anchor:
    at = row["checked_at"]
    facts = {name: row[name] for name in ANCHOR_FIELDS}
    return Anchor(statement=statement, **facts | {"checked_at": datetime.fromisoformat(at) if at else None})
