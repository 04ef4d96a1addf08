"""Finds the name at the end of a description that the lexicon lacks: `said Wolves libero Odo Marsh`.

It may describe more than once (`said teacher and mother of four Ida Holm`), or be an owner (`said Labour’s
Bo Pike`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from articles.reading.quotations.common_nouns import may_describe
from articles.reading.quotations.lexicon import GIVEN_NAMES
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.tokens import Token

_MAX_WORDS = 6
"""The most words of a description between its first mention and the name."""
_LINKS = frozenset({"and", "of", "two", "three", "&"})


def named_at_end(reading: Reading, mention: Mention) -> Mention | None:
    """The name that ends the description in which the mention is first, or None."""
    if mention.kind == "pronoun" or (mention.kind == "person" and not _may_describe(reading, mention)):
        return None
    tokens = reading.tokens
    first = _after_brackets(tokens, mention.last + 1)
    for place in range(first, min(first + 1 + _MAX_WORDS, len(tokens))):
        named = reading.begins.get(place)
        if named is not None and named.kind == "person" and " " in named.name:
            named = replace(named, first=place + (tokens[place].lower in _LINKS))
            return named if place > mention.last + 1 or tokens[mention.last].is_possessive else None
        if tokens[place].lower not in _LINKS and not may_describe(tokens[place]):
            return None
    return None


def _after_brackets(tokens: Sequence[Token], place: int) -> int:
    """What follows brackets that open at the token: "DCP (Crime) Ida Holm"; without any, the token itself."""
    if [token.text for token in tokens[place : place + 1]] != ["("]:
        return place
    closing = range(place, min(place + _MAX_WORDS, len(tokens)))
    return next((i + 1 for i in closing if tokens[i].text == ")"), place)


def _may_describe(reading: Reading, mention: Mention) -> bool:
    """Whether what looks like a surname may be a team or a place, which describes the name after it."""
    first = reading.tokens[mention.first].plain
    return " " not in mention.name and not mention.title and first not in GIVEN_NAMES
