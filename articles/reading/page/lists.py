"""Finds the lists of links among a page's lines."""

from __future__ import annotations

from collections.abc import Sequence

from articles.reading.budget import Budget
from articles.reading.page.lines import Line, is_table_row
from articles.reading.printed_links import (
    Particulars,
    PrintedLinkError,
    PrintedList,
    is_bullet,
    parse_lists,
)

#: Code points; a longer line is a paragraph, not a heading, title or source line.
_MAX_LINE_LENGTH = 300
_MAX_HEADING_LENGTH = 80


def take_lists(lines: Sequence[Line], budget: Budget) -> tuple[list[Line], list[PrintedList]]:
    """Separate the lists of links from the other lines; returns these and the lists.

    A list is recognised by a heading with a dash below it and a link below that or, if there is no dash, by
    two consecutive links whose source lines name an outlet or section beside the date.
    """
    rest: list[Line] = []
    lists: list[PrintedList] = []
    position = 0
    while position < len(lines):
        budget.check()
        end = _list_end(lines, position) or position + 1
        found = _parse(lines[position:end]) if end > position + 1 else []
        lists += found
        if not found:
            rest += lines[position:end]
        position = end
    return rest, lists


def _parse(lines: Sequence[Line]) -> list[PrintedList]:
    try:
        return parse_lists("\n".join(line.text for line in lines))
    except PrintedLinkError:
        return []


def _list_end(lines: Sequence[Line], start: int) -> int:
    """The end of the list that begins at this line, or 0 if none does."""
    if is_bullet(lines[start].text):
        return 0
    if _is_short(lines, start, _MAX_HEADING_LENGTH) and _is_bullet_at(lines, start + 1):
        end = _links_end(lines, start + 2, parts=1)
        return end if end > start + 2 else 0
    for first in (start, start + 1):
        end = _links_end(lines, first, parts=2)
        if end >= first + 4 and (first == start or _is_short(lines, start, _MAX_HEADING_LENGTH)):
            return end
    return 0


def _links_end(lines: Sequence[Line], start: int, *, parts: int) -> int:
    """The end of the links from this line on; the source line of each needs at least `parts` parts."""
    position = start
    while position + 1 < len(lines) and not _is_bullet_at(lines, position + 1):
        if not (
            _is_short(lines, position, _MAX_LINE_LENGTH) and _is_short(lines, position + 1, _MAX_LINE_LENGTH)
        ):
            break
        title, under = (Particulars.read(lines[position + offset].text) for offset in (0, 1))
        if title.ended or not under.certain or len(under.parts) < parts:
            break
        position += 2
        while _is_bullet_at(lines, position) and not _is_bullet_at(lines, position - 1):
            position += 1
    return position


def _is_bullet_at(lines: Sequence[Line], position: int) -> bool:
    return position < len(lines) and is_bullet(lines[position].text)


def _is_short(lines: Sequence[Line], position: int, longest: int) -> bool:
    if position >= len(lines) or is_table_row(lines[position].text):
        return False
    return len(lines[position].text) <= longest
