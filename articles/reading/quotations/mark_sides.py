"""Finds a paragraph's quotation marks, tells them from apostrophes and inches, and which ones open."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.reading.budget import UNLIMITED, Budget
from articles.reading.spans import Span

_MAX_MARKS, _MIN_SPACING = 500, 8
"""A paragraph with more marks than these, and more than one per so many code points, is not prose."""
_DOUBLE = re.compile("[“”„‟«»＂\"「」『』]|``|''")
_SIDES = {"「": "o", "『": "o", "」": "c", "』": "c"}
"""Marks that have no other use, and no spaces around them."""
_SINGLE = re.compile("(?<!['`])['‘’‚‛](?!['`])")
_OPENS, _CLOSES = frozenset("“„«‟‘‚"), frozenset("”»’")
_BEFORE_OPENING = frozenset("([{—–-/:;,…“‘\"'")
_REST = frozenset(".,;:!?…)]}—–-/'’”\"")
_MIN_WORDS = 4
"""The fewest words in single marks that are a quotation in a text that mainly uses double ones."""
_LEADS_IN = frozenset(",:—–-(")
_ELISION = re.compile(
    r"['‘’](?:[0-9]0s\b|[0-9]{2}\b(?!%)|(?:em|til|tis|twas|cause|bout|round|n)\b['’]?)", re.IGNORECASE
)
"""Words that begin with an apostrophe: ’90s, ’til, ’n’; word processors write ‘ there."""
_SHORTENED = re.compile(r"(?:s|[a-z]in|\b(?:o|n|an|th|wi|ol))$", re.IGNORECASE)
"""Words that may end with an apostrophe: farmers’, goin’, o’."""
_MAX_ENDING_LENGTH = 4
"""The most code points of such an ending, with the preceding one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark."""

    start: int
    end: int
    side: str
    """`o` opens, `c` closes, `?` may do either, `inch` closes or is an inch sign."""
    is_single: bool = False


def find_marks(
    text: str, paragraphs: Sequence[Span], budget: Budget = UNLIMITED, *, mixed: bool = False
) -> list[list[Mark]]:
    """The marks of each paragraph, without those nested in the other kind.

    Single marks count if the text mainly uses single marks: more is quoted in them than in double ones. If
    `mixed`, they count in other texts, too, around several words.
    """
    marks = [list(_double(text, paragraph)) for paragraph in budget.over(paragraphs)]
    single = [list(_single(text, paragraph)) for paragraph in budget.over(paragraphs)]
    if any(single):
        outermost = [list(_outermost(*both)) for both in zip(marks, single, strict=True)]
        if sum(map(_surplus_in_single_marks, outermost, paragraphs)) > 0:
            marks = outermost
        elif mixed:
            marks = [
                sorted([*outer, *_several_words(text, paragraph, outer, inner)], key=lambda mark: mark.start)
                for paragraph, outer, inner in zip(paragraphs, marks, single, strict=True)
            ]
    return [
        found if len(found) <= max(_MAX_MARKS, (paragraph.end - paragraph.start) // _MIN_SPACING) else []
        for found, paragraph in zip(marks, paragraphs, strict=True)
    ]


def _double(text: str, paragraph: Span) -> Iterator[Mark]:
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        yield Mark(match.start(), match.end(), _side(text, paragraph, match.start(), match.end()))


def _side(text: str, paragraph: Span, start: int, end: int) -> str:
    if (side := _SIDES.get(text[start])) is not None:
        return side
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    if text[start] == '"' and before.isdigit() and not after.isalnum():
        return "inch"
    may_open = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    may_close = not before.isspace() and (after.isspace() or after in _REST or not after.isalnum())
    if may_open != may_close:
        return "o" if may_open else "c"
    if text[start] in _OPENS:
        return "o"
    if text[start] in _CLOSES:
        return "c"
    return "?"


def _single(text: str, paragraph: Span) -> Iterator[Mark]:
    """Yield pairs of single marks, and unpaired opening ones at the start of the paragraph or a clause.

    Of the possible closing marks, the first that cannot be an apostrophe (of a shortened word or plural
    possessive) closes; a doubtful one closes only if no other follows before the next opening mark.
    """
    opening: Mark | None = None
    doubtful: Mark | None = None
    for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
        place = match.start()
        before = text[place - 1] if place > paragraph.start else " "
        after = text[place + 1] if place + 1 < paragraph.end else " "
        if _opens(text, place, before, after):
            yield from _unclosed(text, paragraph, opening, doubtful)
            opening, doubtful = Mark(place, place + 1, "o", is_single=True), None
        elif opening is not None and _closes(text[place], before, after):
            mark = Mark(place, place + 1, "c", is_single=True)
            if _may_be_apostrophe(text, paragraph, place):
                doubtful = doubtful or mark
            else:
                yield from (opening, mark)
                opening = doubtful = None
    yield from _unclosed(text, paragraph, opening, doubtful)


def _opens(text: str, place: int, before: str, after: str) -> bool:
    if text[place] == "’" or after.isspace() or not (before.isspace() or before in _BEFORE_OPENING):
        return False
    return _ELISION.match(text, place) is None


def _closes(mark: str, before: str, after: str) -> bool:
    return mark in "'’" and not before.isspace() and not after.isalnum()


def _may_be_apostrophe(text: str, paragraph: Span, place: int) -> bool:
    """Whether the sentence continues after it, and the word before may end with an apostrophe."""
    following = text[place + 1 : place + 3]
    if place + 2 >= paragraph.end or not (following[0].isspace() or following[0] == "-"):
        return False
    return following[1].isalnum() and bool(
        _SHORTENED.search(text, max(paragraph.start, place - _MAX_ENDING_LENGTH), place)
    )


def _unclosed(text: str, paragraph: Span, opening: Mark | None, closing: Mark | None) -> Iterator[Mark]:
    """Yield each opening mark that lacks a certain closing mark, with its doubtful closing mark if any."""
    if opening is None:
        return
    if closing is not None:
        yield from (opening, closing)
    elif opening.start == paragraph.start or text[max(0, opening.start - 2)] in _LEADS_IN:
        yield opening


def _outermost(double: Sequence[Mark], single: Sequence[Mark]) -> Iterator[Mark]:
    """Yield the marks in order, without those inside marks of the other kind."""
    opened: bool | None = None
    for mark in sorted([*double, *single], key=lambda mark: mark.start):
        if opened is not None and mark.is_single != opened:
            continue
        opens = mark.side == "o" or (mark.side == "?" and opened is None)
        if opens:
            opened = mark.is_single
        elif mark.side != "inch" or opened is not None:
            opened = None
        yield mark


def _several_words(
    text: str, paragraph: Span, double: Sequence[Mark], single: Sequence[Mark]
) -> Iterator[Mark]:
    """Yield pairs of single marks around several words, outside the double marks, that are no apostrophes."""
    starts = [mark.start for mark in double]
    for opening, closing in pairwise(single):
        words = text[opening.end : closing.start].split(maxsplit=_MIN_WORDS)
        if (opening.side, closing.side) != ("o", "c") or len(words) < _MIN_WORDS:
            continue
        place = bisect_left(starts, opening.start)
        is_within = (place and double[place - 1].side in "o?") or (
            place < len(double) and (double[place].side in "c?" or double[place].start < closing.start)
        )
        if not is_within and not _may_be_apostrophe(text, paragraph, closing.start):
            yield from (opening, closing)


def _surplus_in_single_marks(marks: Sequence[Mark], paragraph: Span) -> int:
    """How much more of a paragraph is in single marks than in double ones, in code points."""
    length, opening = 0, None
    for mark in marks:
        if opening is None:
            opening = mark if mark.side in "o?" else None
        elif mark.side != "o":
            length += (mark.start - opening.start) * (1 if mark.is_single else -1)
            opening = None
    if opening is not None:
        length += (paragraph.end - opening.start) * (1 if opening.is_single else -1)
    return length
