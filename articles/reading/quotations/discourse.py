"""The second method: finds the speaker by position, whatever the verb.

It takes the nearest subject in the quotation's own sentence, or in the sentence before it. It knows no
reporting verbs, so that its agreement with the first method is independent evidence.
"""

from __future__ import annotations

from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import in_apposition

_NO_SPEAKERS = frozenset({"i", "we", "it", "who"})
_MAX_TOKENS = 80
"""Tokens that are searched for a subject; `_MAX_SENTENCES` is the same in sentences."""
_MAX_SENTENCES = 8
_POINTS_AHEAD = frozenset(",?!—–-…")


def nearest_subject(reading: Reading, index: int) -> Mention | None:
    """The most likely speaker of the quotation at token `index`, by position alone."""
    number = reading.paragraph.sentence_of[index]
    first, end = reading.paragraph.sentences[number]
    behind = _subject(reading, index + 1, min(end, index + _MAX_TOKENS))
    before = _subject(reading, max(first, index - _MAX_TOKENS), index)
    if behind and (reading.tokens[index].ending in _POINTS_AHEAD or not before):
        return behind
    if before or not number:
        return before
    first, end = reading.paragraph.sentences[number - 1]
    return _subject(reading, max(first, end - _MAX_TOKENS), end)


def last_subject(reading: Reading) -> Mention | None:
    """The first subject of a paragraph's last sentence that has one: it may speak in the next paragraph."""
    for first, end in reversed(reading.paragraph.sentences[-_MAX_SENTENCES:]):
        if found := _subject(reading, max(first, end - _MAX_TOKENS), end):
            return found
    return None


def _subject(reading: Reading, first: int, end: int) -> Mention | None:
    found = next((m for m in reading.subjects(first, end) if m.name not in _NO_SPEAKERS), None)
    return found and in_apposition(reading, found)
