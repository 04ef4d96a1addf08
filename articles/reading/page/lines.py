"""A page's lines, and the first copy of those of a page that repeats itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.reading.budget import Budget
from articles.reading.spans import Span

_LINE = re.compile(r"[^\r\n]+")
#: Code points from which a line is too long to be repeated by chance.
_DISTINCTIVE = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words in it, without the white space around them."""

    span: Span
    text: str


def read_lines(text: str, budget: Budget) -> list[Line]:
    """The lines that are not blank, in order."""
    lines = []
    for match in budget.over(_LINE.finditer(text)):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            lines.append(Line(Span(start, start + len(words)), words))
    return lines


def first_copy(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """The lines of the first copy and what follows the last, and how many copies there are.

    A page repeats itself when at least half of its distinctive lines stand there again, two of them or more,
    or when all of it does.
    """
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if len(line.text) >= _DISTINCTIVE:
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
