"""Finds quotation marks and the words between them, by paragraph.

It handles typographic, straight and mixed marks; nested ones; a missing mark at either end; and long
quotations that repeat the opening mark in each paragraph. It takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.reading.budget import UNLIMITED, Budget
from articles.reading.quotations.mark_sides import Mark, find_marks
from articles.reading.quotations.missing_marks import WORD, end_before_clause, missing_end, missing_start
from articles.reading.spans import Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A marked passage: `outer` includes its marks, `inner` excludes them and surrounding white space."""

    paragraph: int
    outer: Span
    inner: Span
    opened: bool = True
    closed: bool = True
    continues: bool = False
    """Whether it continues a quotation that the previous paragraph left open."""
    label: Span | None = None
    """The speaker's name in a transcript's label or in a signature."""
    added: bool = False
    """Whether a person marked it as a quotation."""


def find_quoted(
    text: str, paragraphs: Sequence[Span], budget: Budget = UNLIMITED, *, mixed: bool = False
) -> list[Quoted]:
    """Every marked passage in order; nested ones are part of the outer one.

    `mixed` says whether to read several words in single marks even if the text mainly uses double ones: many
    of them are headings.
    """
    marked = find_marks(text, paragraphs, budget, mixed=mixed)
    found: list[Quoted] = []
    left_open = False
    for number, (paragraph, marks) in enumerate(zip(paragraphs, marked, strict=True)):
        following = marked[number + 1] if number + 1 < len(marked) else []
        carried_on = bool(following) and following[0].start == paragraphs[number + 1].start
        here = list(budget.over(_pair(text, number, paragraph, marks, carried_on=carried_on)))
        if here and left_open and here[0].outer.start == paragraph.start:
            first = here[0]
            here[0] = replace(first, continues=True)
        left_open = bool(here) and not here[-1].closed and here[-1].outer.end == paragraph.end and carried_on
        found += [one for one in here if _is_prose(text, paragraph, one)]
    return found


_NICKNAME = re.compile(r"[A-Z][^\W\d_]{1,15}(?: [A-Z][^\W\d_]{1,15})?")


def _is_prose(text: str, paragraph: Span, quoted: Quoted) -> bool:
    """Whether there are words in the marks, other than a nickname within a name: Ida "Bell" Holm."""
    if not WORD.search(text, quoted.inner.start, quoted.inner.end):
        return False
    if quoted.inner.end - quoted.inner.start > 32 or not _NICKNAME.fullmatch(quoted.inner.of(text)):
        return True
    before = text[max(paragraph.start, quoted.outer.start - 32) : quoted.outer.start].split()
    after = text[quoted.outer.end : quoted.outer.end + 2]
    return not (
        before
        and before[-1][:1].isupper()
        and before[-1].isalpha()
        and after[:1] == " "
        and after[1:].isupper()
    )


def _pair(
    text: str, number: int, paragraph: Span, marks: Sequence[Mark], *, carried_on: bool
) -> Iterator[Quoted]:
    opening: Mark | None = None
    depth = 0
    last_end = paragraph.start
    for place, mark in enumerate(marks):
        side = mark.side if mark.side in "oc" else ("c" if opening else "o")
        if mark.side == "inch" and opening is None:
            continue
        if opening is None:
            if side == "o":
                opening, depth = mark, 0
            else:
                start = missing_start(text, paragraph, last_end, mark.start)
                if start is not None:
                    yield _quoted(text, number, start, mark.end, start, mark.start, opened=False)
                    last_end = mark.end
        elif side == "o":
            if _is_nested(marks, place, carried_on=carried_on):
                depth += 1
            else:
                end = missing_end(text, opening.end, mark.start)
                yield _quoted(text, number, opening.start, end, opening.end, end, closed=False)
                opening, depth, last_end = mark, 0, end
        elif depth:
            depth -= 1
        else:
            yield _quoted(text, number, opening.start, mark.end, opening.end, mark.start)
            opening, last_end = None, mark.end
    if opening is not None:
        if carried_on:
            end = end_before_clause(text, opening.end, paragraph.end) or paragraph.end
        else:
            end = missing_end(text, opening.end, paragraph.end)
        yield _quoted(text, number, opening.start, end, opening.end, end, closed=False)


def _is_nested(marks: Sequence[Mark], place: int, *, carried_on: bool) -> bool:
    """Whether the opening mark at `place` is nested: both quotations close, or the outer one continues."""
    following = [mark.side for mark in marks[place + 1 : place + 3]]
    if following[:1] != ["c"]:
        return False
    return following[1:] == ["c"] or (not following[1:] and carried_on)


def _quoted(
    text: str,
    number: int,
    start: int,
    end: int,
    inner_start: int,
    inner_end: int,
    *,
    opened: bool = True,
    closed: bool = True,
) -> Quoted:
    words = text[inner_start:inner_end]
    inner_start += len(words) - len(words.lstrip())
    inner_end -= len(words) - len(words.rstrip()) if words.strip() else 0
    return Quoted(number, Span(start, end), Span(min(inner_start, inner_end), inner_end), opened, closed)
