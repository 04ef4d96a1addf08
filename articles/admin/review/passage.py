"""The captured text around a proposal, with its words, its speaker and other statements marked."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.models import Anchor, Proposal
from articles.reading.spans import Span

#: Code points shown before and after the words; most articles are shorter.
REACH = 20_000
#: The most parts of a quotation.
MOST_PARTS = 50


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span of the text, with its kind and its link."""

    span: Span
    css: str
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The part of a captured text that is shown."""

    #: In code points of the whole text.
    shown: Span
    html: str
    #: The words of the proposal that is being decided, part by part.
    parts: tuple[str, ...]
    cut_before: bool
    cut_after: bool


def passage_of(proposal: Proposal, parameters: str = "") -> Passage:
    """The captured text around a proposal; links to other proposals in it end in ``parameters``."""
    text = proposal.capture.text or ""
    own = list(
        Anchor.objects.filter(statement=proposal.statement_id, capture=proposal.capture_id)
        .order_by("position")
        .values_list("start", "end", "exact")
    )
    first = min((start for start, _, _ in own), default=0)
    last = max((end for _, end, _ in own), default=0)
    shown = Span(max(0, first - REACH), min(len(text), last + REACH))
    marks = [Mark(Span(start, end), "now") for start, end, _ in own]
    if proposal.mention_start is not None and proposal.mention_end is not None:
        marks.append(
            Mark(Span(proposal.mention_start, proposal.mention_end), "mention", "The speaker, as printed")
        )
    marks += _neighbours(proposal, shown, parameters)
    html = _marked(text, shown, _apart(marks, shown))
    parts = tuple(exact for _, _, exact in own)
    return Passage(shown, html, parts, shown.start > 0, shown.end < len(text))


def _neighbours(proposal: Proposal, shown: Span, parameters: str) -> Iterable[Mark]:
    anchors = Anchor.objects.filter(capture=proposal.capture_id, start__lt=shown.end, end__gt=shown.start)
    rows = (
        anchors.exclude(statement=proposal.statement_id)
        .order_by("start")
        .values_list(
            *("start", "end", "statement", "statement__status", "statement__speaker__name"),
            *("statement__speaker_label", "statement__proposal"),
        )
    )
    for start, end, statement, status, name, label, other in rows:
        page = "articles_proposal_change" if other else "articles_statement_change"
        address = reverse(f"admin:{page}", args=[other or statement])
        title = f"{status.capitalize()}: {name or label or 'nobody is named'}"
        yield Mark(Span(start, end), f"other {status}", title, address + (parameters if other else ""))


def _apart(marks: Sequence[Mark], shown: Span) -> list[Mark]:
    """The marks in the order of the text; of two that overlap, only the one given first."""
    kept: list[Mark] = []
    starts: list[int] = []
    for mark in marks:
        at = bisect_left(starts, mark.span.start)
        free = at == 0 or kept[at - 1].span.end <= mark.span.start
        free &= at == len(kept) or mark.span.end <= kept[at].span.start
        if free and shown.start <= mark.span.start < mark.span.end <= shown.end:
            kept.insert(at, mark)
            starts.insert(at, mark.span.start)
    return kept


def _marked(text: str, shown: Span, marks: Sequence[Mark]) -> SafeString:
    pieces: list[tuple[str, str]] = []
    place = shown.start
    for mark in marks:
        pieces.append((text[place : mark.span.start], _element(mark, mark.span.of(text))))
        place = mark.span.end
    pieces.append((text[place : shown.end], ""))
    html = format_html_join("", "{}{}", pieces)
    # Parsing HTML turns a bare carriage return into a line feed; later positions would be wrong.
    return mark_safe(html.replace("\r", "&#13;"))  # noqa: S308 - every piece was escaped


def _element(mark: Mark, words: str) -> SafeString:
    if mark.address:
        words = format_html('<a href="{}">{}</a>', mark.address, words)
    return format_html('<mark class="{}" title="{}">{}</mark>', mark.css, mark.title, words)


def selected(chosen: str, text: str, start: int) -> list[Span]:
    """The selected spans of ``text``, of which the page shows the part that begins at the code point
    ``start``.

    ``chosen`` is JSON from the browser: a list of ``[first unit, one past the last, words]`` in UTF-16
    units. The result counts code points from the beginning of the whole text. Raises ``ValidationError`` if
    the words are not there, or if a span splits a character.
    """
    units = text[start:].encode("utf-16-le")
    spans = []
    for first, end, words in _read(chosen):
        if not 0 <= first < end <= len(units) // 2:
            raise ValidationError(NOT_THERE)
        try:
            before, inside = (
                units[: first * 2].decode("utf-16-le"),
                units[first * 2 : end * 2].decode("utf-16-le"),
            )
        except UnicodeDecodeError:
            raise ValidationError(NOT_THERE) from None
        if inside != words:
            raise ValidationError(NOT_THERE)
        spans.append(Span(start + len(before), start + len(before) + len(inside)))
    return sorted(spans, key=lambda span: span.start)


NOT_THERE = "The selected words are not at that place in the text: select them again."


def _read(chosen: str) -> list[tuple[int, int, str]]:
    try:
        rows: Any = json.loads(chosen)
    except (ValueError, RecursionError):
        raise ValidationError(NOT_THERE) from None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_PARTS:
        raise ValidationError(NOT_THERE)
    for row in rows:
        match row:
            case [int(), int(), str()]:
                continue
        raise ValidationError(NOT_THERE)
    return [tuple(row) for row in rows]
