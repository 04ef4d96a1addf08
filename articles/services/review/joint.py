"""Applies a decision on one row of a joint statement to all of its rows."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.core.exceptions import ValidationError

from articles.models import Anchor, Proposal, Statement
from articles.services.corrections import correction
from articles.services.retraction import Joint, retract_statement, siblings
from articles.services.review.decision import (
    ANCHOR_FIELDS,
    CORRECTABLE,
    proposal_decision,
    save_decided,
    undo_snapshot,
)
from newsdb.ledger import attributed

#: Fields that a correction changes in all rows; speaker and label differ per row.
SHARED_FIELDS = tuple(name for name in CORRECTABLE if name not in ("text", "speaker_id", "speaker_label"))


@contextmanager
def joint_decision(*, statement: Statement, by: str, reason: str = "") -> Iterator[None]:
    """Context manager for a decision on a statement; its joint rows with the same status follow.

    They get the same status, words, kind and other corrections, but keep their own speakers. Everything is
    one transaction, attributed to ``by`` for ``reason``. Raises ``ValidationError`` if one of the other rows
    cannot follow.
    """
    with attributed(by=by, reason=reason):
        if statement.joint_uid is None:
            yield
            return
        one = Statement.objects.get(pk=statement.pk)
        before = undo_snapshot(one)
        yield
        one.refresh_from_db()
        _lead(one, before, by, reason)


def decided_together_with(proposal: Proposal) -> list[Proposal]:
    """The proposals of joint rows that were decided together with this one."""
    decided = Proposal.objects.select_related("statement").get(pk=proposal.pk)
    if decided.statement.joint_uid is None:
        return []
    joint = Proposal.objects.filter(statement__joint_uid=decided.statement.joint_uid)
    return list(joint.filter(decided_at=decided.decided_at).exclude(pk=proposal.pk).order_by("pk"))


def _lead(one: Statement, before: dict[str, Any], by: str, reason: str) -> None:
    after = undo_snapshot(one)
    if (before["status"], before["reviewed"]) == (after["status"], after["reviewed"]):
        return
    others = siblings(one).filter(status=before["status"])
    at = Proposal.objects.filter(statement=one).values_list("decided_at", flat=True).first()
    for other in others.select_for_update(of=("self",)):
        proposal = Proposal.objects.filter(statement=other).select_related("statement").first()
        changing: AbstractContextManager[Any] = correction(statement=other)
        undecided = proposal is not None and (not proposal.decision or proposal.accepted_unread)
        if proposal and undecided:
            changing = proposal_decision(proposal=proposal, by=by, reason=reason)
        with changing as row:
            _follow(row or other, one, before, after, by, reason)
        if proposal and undecided and at:
            # This common time identifies them when the decision is undone.
            Proposal.objects.filter(pk=proposal.pk).exclude(decision="").update(decided_at=at)


def _follow(
    row: Statement, one: Statement, before: dict[str, Any], after: dict[str, Any], by: str, reason: str
) -> None:
    if one.status == "retracted":
        retract_statement(statement=row, reason=reason, by=by, joint=Joint.THIS)
        return
    if one.status == "published" and row.speaker is None and one.speaker is not None:
        raise ValidationError(f"One speaker of this joint statement is not known yet: {row}")
    for name in SHARED_FIELDS:
        if before[name] != after[name]:
            setattr(row, name, getattr(one, name))
    row.status, row.reviewed = one.status, one.reviewed
    moved = (before["text"], before["anchors"]) != (after["text"], after["anchors"])
    if moved:
        row.anchors.all().delete()
        row.text = one.text
    save_decided(row)
    if moved:
        anchors = one.anchors.order_by("capture", "position").values(*ANCHOR_FIELDS)
        Anchor.objects.bulk_create(Anchor(statement=row, **anchor) for anchor in anchors)
    row.refresh_from_db()
