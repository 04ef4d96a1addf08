"""Joins two proposals that are one quotation, interrupted by the reporter."""

from typing import Any

from django.core.exceptions import ValidationError

from articles.models import Anchor, Proposal, Statement
from articles.models.choices import Status
from articles.reading.anchors import Anchored
from articles.services.anchor_transfer import carry_anchors
from articles.services.anchoring import AnchoredWords
from articles.services.corrections import CLEARED_WITH_SPEAKER, correction
from articles.services.review.decision import check_undecided, proposal_decision, undo_snapshot
from articles.services.statements import reword_statement
from newsdb.ledger import attributed

JOINED = "joined with the words beside it"
JOINT = "Words of a joint statement cannot be joined with others."


def join_proposals(*, proposal: Proposal, other: Proposal, by: str) -> Statement:
    """Join the words of two undecided proposals from one capture in one statement, in text order.

    It is the statement of ``proposal``, which stays undecided, with its own speaker or else that of
    ``other``. ``other`` is rejected; undoing that separates the two again. The attribution becomes the
    curator's. Raises ``ValidationError`` if one of them was decided, or they are from different captures.
    """
    with attributed(by=by, reason=JOINED):
        rows = Statement.objects.select_for_update(of=("self",)).in_bulk(
            [proposal.statement_id, other.statement_id]
        )
        for each in (proposal, other):
            each.refresh_from_db()
            each.statement = rows[each.statement_id]
            _check(each)
        if proposal.pk == other.pk or proposal.capture_id != other.capture_id:
            raise ValidationError("Only two proposals from the same captured text can be joined.")
        statement = rows[proposal.statement_id]
        before, theirs = undo_snapshot(statement), rows[other.statement_id]
        parts = _parts(proposal, statement, theirs)
        with proposal_decision(proposal=other, by=by, reason=JOINED) as rejected:
            rejected.status = Status.REJECTED
            rejected.save(update_fields=["status"])
        other.replaced["joined"] = {"proposal": proposal.pk, "before": before}  # type: ignore[index]
        with correction(statement=statement, name=proposal.name):
            _take_speaker(proposal, statement, other, theirs)
            reword_statement(statement=statement, wording=AnchoredWords(proposal.capture, parts))
            for capture in statement.article.captures.exclude(pk=proposal.capture_id).exclude(text=None):
                carry_anchors(capture=capture, text=capture.text or "", statement=statement)
        other.replaced["joined"]["text"] = statement.text  # type: ignore[index]
        other.save(update_fields=["replaced"])
    return statement


def _check(proposal: Proposal) -> None:
    check_undecided(proposal)
    if proposal.statement.status != Status.PROPOSED:
        raise ValidationError(f"The statement has been {proposal.statement.status} in the meantime.")
    if proposal.statement.joint_uid:
        raise ValidationError(JOINT)


def _parts(proposal: Proposal, *statements: Statement) -> list[Anchored]:
    anchors = Anchor.objects.filter(capture=proposal.capture_id, statement__in=statements).order_by("start")
    return [Anchored(row.exact, row.prefix, row.suffix, row.start, row.end) for row in anchors]


def _take_speaker(proposal: Proposal, statement: Statement, other: Proposal, theirs: Statement) -> None:
    """Copy the speaker of the other statement if this one has none."""
    if statement.speaker_id or proposal.name or not (theirs.speaker_id or other.name):
        return
    facts: dict[str, Any] = {
        name: getattr(theirs, name) for name in ("speaker", "speaker_label", *CLEARED_WITH_SPEAKER)
    }
    for name, value in facts.items():
        setattr(statement, name, value)
    for name in ("name", "mention_start", "mention_end", "evidence"):
        setattr(proposal, name, getattr(other, name))
    proposal.save()
