"""A decision on a proposal: locked, made only once, and recorded so that it can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Anchor, Proposal, Statement
from articles.models.proposal import Decided, Decision
from articles.services.corrections import ATTRIBUTED_FIELDS, ATTRIBUTION_FIELDS, correction
from newsdb.ledger import attributed

#: The fields of a statement that a decision may correct.
CORRECTABLE = (*ATTRIBUTED_FIELDS, "language", "translated")
DECISION_FIELDS = ("status", "reviewed", *CORRECTABLE, *ATTRIBUTION_FIELDS)
#: What no decision changes. The store keeps these valid, so they need not be looked up again.
FIXED_FIELDS = ("uid", "article", "outlet", "capture", "latest_capture")
ANCHOR_FIELDS = ("capture_id", "position", "exact", "prefix", "suffix", "start", "end", "match", "checked_at")

D = TypeVar("D", bound=Decided)


@contextmanager
def proposal_decision(
    *, proposal: Proposal, by: str, reason: str = "", keep_attribution: bool = False
) -> Iterator[Statement]:
    """Context manager for changing a proposed statement; the decision is derived from the result.

    If the statement is published unchanged, the proposal was accepted. If it is published with changes, the
    proposal was corrected, and the attribution becomes the curator's unless it was set inside the block or
    ``keep_attribution`` is set. If it is rejected or retracted, the proposal was rejected. Otherwise nothing
    was decided. Everything is one transaction, attributed to ``by`` for ``reason``. ``proposal`` is
    refreshed. Raises ``ValidationError`` if it was already decided, unless it was accepted unread.
    """
    with attributed(by=by, reason=reason):
        locked = Statement.objects.select_related("article").select_for_update(of=("self",))
        statement = locked.get(pk=proposal.statement_id)
        proposal.refresh_from_db()
        proposal.statement = statement
        check_undecided(proposal)
        before = undo_snapshot(statement)
        with correction(statement=statement, name=proposal.name, keep_attribution=keep_attribution):
            yield statement
        decision = _decision(before, undo_snapshot(statement))
        if decision:
            proposal.replaced = before | _earlier(proposal)
            record_decision(proposal, decision, by)


def check_undecided(proposal: Decided) -> None:
    """Raise ``ValidationError`` if a person has already reviewed and decided the proposal."""
    unread = isinstance(proposal, Proposal) and proposal.accepted_unread
    if proposal.decision and not unread:
        day = timezone.localtime(proposal.decided_at).date() if proposal.decided_at else ""
        raise ValidationError(f"This was already {proposal.decision} by {proposal.decided_by} on {day}.")


def save_decided(statement: Statement) -> None:
    """Validate and save a statement whose status, attribution or facts changed."""
    statement.full_clean(exclude=FIXED_FIELDS)
    statement.save()


def record_decision(proposal: Decided, decision: str, by: str) -> None:
    """Record the decision, who made it and when."""
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, timezone.now()
    proposal.save()


def lock_undecided(proposal: D) -> D:
    """Lock the proposal and return its current state. Raises ``ValidationError`` if already decided."""
    manager = type(proposal)._default_manager
    row: D = manager.select_for_update(of=("self",)).get(pk=proposal.pk)
    check_undecided(row)
    return row


def undo_snapshot(statement: Statement) -> dict[str, Any]:
    """What a decision may change in a statement, as JSON-compatible values."""
    anchors = Anchor.objects.filter(statement=statement).order_by("capture_id", "position")
    rows = [dict(zip(ANCHOR_FIELDS, values, strict=True)) for values in anchors.values_list(*ANCHOR_FIELDS)]
    for row in rows:
        row["checked_at"] = row["checked_at"].isoformat() if row["checked_at"] else None
    facts = {name: getattr(statement, name) for name in DECISION_FIELDS}
    facts["said_on"] = statement.said_on.isoformat() if statement.said_on else None
    return {**facts, "anchors": rows}


def _earlier(proposal: Proposal) -> dict[str, Any]:
    """The proposal's earlier, unread acceptance, which is restored if the next decision is undone."""
    if not proposal.decided_at:
        return {}
    at = proposal.decided_at.isoformat()
    return {"earlier": {"by": proposal.decided_by, "at": at, "replaced": proposal.replaced}}


def _decision(before: dict[str, Any], after: dict[str, Any]) -> str:
    if after["status"] in ("rejected", "retracted"):
        return Decision.REJECTED
    unread = before["status"] == "published" and not after["reviewed"]
    if after["status"] != "published" or unread:
        return ""
    changed = {name for name in CORRECTABLE if before[name] != after[name]}
    for name in ("speaker_id", "translated"):
        if before[name] is None:
            changed.discard(name)  # filling in what was unknown is not a correction
    moved = not _places(before) <= _places(after)
    return Decision.CORRECTED if changed or moved else Decision.ACCEPTED


def _places(facts: dict[str, Any]) -> set[tuple[int, int, int]]:
    return {(row["capture_id"], row["start"], row["end"]) for row in facts["anchors"]}
