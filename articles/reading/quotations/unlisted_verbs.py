"""Finds the speaker by a verb that the lexicon lacks: `"…," snorted Ida Holm`, `"…," she winced`.

A quotation that opens a sentence and ends in a comma leaves nothing but a reporting clause to follow.
"""

from __future__ import annotations

from articles.reading.quotations.cues import Cue, clause_ends
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import in_apposition, is_adverb
from articles.reading.quotations.tokens import Token

_SPEAKERS = frozenset({"person", "nominal"})
_PAST, _MIN_LENGTH = "ed", 5


def find_unlisted(reading: Reading, index: int) -> Cue | None:
    """The reporting clause after the quotation at token `index`, with any verb in the past tense."""
    tokens = reading.tokens
    start = index + 1
    if reading.paragraph.sentence(index)[0] != index or start >= len(tokens):
        return None
    if tokens[start].text == ",":
        start += 1
    elif tokens[index].ending != ",":
        return None
    if _is_past(tokens[start : start + 1]):
        mention = reading.begins.get(start + 1)
        if mention is None or mention.kind not in _SPEAKERS:
            return None
        mention = in_apposition(reading, mention)
        return Cue(mention, "inverted", start, start, mention.last) if _ends(reading, mention) else None
    mention = reading.begins.get(start)
    if mention is None or not (mention.kind in _SPEAKERS or mention.gender):
        return None
    verb = mention.last + 1
    while verb < len(tokens) and is_adverb(tokens[verb]):
        verb += 1
    if not _is_past(tokens[verb : verb + 1]) or not clause_ends(reading, verb + 1):
        return None
    return Cue(mention, "after", verb, start, verb)


def _is_past(at: list[Token]) -> bool:
    return any(
        token.lower.endswith(_PAST) and len(token.text) >= _MIN_LENGTH and not token.is_capitalised
        for token in at
    )


def _ends(reading: Reading, mention: Mention) -> bool:
    return clause_ends(reading, mention.last + 1)
