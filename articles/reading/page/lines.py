"""Splits a page into lines, and drops the repetitions if a page contains its text several times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.reading.budget import Budget
from articles.reading.spans import Span

#: A row of a table, as Markdown and trafilatura write it, or the rule below the first one.
_TABLE_ROW = re.compile(r"\||[ :-]*-{3,}[ :-]*\|")
_LINE = re.compile(r"[^\r\n]+")
#: Code points from which a line is unlikely to be repeated by chance.
_MIN_DISTINCTIVE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, stripped of white space."""

    span: Span
    text: str


def is_table_row(line: str) -> bool:
    """Whether a line is a row of a table, which is part of the body whatever its cells contain."""
    return bool(_TABLE_ROW.match(line))


def read_lines(text: str, budget: Budget) -> list[Line]:
    """The lines that are not blank."""
    lines = []
    for match in budget.over(_LINE.finditer(text)):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            lines.append(Line(Span(start, start + len(words)), words))
    return lines


def first_copy(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """The lines of the first copy and those after the last copy, and the number of copies.

    A text counts as repeated if at least half of its distinctive lines, and at least two, occur again, or if
    the whole text does.
    """
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if len(line.text) >= _MIN_DISTINCTIVE_LENGTH:
            places.setdefault(line.text, []).append(index)
    repeated = [where for where in places.values() if len(where) > 1]
    if not repeated or 2 * len(repeated) < len(places):
        return list(lines), 1
    distance = Counter(where[1] - where[0] for where in repeated).most_common(1)[0][0]
    copies = Counter(len(where) for where in repeated).most_common(1)[0][0]
    again = min(where[1] for where in repeated if where[1] - where[0] == distance)
    while again > distance and lines[again - 1].text == lines[again - 1 - distance].text:
        again -= 1
    after = max(where[-1] for where in repeated) + 1
    while after < len(lines) and lines[after].text == lines[after - distance].text:
        after += 1
    whole = distance == again and after == len(lines)
    if len(repeated) < 2 and not (whole and distance > 1):
        return list(lines), 1
    return [*lines[:again], *lines[after:]], copies
