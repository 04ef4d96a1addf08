"""Decisions upon proposed statements."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import Actor
from articles.ingest.anchors import AnchorError, anchor_at
from articles.ingest.carrying import carry_anchors
from articles.ingest.review.deciding import deciding
from articles.ingest.selectors import anchor_statement
from articles.ingest.spans import Span
from articles.models import Capture, Proposal, Statement
from articles.services.retraction import retract_statement
from newsdb.ledger import attributed

UNNAMED = "Nobody is named as its speaker: choose one, or say that it is published as unnamed."


def accept(
    *, proposal: Proposal, by: str, speaker: Actor | None = None, unnamed: bool = False, reason: str = ""
) -> Statement:
    """Publish a proposal as it was read, reviewed; by ``speaker`` where none was found, or as ``unnamed``.

    Raises ``ValidationError`` when it was decided upon before, or has no speaker and is not ``unnamed``.
    """
    with deciding(proposal=proposal, by=by, reason=reason) as statement:
        _publish(statement, speaker, unnamed, reason)
    return statement


def correct(
    *,
    proposal: Proposal,
    by: str,
    spans: Sequence[Span] = (),
    kind: str = "",
    speaker: Actor | None = None,
    speaker_label: str | None = None,
    unnamed: bool = False,
    reason: str = "",
) -> Statement:
    """Publish a proposal otherwise than it was read: the words at other places of its capture, another kind.

    ``spans`` are code points of the captured text, in order; what is left out stays as it was read. Raises
    ``AnchorError`` for places where no words stand, and ``ValidationError`` as ``accept`` does.
    """
    with deciding(proposal=proposal, by=by, reason=reason) as statement:
        if kind:
            statement.kind = kind
        if speaker_label is not None:
            statement.speaker_label = speaker_label
        if unnamed:
            _change_speaker(statement, None, reason)
        _publish(statement, speaker, unnamed, reason)
        if spans:
            _reanchor(statement, proposal.capture, spans)
    return statement


def reject(*, proposal: Proposal, by: str, reason: str = "") -> Statement:
    """Turn a proposal down: its words are not proposed again for this article.

    One that a run has published is public, so that it is retracted instead, which takes a ``reason``. Raises
    ``ValidationError`` without it, and when it was decided upon before.
    """
    with deciding(proposal=proposal, by=by, reason=reason) as statement:
        if statement.status == "published":
            retract_statement(statement=statement, reason=reason, by=by)
        else:
            statement.status = "rejected"
            statement.save(update_fields=["status"])
    return statement


def accept_above(
    *, confidence: float, by: str, reason: str = "", among: Any = None, at_most: int | None = None
) -> int:
    """Accept every waiting proposal that has a speaker and at least this ``confidence``; returns how many.

    ``among`` narrows it to these proposals, ``at_most`` to so many, the oldest first.
    """
    with attributed(by=by, reason=reason):
        waiting = (Proposal.objects.all() if among is None else among).sure_of(confidence)
        # Whoever decides upon one locks its statement first.
        locked = waiting.select_related("statement").select_for_update(of=("statement",))
        rows = list(locked.order_by("statement_id")[:at_most])
        for proposal in rows:
            accept(proposal=proposal, by=by, reason=reason)
    return len(rows)


def _publish(statement: Statement, speaker: Actor | None, unnamed: bool, reason: str) -> None:
    if statement.status not in ("proposed", "published"):
        raise ValidationError(f"It was {statement.status} meanwhile.")
    if speaker is not None:
        _change_speaker(statement, speaker, reason)
    if statement.speaker_id is None and not unnamed:
        raise ValidationError(UNNAMED)
    statement.status, statement.reviewed = "published", True
    statement.full_clean()
    statement.save()


def _change_speaker(statement: Statement, speaker: Actor | None, reason: str) -> None:
    if statement.status == "published" and statement.speaker != speaker and not reason.strip():
        raise ValidationError("Say why the speaker changes: it is public in the history.")
    statement.speaker = speaker


def _reanchor(statement: Statement, capture: Capture, spans: Sequence[Span]) -> None:
    if capture.text is None:
        raise ValidationError("The captured text is not at hand: attach it first.")
    if any(after.start < before.end for before, after in pairwise(spans)):
        raise AnchorError("The parts of a quotation stand one after the other.")
    parts = [anchor_at(capture.text, span.start, span.end) for span in spans]
    anchor_statement(statement=statement, capture=capture, parts=parts)
    for other in statement.article.captures.exclude(pk=capture.pk).exclude(text=None):
        carry_anchors(capture=other, text=other.text or "", statement=statement)
