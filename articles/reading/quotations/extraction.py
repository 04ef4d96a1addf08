"""Extracts the quotations of a text, with their speakers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from articles.reading.budget import UNLIMITED, Budget
from articles.reading.quotations.added import with_added
from articles.reading.quotations.attribution import Attributed, Attributor
from articles.reading.quotations.capitals import capitalised_within, is_headline
from articles.reading.quotations.circumstances import audience_of, said_on
from articles.reading.quotations.confidence import confidence_of
from articles.reading.quotations.cues import Cue
from articles.reading.quotations.joining import join
from articles.reading.quotations.marks import Quoted, find_quoted
from articles.reading.quotations.mentions import find_mentions
from articles.reading.quotations.paragraphs import find_paragraphs
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.records import Attribution, Quotation
from articles.reading.quotations.repetitions import settle_repeated
from articles.reading.quotations.signatures import with_signed
from articles.reading.quotations.subjects import verb_end
from articles.reading.quotations.tokens import tokenise
from articles.reading.quotations.transcripts import with_turns
from articles.reading.spans import Span
from newsdb.dates import PartialDate

_ABBREVIATED = re.compile(r"\b(?:[^\W\d_]\.){2,}$")
"""An abbreviation, whose last full stop does not end a sentence by itself: "at 6 p.m."."""


def extract(
    text: str,
    *,
    body: Sequence[Span] | None = None,
    published: PartialDate | None = None,
    added: Sequence[Span] = (),
    budget: Budget = UNLIMITED,
) -> list[Quotation]:
    """Extract the quotations of a text in order, each with its speaker if the text names one.

    The passages in `added` are quotations, with or without quotation marks. Raises OverBudgetError if
    extraction takes longer than `budget`.
    """
    paragraphs = find_paragraphs(text, body)
    quoted = find_quoted(text, paragraphs, budget)
    quoted = with_signed(text, paragraphs, with_turns(text, paragraphs, quoted, budget), budget)
    if added:
        quoted = with_added(text, paragraphs, quoted, added)
    if not quoted:
        return []
    readings = _read(text, paragraphs, quoted, budget)
    found = settle_repeated(text, list(Attributor(text, quoted, readings, budget).attribute()), budget)
    return [_quotation(text, parts, published) for parts in join(found)]


def find_unattributed(text: str, found: Sequence[Quotation], budget: Budget = UNLIMITED) -> list[Span]:
    """The words in quotation marks of either kind that none of the quotations `found` has, in order.

    Nobody is said to speak them: they are titles and terms, too. Raises OverBudgetError as `extract` does.
    """
    parts = sorted((part for one in found for part in one.parts), key=lambda part: part.start)
    starts = [part.start for part in parts]
    unattributed = []
    for quoted in budget.over(find_quoted(text, find_paragraphs(text), budget, mixed=True)):
        place = bisect_left(starts, quoted.outer.end)
        if not (place and parts[place - 1].end > quoted.outer.start):
            unattributed.append(_without_end(text, quoted.inner, whole=True))
    return unattributed


def find_nested(text: str, passages: Sequence[Span], budget: Budget = UNLIMITED) -> list[Span]:
    """The words in quotation marks of either kind within each of the passages: what their speakers quote.

    Marks within these words are a part of them. Raises OverBudgetError as `extract` does.
    """
    found = find_quoted(text, passages, budget, mixed=True)
    return [_without_end(text, one.inner, whole=True) for one in found if one.opened and one.closed]


def _read(text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted], budget: Budget) -> list[Reading]:
    by_paragraph: dict[int, list[tuple[int, Quoted]]] = {}
    for index, one in enumerate(quoted):
        by_paragraph.setdefault(one.paragraph, []).append((index, one))
    read = [
        tokenise(text, span, by_paragraph.get(number, []), budget) for number, span in enumerate(paragraphs)
    ]
    declared = [paragraph for paragraph in read if not is_headline(paragraph)]
    names = frozenset().union(*(capitalised_within(paragraph) for paragraph in declared))
    return [Reading(p, [] if is_headline(p) else find_mentions(p, names, budget)) for p in read]


def _without_end(text: str, inner: Span, *, whole: bool) -> Span:
    """The words without the reporting sentence's comma and, in a fragment, without its full stop."""
    words = inner.of(text).removesuffix(",").rstrip()
    ends = words.endswith(".") and not words.endswith("..") and not _ABBREVIATED.search(words[-12:])
    if ends and not whole:
        words = words[:-1]
    return Span(inner.start, inner.start + len(words))


def _printed_verb(text: str, source: Reading, cue: Cue) -> str:
    last = verb_end(source, cue.verb)
    return text[source.tokens[cue.verb].start : source.tokens[last].end]


def _evidence(found: Attributed) -> tuple[Attribution, ...]:
    speakers = [Attribution(method, who.mention, who.name) for method, who in found.evidence.items()]
    return (*speakers, *([Attribution("denial", found.denial, "")] if found.denial else []))


def _quotation(text: str, parts: Sequence[Attributed], published: PartialDate | None) -> Quotation:
    found = parts[0]
    cue = found.cue
    return Quotation(
        parts=tuple(_without_end(text, part.quoted.inner, whole=found.whole) for part in parts),
        kind="direct" if found.whole else "partial",
        mention=found.speaker.mention,
        name=found.speaker.name,
        together=found.speaker.together,
        cue=_printed_verb(text, found.source, cue) if cue and found.source and cue.verb >= 0 else "",
        audience=audience_of(text, found),
        said_on=said_on(text, found, published),
        confidence=confidence_of(found),
        evidence=_evidence(found),
    )
