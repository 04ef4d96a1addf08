"""One decision upon one proposal: locked, not made twice, and noted with what it replaced."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Anchor, Proposal, Statement
from articles.models.proposal import Decided, Decision
from newsdb.ledger import attributed

#: What of a statement a decision may change.
FACTS = ("status", "reviewed", "kind", "text", "speaker_id", "speaker_label")
ANCHOR = ("capture_id", "position", "exact", "prefix", "suffix", "start", "end", "match", "checked_at")

D = TypeVar("D", bound=Decided)


@contextmanager
def deciding(*, proposal: Proposal, by: str, reason: str = "") -> Iterator[Statement]:
    """Within, the statement may be changed as the decision has it; which it was is seen from it afterwards.

    Published as it was proposed it was accepted; published with other words, kind or speaker it was
    corrected; rejected or retracted it was rejected; else nothing was decided. All of it is one transaction,
    attributed to ``by`` for ``reason``. ``proposal`` is brought up to date. Raises ``ValidationError`` when
    it was decided upon before.
    """
    with attributed(by=by, reason=reason):
        statement = Statement.objects.select_for_update(of=("self",)).get(pk=proposal.statement_id)
        proposal.refresh_from_db()
        refuse_decided(proposal)
        proposal.statement = statement
        before = facts_of(statement)
        yield statement
        statement.refresh_from_db()
        decision = _decision(before, facts_of(statement))
        if decision:
            proposal.replaced = before
            note(proposal, decision, by)


def refuse_decided(proposal: Decided) -> None:
    """Raise ``ValidationError`` for a proposal that somebody has decided upon."""
    if proposal.decision:
        day = timezone.localtime(proposal.decided_at).date() if proposal.decided_at else ""
        raise ValidationError(f"It was {proposal.decision} already, by {proposal.decided_by} on {day}.")


def note(proposal: Decided, decision: str, by: str) -> None:
    """Keep what was decided, by whom and when."""
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, timezone.now()
    proposal.save()


def locked(proposal: D) -> D:
    """The proposal as it is now, locked; ``ValidationError`` when it was decided upon."""
    manager = type(proposal)._default_manager
    row: D = manager.select_for_update(of=("self",)).get(pk=proposal.pk)
    refuse_decided(row)
    return row


def facts_of(statement: Statement) -> dict[str, Any]:
    """What a decision may change, as JSON can hold it."""
    anchors = Anchor.objects.filter(statement=statement).order_by("capture_id", "position")
    rows = [dict(zip(ANCHOR, values, strict=True)) for values in anchors.values_list(*ANCHOR)]
    for row in rows:
        row["checked_at"] = row["checked_at"].isoformat() if row["checked_at"] else None
    return {**{name: getattr(statement, name) for name in FACTS}, "anchors": rows}


def _decision(before: dict[str, Any], after: dict[str, Any]) -> str:
    if after["status"] in ("rejected", "retracted"):
        return Decision.REJECTED
    if after["status"] != "published" or not after["reviewed"]:
        return ""
    changed = {name for name in FACTS if before[name] != after[name]} - {"status", "reviewed"}
    if before["speaker_id"] is None:
        changed.discard("speaker_id")  # what was not found is added, not corrected
    moved = not _places(before) <= _places(after)
    return Decision.CORRECTED if changed or moved else Decision.ACCEPTED


def _places(facts: dict[str, Any]) -> set[tuple[int, int, int]]:
    return {(row["capture_id"], row["start"], row["end"]) for row in facts["anchors"]}
