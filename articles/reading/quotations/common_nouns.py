"""Tells which common nouns speak: those that the lexicon lacks by what is around them and how they end."""

from __future__ import annotations

from collections.abc import Sequence

from articles.reading.quotations.lexicon import (
    AMBIGUOUS_VERBS,
    AUXILIARIES,
    BODY_NOUNS,
    CLAIM_NOUNS,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    PERSON_NOUNS,
    PREPOSITIONS,
    TERM_NOUNS,
    TITLES,
    WORK_NOUNS,
    is_reporting_verb,
    is_speech_verb,
    speaks,
)
from articles.reading.quotations.tokens import Token

_NO_NOUNS = ("ly", "ing", "ed", "self", "selves")
"""Endings of adverbs, participles and pronouns."""
_NO_SPEAKERS = CLAIM_NOUNS | TERM_NOUNS | WORK_NOUNS
_ONE_PERSON = PERSON_NOUNS - BODY_NOUNS - TITLES - {"people", "police", "leadership", "spokespeople"}
_SOMEBODY = frozenset({"another", "one", "somebody", "someone"})
_SOME_PEOPLE = frozenset({"few", "many", "most", "others", "several", "some"})
_BEHIND_GROUP = (PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | {"who", "which", "that"}) - {"of"}
_MAX_GROUP = 6
"""The most words between "one of" and what follows the group."""
_MAX_PHRASE = 3
"""The most words of a phrase with such a noun, without its determiner."""


def is_common_noun(following: Sequence[Token]) -> bool:
    """Whether the first token is a common noun: for a speaker, or any before a verb of saying."""
    if not following or following[0].is_capitalised or is_reporting_verb(following[0].lower):
        return False
    word = following[0].plain
    if speaks(word):
        return not following[0].is_possessive
    known = word in FUNCTION_WORDS or word.endswith(_NO_NOUNS) or not word.isalpha()
    return not known and any(is_speech_verb(token.lower) for token in following[1:])


def unlisted_speaker(tokens: Sequence[Token], first: int, *, determined: bool) -> int | None:
    """The noun of a phrase right before a verb of speech: "the trooper told", "the old skipper said".

    `determined`: the token at `first` is the determiner of such a phrase. It may also speak alone: "another
    said".
    """
    spoken = any(is_speech_verb(token.lower) for token in tokens[first + 1 : first + 2])
    if spoken and tokens[first].lower in _SOMEBODY | _SOME_PEOPLE:
        return first
    if not determined:
        return None
    for place in range(first + 1, min(first + 1 + _MAX_PHRASE, len(tokens) - 1)):
        if tokens[place].is_capitalised or not may_describe(tokens[place]):
            return None
        verb = tokens[place + 1].lower
        if is_speech_verb(verb) and verb not in AMBIGUOUS_VERBS:
            return None if tokens[place].plain in _NO_SPEAKERS else place
    return None


def one_of(tokens: Sequence[Token], first: int) -> int | None:
    """The last word of "one of them", "another of the owners", or of "another" before a name: ", Ida Holm".

    None if it is nothing of the kind.
    """
    behind = tokens[first + 1 : first + 2 + _MAX_GROUP]
    if tokens[first].lower not in _SOMEBODY or len(behind) < 2:
        return None
    if behind[0].text == "," and behind[1].is_capitalised:
        return first
    if behind[0].lower != "of":
        return None
    for length, token in enumerate(behind[1:]):
        described = token.is_word and not token.is_capitalised and not is_reporting_verb(token.lower)
        if not described or (length and token.lower in _BEHIND_GROUP):
            return first + 1 + length if length else None
    return None


def is_one_person(noun: str) -> bool:
    """Whether a noun, or a word for one, means one person and is no title."""
    return noun in _SOMEBODY or (noun in _ONE_PERSON and not noun.endswith("men"))


def may_describe(token: Token) -> bool:
    """Whether a word may be a noun or an adjective before a name: as "libero" does."""
    word = token.lower
    known = word in FUNCTION_WORDS or is_reporting_verb(word) or word.endswith(_NO_NOUNS)
    return token.is_word and not token.is_possessive and not known
