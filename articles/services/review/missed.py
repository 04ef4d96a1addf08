"""Proposes words that the extractor missed, marked by a person."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError

from articles.models import Anchor, Capture, Proposal, Statement
from articles.models.choices import AttributedBy, Kind, Status
from articles.reading.anchors import anchor_at
from articles.reading.budget import Budget, OverBudgetError
from articles.reading.page import read_page
from articles.reading.quotations import Quotation, extract
from articles.reading.spans import Span
from articles.services.actors import find_actor_called
from articles.services.anchor_transfer import carry_anchors
from articles.services.anchoring import AnchoredWords
from articles.services.statements import record_statement
from newsdb.dates import PartialDate
from newsdb.ledger import attributed

ALREADY_ANCHORED = "These words are already in the review or published: “{}”."


def propose_missed(*, capture: Capture, spans: Sequence[Span], by: str) -> Proposal:
    """Propose the words at ``spans`` of a captured text, with the speaker that the extractor finds.

    ``spans`` are in code points and in order; each is a part. Speakers who said the words together get a row
    each; the first one's proposal is returned. The attribution is the curator's. Raises ``AnchorError`` if
    there are no words, and ``ValidationError`` if the text is not stored or the words belong to a proposed or
    published statement.
    """
    text = capture.text
    if text is None:
        raise ValidationError("The captured text is not stored: attach it first.")
    if any(after.start < before.end for before, after in pairwise(spans)):
        raise ValidationError("The parts of a quotation must be in the order of the text.")
    parts = [anchor_at(text, span.start, span.end) for span in spans]
    try:
        found = _extract_at(capture, text, spans)
    except OverBudgetError:  # the words are proposed without a speaker
        found = None
    names = (found.together or (found.name,)) if found else ("",)
    facts = {**_facts(found, text), "language": capture.article.language}
    with attributed(by=by):
        capture = Capture.objects.select_for_update(of=("self",), no_key=True).get(pk=capture.pk)
        _check_free(capture, spans)
        joint_uid = uuid4() if len(names) > 1 else None
        proposals = []
        for name in names:
            statement = record_statement(
                article=capture.article,
                wording=AnchoredWords(capture, parts),
                speaker=find_actor_called(name) if name else None,
                joint_uid=joint_uid,
                **facts,
            )
            for other in capture.article.captures.exclude(pk=capture.pk).exclude(text=None):
                carry_anchors(capture=other, text=other.text or "", statement=statement)
            proposals.append(_proposal(statement, capture, found, name))
    return proposals[0]


def _extract_at(capture: Capture, text: str, spans: Sequence[Span]) -> Quotation | None:
    """The extractor's findings, given that the words are a quotation."""
    budget = Budget(settings.INGEST_SECONDS)
    body: Sequence[Span] | None = read_page(text, captured_at=capture.captured_at, budget=budget).body
    if not any(span.start <= spans[0].start < span.end for span in body or ()):
        body = None  # outside the body of the article
    day, precision = capture.article.published_on, capture.article.published_precision
    published = PartialDate(day, precision) if day else None  # type: ignore[arg-type]
    quotations = extract(text, body=body, published=published, added=spans, budget=budget)
    first = spans[0]
    return next(
        (
            quotation
            for quotation in quotations
            if any(part.start < first.end and first.start < part.end for part in quotation.parts)
        ),
        None,
    )


def _facts(found: Quotation | None, text: str) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "status": Status.PROPOSED,
        "reviewed": False,
        "attributed_by": AttributedBy.CURATOR,
        "kind": Kind.DIRECT,
    }
    if found is None:
        return facts
    said_on = found.said_on
    return facts | {
        "speaker_label": _blank_if_too_long("speaker_label", found.mention.of(text) if found.mention else ""),
        "kind": found.kind,
        "cue": _blank_if_too_long("cue", found.cue),
        "audience": _blank_if_too_long("audience", found.audience),
        "said_on": said_on.first if said_on else None,
        "said_precision": said_on.precision if said_on else "",
    }


def _blank_if_too_long(column: str, value: str) -> str:
    """The value, or "" if it is too long for the column."""
    field: Any = Statement._meta.get_field(column)
    return value if len(value) <= field.max_length else ""


def _check_free(capture: Capture, spans: Sequence[Span]) -> None:
    taken = Anchor.objects.filter(capture=capture, statement__status__in=(Status.PROPOSED, Status.PUBLISHED))
    for span in spans:
        there = taken.filter(start__lt=span.end, end__gt=span.start).select_related("statement").first()
        if there:
            raise ValidationError(ALREADY_ANCHORED.format(there.statement.text[:60]))


def _proposal(statement: Statement, capture: Capture, found: Quotation | None, name: str) -> Proposal:
    mention = found.mention if found else None
    return Proposal.objects.create(
        statement=statement,
        capture=capture,
        words=statement.text,
        mention_start=mention.start if mention else None,
        mention_end=mention.end if mention else None,
        name=name[:300],
        evidence=[],
    )
