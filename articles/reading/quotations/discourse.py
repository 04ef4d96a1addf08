"""The second method: where speakers stand in a text, whatever the verbs are.

The nearest subject in the quotation's own sentence, then in the sentence before it. It knows no verb of
saying, so that where it agrees with the first method, two different reasons do.
"""

from __future__ import annotations

from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading

_NO_SPEAKERS = frozenset({"i", "we", "it", "who"})
_REACH = 80
"""Tokens, and sentences below, over which a subject is looked for."""
_SENTENCES = 8
_POINTS_ON = frozenset(",?!—–-…")


def nearest_subject(reading: Reading, index: int) -> Mention | None:
    """The mention that most probably speaks the quotation at the token `index`, by place alone."""
    number = reading.paragraph.sentence_of[index]
    first, end = reading.paragraph.sentences[number]
    behind = _subject(reading, index + 1, min(end, index + _REACH))
    before = _subject(reading, max(first, index - _REACH), index)
    if behind and (reading.tokens[index].ending in _POINTS_ON or not before):
        return behind
    if before or not number:
        return before
    first, end = reading.paragraph.sentences[number - 1]
    return _subject(reading, max(first, end - _REACH), end)


def last_subject(reading: Reading) -> Mention | None:
    """The first subject of a paragraph's last sentence that has one: who may speak in the next paragraph."""
    for first, end in reversed(reading.paragraph.sentences[-_SENTENCES:]):
        if found := _subject(reading, max(first, end - _REACH), end):
            return found
    return None


def _subject(reading: Reading, first: int, end: int) -> Mention | None:
    return next((m for m in reading.subjects(first, end) if m.name not in _NO_SPEAKERS), None)
