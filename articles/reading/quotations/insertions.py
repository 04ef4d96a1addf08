"""Reads insertions between dashes within a quotation: `“We will be back”—she paused—“later.”`"""

from __future__ import annotations

from articles.reading.quotations.cues import Cue
from articles.reading.quotations.reading import Reading

_DASHES = frozenset({"—", "–", "―", "--"})
_MAX_TOKENS = 16
"""The most tokens of an insertion, including its dashes."""
_NOT_SPEAKERS = frozenset({"it", "that", "this", "who", "which", "i", "we"})


def find_insertion(reading: Reading, index: int) -> Cue | None:
    """A cue in an insertion next to the part at token `index`, or None."""
    cue = _inserted(reading, index, _next_quoted(reading, index, 1))
    return cue or _inserted(reading, _next_quoted(reading, index, -1), index)


def _next_quoted(reading: Reading, index: int, step: int) -> int | None:
    tokens = reading.tokens
    for place in range(index + step, index + step * _MAX_TOKENS, step):
        if not 0 <= place < len(tokens):
            return None
        if tokens[place].quoted >= 0:
            return place
    return None


def _inserted(reading: Reading, first: int | None, second: int | None) -> Cue | None:
    if first is None or second is None or second - first < 4:
        return None
    tokens = reading.tokens
    begin = first + 1 + (tokens[first + 1].text == ",")
    if tokens[begin].text not in _DASHES or tokens[second - 1].text not in _DASHES:
        return None
    subject = next((m for m in reading.subjects(begin + 1, second - 1) if m.name not in _NOT_SPEAKERS), None)
    if subject is None or subject.last + 1 >= second - 1 or not tokens[subject.last + 1].is_word:
        return None
    return Cue(subject, "inserted", -1, subject.first, second - 1)
