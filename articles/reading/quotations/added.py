"""Adds passages that a person marked as quotations, where the text's quotation marks do not show it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from articles.reading.quotations.marks import Quoted
from articles.reading.spans import Span

_OPENING = re.compile(r"[“”„«»\"‘’']\s?$")
_CLOSING = re.compile(r"\s?[,.!?…]?\s?[“”»«\"’']")


def with_added(
    text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted], added: Sequence[Span]
) -> list[Quoted]:
    """Combine the marked quotations with the added passages; if two overlap, the added one is kept.

    A passage that crosses into another paragraph is cut at the end of its first; one outside all paragraphs
    is ignored.
    """
    places = []
    for span in added:
        around = next((one for one in quoted if one.opened and one.closed and _holds(one.inner, span)), None)
        place = replace(around, inner=span, added=True) if around else _quoted(text, paragraphs, span)
        places += [place] if place else []
    apart = [one for one in quoted if not any(_overlap(one.outer, place.outer) for place in places)]
    return sorted([*apart, *places], key=lambda one: one.outer.start)


def _quoted(text: str, paragraphs: Sequence[Span], span: Span) -> Quoted | None:
    number = bisect_right(paragraphs, span.start, key=lambda paragraph: paragraph.start) - 1
    if number < 0 or span.start >= paragraphs[number].end:
        return None
    paragraph = paragraphs[number]
    inner = Span(span.start, min(span.end, paragraph.end))
    opening = _OPENING.search(text, max(paragraph.start, inner.start - 2), inner.start)
    closing = _CLOSING.match(text, inner.end, paragraph.end)
    outer = Span(opening.start() if opening else inner.start, closing.end() if closing else inner.end)
    return Quoted(number, outer, inner, added=True)


def _holds(one: Span, other: Span) -> bool:
    return one.start <= other.start and other.end <= one.end


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
