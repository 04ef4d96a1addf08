"""What a run of capitalised words names, and which common nouns can speak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from articles.reading.quotations.lexicon import (
    FEMALE_NAMES,
    FEMALE_TITLES,
    GIVEN_NAMES,
    MALE_NAMES,
    MALE_TITLES,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    SPEAKING_NOUNS,
    TITLES,
)
from articles.reading.quotations.tokens import Token

MentionKind = Literal["person", "organisation", "pronoun", "nominal"]
Gender = Literal["female", "male", ""]

MARKS = frozenset('“”"')


def speaks(word: str) -> bool:
    """Whether a common noun can speak ("ministry", "neighbours")."""
    if word[-1:] != "s":
        return word in SPEAKING_NOUNS or word.endswith("-year-old")
    return (
        word in SPEAKING_NOUNS
        or word[:-1] in SPEAKING_NOUNS
        or word.removesuffix("ies") + "y" in SPEAKING_NOUNS
    )


def gender_of_title(title: str) -> Gender:
    """The gender that a title in lower case implies."""
    return "female" if title in FEMALE_TITLES else "male" if title in MALE_TITLES else ""


def classify(tokens: Sequence[Token], first: int, last: int) -> tuple[MentionKind, list[int], Gender, str]:
    """What a run of capitalised words names, by which of its tokens, of which gender, under which title."""
    run = [
        i
        for i in range(first, last + 1)
        if tokens[i].text not in MARKS and not (first < i < last and _is_in_marks(tokens, i))
    ]
    words = [tokens[i].plain for i in run]
    gender: Gender = ""
    start, title = 0, ""
    for place, word in enumerate(words):
        if word in TITLES:
            start, title = place + 1, word
            gender = gender or gender_of_title(word)
            if words[start : start + 1] == ["of"]:
                start += 2
    if title and start >= len(words):
        return "nominal", [], gender, title
    rest = run[start:]
    given = next((place for place, i in enumerate(rest) if tokens[i].plain in GIVEN_NAMES), None)
    ends_in_body = tokens[rest[-1]].plain in ORGANISATION_NOUNS
    if given is not None and given + 1 < len(rest) and not (ends_in_body and len(rest) > 2):
        rest = rest[given:]
    elif not title:
        if any(tokens[i].plain in ORGANISATION_NOUNS for i in rest) or (
            len(rest) == 1 and _is_acronym(tokens[rest[0]])
        ):
            return "organisation", rest, "", ""
        while len(rest) > 1 and tokens[rest[0]].plain in NOT_NAMES:
            rest = rest[1:]
    if all(tokens[i].plain in NOT_NAMES for i in rest):
        plural = tokens[rest[-1]].plain[-1:] == "s" and not tokens[rest[-1]].is_possessive
        return ("nominal" if plural else "person"), [], "", ""
    if not gender:
        head = tokens[rest[0]].plain
        gender = "female" if head in FEMALE_NAMES else "male" if head in MALE_NAMES else ""
    return "person", rest, gender, title


def _is_in_marks(tokens: Sequence[Token], index: int) -> bool:
    """Whether it stands alone between two marks, as a nickname does within a name."""
    return tokens[index - 1].text in MARKS and tokens[index + 1].text in MARKS


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and 2 < len(token.text) < 7 and token.plain not in NOT_NAMES
