"""The second method: where speakers stand in a text, whatever the verbs are.

The nearest subject in the quotation's sentence, then in the sentence before; else whoever spoke last.
"""

from __future__ import annotations

from articles.ingest.quotations.cues import Reading
from articles.ingest.quotations.lexicon import PREPOSITIONS
from articles.ingest.quotations.mentions import Mention


def nearest_subject(reading: Reading, index: int) -> Mention | None:
    """The mention that most probably speaks the quotation at the token `index`, by place alone."""
    number = reading.paragraph.sentence_of[index]
    own = reading.paragraph.sentences[number]
    token = reading.tokens[index]
    behind = _subjects(reading, index + 1, own[1])
    before = _subjects(reading, own[0], index)
    if behind and (token.ending in ",?!…—" or not before):
        return behind[0]
    if before:
        return before[0]
    if number:
        first, last = reading.paragraph.sentences[number - 1]
        earlier = _subjects(reading, first, last)
        if earlier:
            return earlier[0]
    return behind[0] if behind else None


def _subjects(reading: Reading, first: int, last: int) -> list[Mention]:
    return [
        mention
        for mention in reading.mentions
        if first <= mention.first
        and mention.last < last
        and mention.name not in {"i", "we", "it", "who"}
        and not reading.tokens[mention.last].is_possessive
        and not (mention.first > first and reading.tokens[mention.first - 1].lower in PREPOSITIONS)
    ]
