"""Decisions on proposed statements."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import Actor
from articles.models import Capture, Proposal, Statement
from articles.reading.anchors import AnchorError, anchor_at
from articles.reading.spans import Span
from articles.services.anchor_transfer import carry_anchors
from articles.services.anchoring import AnchoredWords
from articles.services.corrections import REASON_FOR_SPEAKER, complete_correction, needs_reason_for
from articles.services.retraction import Joint, retract_statement
from articles.services.review.decision import CORRECTABLE, proposal_decision, save_decided
from articles.services.review.joint import joint_decision
from articles.services.statements import reword_statement
from newsdb.ledger import attributed

#: The fields that a correction may change, apart from the words.
CHANGEABLE_FIELDS = {name.removesuffix("_id") for name in CORRECTABLE} - {"text"}
UNNAMED = "No speaker is named: choose one, or publish it as unnamed."


def accept_proposal(
    *,
    proposal: Proposal,
    by: str,
    speaker: Actor | None = None,
    unnamed: bool = False,
    unread: bool = False,
    reason: str = "",
) -> Statement:
    """Publish a proposal unchanged, with ``speaker`` if none was found, or as ``unnamed``.

    It counts as reviewed unless it is accepted ``unread``. Raises ``ValidationError`` if it was already
    decided, or if it has no speaker and is not ``unnamed``.
    """
    with (
        _for_all_rows(proposal, by, reason),
        proposal_decision(proposal=proposal, by=by, reason=reason) as statement,
    ):
        if speaker is not None:
            _change(statement, proposal, {"speaker": speaker}, reason)
        _publish(statement, unnamed=unnamed, reviewed=not unread)
    return statement


def correct_proposal(
    *,
    proposal: Proposal,
    by: str,
    spans: Sequence[Span] = (),
    unnamed: bool = False,
    reason: str = "",
    **changes: Any,
) -> Statement:
    """Publish a proposal with corrections: at other places in its capture, or with other values of fields.

    ``spans`` are in code points of the captured text and in order. ``changes`` are fields of the statement:
    those in ``CORRECTABLE`` except its text; the others keep their values. A different ``speaker`` (or
    ``unnamed``) requires a ``speaker_label``, and clears cue, audience and day unless they are given. The
    attribution becomes the curator's. Raises ``AnchorError`` if a span has no words, and ``ValidationError``
    as ``accept_proposal`` does.
    """
    if unknown := changes.keys() - CHANGEABLE_FIELDS:
        raise TypeError(f"A correction cannot change {', '.join(sorted(unknown))}.")
    if unnamed:
        changes["speaker"] = None
    elif changes.get("speaker") is None:
        changes.pop("speaker", None)
    with (
        _for_all_rows(proposal, by, reason),
        proposal_decision(proposal=proposal, by=by, reason=reason) as statement,
    ):
        _change(statement, proposal, changes, reason)
        _publish(statement, unnamed=unnamed)
        if spans:
            _reanchor(statement, proposal.capture, spans)
    return statement


def reject_proposal(*, proposal: Proposal, by: str, reason: str = "") -> Statement:
    """Reject a proposal: its words are not proposed again for this article.

    If ingestion already published it, it is retracted instead, which requires a ``reason``. Raises
    ``ValidationError`` without one, and if it was already decided.
    """
    with (
        _for_all_rows(proposal, by, reason),
        proposal_decision(proposal=proposal, by=by, reason=reason) as statement,
    ):
        if statement.status == "published":
            retract_statement(statement=statement, reason=reason, by=by, joint=Joint.THIS)
        else:
            statement.status = "rejected"
            statement.save(update_fields=["status"])
    return statement


def accept_proposals_above(
    *, confidence: float, by: str, reason: str = "", among: Any = None, at_most: int | None = None
) -> int:
    """Accept every undecided proposal with a speaker and at least this ``confidence``, without review.

    ``among`` limits it to these proposals, ``at_most`` to that many, the oldest first. Returns their number.
    """
    with attributed(by=by, reason=reason):
        waiting = (Proposal.objects.all() if among is None else among).sure_of(confidence)
        # Other decisions lock the statement first, too.
        lock_undecided = waiting.select_related("statement").select_for_update(of=("statement",))
        rows = list(lock_undecided.order_by("statement_id")[:at_most])
        for proposal in rows:
            accept_proposal(proposal=proposal, by=by, unread=True, reason=reason)
    return len(rows)


def _for_all_rows(proposal: Proposal, by: str, reason: str) -> AbstractContextManager[None]:
    """Context manager: a decision on one row of a joint statement applies to all."""
    return joint_decision(statement=proposal.statement, by=by, reason=reason)


def _publish(statement: Statement, *, unnamed: bool, reviewed: bool = True) -> None:
    if statement.status not in ("proposed", "published"):
        raise ValidationError(f"The statement has been {statement.status} in the meantime.")
    if statement.speaker_id is None and not unnamed:
        raise ValidationError(UNNAMED)
    if statement.status == "proposed" or reviewed:
        statement.reviewed = reviewed
    statement.status = "published"
    save_decided(statement)


def _change(statement: Statement, proposal: Proposal, changes: dict[str, Any], reason: str) -> None:
    speaker = changes.get("speaker", statement.speaker)
    if needs_reason_for(statement=statement, speaker=speaker) and not reason.strip():
        raise ValidationError(REASON_FOR_SPEAKER)
    changes = complete_correction(statement=statement, changes=changes, name=proposal.name)
    for name, value in changes.items():
        setattr(statement, name, value)


def _reanchor(statement: Statement, capture: Capture, spans: Sequence[Span]) -> None:
    if capture.text is None:
        raise ValidationError("The captured text is not stored: attach it first.")
    if any(after.start < before.end for before, after in pairwise(spans)):
        raise AnchorError("The parts of a quotation must be in the order of the text.")
    parts = [anchor_at(capture.text, span.start, span.end) for span in spans]
    reword_statement(statement=statement, wording=AnchoredWords(capture, parts))
    for other in statement.article.captures.exclude(pk=capture.pk).exclude(text=None):
        carry_anchors(capture=other, text=other.text or "", statement=statement)
