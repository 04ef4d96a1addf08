"""Splits a text into paragraphs, within which quotation marks are paired."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from articles.reading.spans import Span

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_MAX_WRAPPED_LINE = 100
"""The longest line of text that was wrapped by hand or by a mail program."""


def find_paragraphs(text: str, body: Sequence[Span] | None = None) -> list[Span]:
    """The paragraphs in `body` (default: the whole text), in order, stripped of white space.

    Each line is a paragraph, except in wrapped text, where blank lines separate paragraphs.
    """
    regions = [Span(0, len(text))] if body is None else body
    lines = [line for region in regions for line in _lines(text, region)]
    return _unwrapped(text, lines) if _is_wrapped(text, lines) else lines


def _lines(text: str, region: Span) -> Iterator[Span]:
    for match in _LINE.finditer(text, max(0, region.start), min(len(text), region.end)):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            yield Span(start, start + len(stripped))


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Whether most lines, apart from the last of each block, are continued on the next line."""
    if not lines or max(line.end - line.start for line in lines) > _MAX_WRAPPED_LINE:
        return False
    pairs = [(one, other) for one, other in pairwise(lines) if _adjacent(text, one, other)]
    carried = sum(text[other.start].islower() for _, other in pairs)
    return len(pairs) >= 3 and 2 * carried > len(pairs)


def _adjacent(text: str, one: Span, other: Span) -> bool:
    return text.count("\n", one.end, other.start) <= 1


def _unwrapped(text: str, lines: Sequence[Span]) -> list[Span]:
    paragraphs: list[Span] = []
    previous: Span | None = None
    for line in lines:
        if previous is not None and _adjacent(text, previous, line):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
        previous = line
    return paragraphs
