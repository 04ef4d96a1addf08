"""The second method: where speakers stand in a text, whatever the verbs are.

The nearest subject in the quotation's own sentence, then in the sentence before it. It knows no verb of
saying, so that where it agrees with the first method, two different reasons do.
"""

from __future__ import annotations

from articles.ingest.quotations.mentions import Mention
from articles.ingest.quotations.reading import Reading

_NO_SPEAKERS = frozenset({"i", "we", "it", "who"})
_POINTS_ON = frozenset(",?!—–-…")


def nearest_subject(reading: Reading, index: int) -> Mention | None:
    """The mention that most probably speaks the quotation at the token `index`, by place alone."""
    number = reading.paragraph.sentence_of[index]
    first, end = reading.paragraph.sentences[number]
    behind = _subjects(reading, index + 1, end)
    before = _subjects(reading, first, index)
    if behind and (reading.tokens[index].ending in _POINTS_ON or not before):
        return behind[0]
    if before:
        return before[0]
    if number and (earlier := _subjects(reading, *reading.paragraph.sentences[number - 1])):
        return earlier[0]
    return None


def last_subject(reading: Reading) -> Mention | None:
    """The first subject of a paragraph's last sentence that has one: who may speak in the next paragraph."""
    for first, end in reversed(reading.paragraph.sentences):
        if found := _subjects(reading, first, end):
            return found[0]
    return None


def _subjects(reading: Reading, first: int, end: int) -> list[Mention]:
    return [mention for mention in reading.subjects(first, end) if mention.name not in _NO_SPEAKERS]
