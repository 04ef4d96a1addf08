"""Who or what is mentioned in a paragraph: names, pronouns, and common nouns that can speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from articles.ingest.quotations.lexicon import (
    BODY_NOUNS,
    CONJUNCTIONS,
    DETERMINERS,
    FEMALE_NAMES,
    FEMALE_TITLES,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    MALE_NAMES,
    MALE_TITLES,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    PREPOSITIONS,
    SPEAKING_NOUNS,
    TITLES,
    is_reporting_verb,
)
from articles.ingest.quotations.tokens import Token

MentionKind = Literal["person", "organisation", "pronoun", "nominal"]
Gender = Literal["female", "male", ""]

_JOINING = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "du",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "la",
        "le",
        "di",
        "&",
        "y",
        "zu",
        "ter",
    ]
)
_JOINING_ORGANISATION = frozenset(["of", "for", "the", "and", "on", "&"])
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PRONOUN_GENDER: dict[str, Gender] = {"he": "male", "she": "female"}


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first` to `last` (included) that name someone or something."""

    first: int
    last: int
    kind: MentionKind
    name: str = ""
    """A name without titles ("Mirela Tansy-Okoro"), a pronoun or the noun, in lower case both."""
    gender: Gender = ""
    titled: bool = False


def find_mentions(tokens: Sequence[Token]) -> list[Mention]:
    """The mentions in order; none overlap."""
    mentions = []
    index = 0
    while index < len(tokens):
        mention = _read(tokens, index)
        if mention is None:
            index += 1
        else:
            mentions.append(mention)
            index = mention.last + 1
    return mentions


def _read(tokens: Sequence[Token], index: int) -> Mention | None:
    token = tokens[index]
    if not token.is_word:
        return None
    bare = token.lower.partition("'")[0]
    if bare in {"he", "she", "they", "it", "i", "we", "who"}:
        return Mention(index, index, "pronoun", bare, _PRONOUN_GENDER.get(bare, ""))
    if token.is_capitalised and not _is_function(tokens, index):
        return _read_name(tokens, index)
    return _read_nominal(tokens, index)


def _is_function(tokens: Sequence[Token], index: int) -> bool:
    """A word whose capital is only that of the sentence's beginning."""
    return tokens[index].lower in FUNCTION_WORDS and len(tokens[index].text) > 1


# --- names ---------------------------------------------------------------------------------------


def _read_name(tokens: Sequence[Token], first: int) -> Mention | None:
    last = _end_of_run(tokens, first)
    if tokens[last].is_possessive and (noun := _speaking_noun(tokens, last + 1, 4)) is not None:
        name = " ".join(token.text for token in tokens[first : noun + 1])
        body = tokens[noun].lower in BODY_NOUNS
        return Mention(
            first, noun, "organisation" if body else "nominal", name if body else tokens[noun].lower
        )
    words = list(range(first, last + 1))
    kind, named, gender, titled = _classify(tokens, words)
    if not named:
        if kind == "nominal":
            return Mention(_extended(tokens, first), last, "nominal", tokens[last].plain.lower(), gender)
        return None
    name = " ".join(tokens[i].plain if i == named[-1] else tokens[i].text for i in named)
    return Mention(_extended(tokens, first), last, kind, name, gender, titled)


def _end_of_run(tokens: Sequence[Token], first: int) -> int:
    last = first
    while not tokens[last].is_possessive and last + 1 < len(tokens):
        following = tokens[last + 1]
        if following.is_capitalised and not (
            following.lower in FUNCTION_WORDS and following.lower in {"i", "he", "she"}
        ):
            last += 1
        elif (
            last + 2 < len(tokens)
            and tokens[last + 2].is_capitalised
            and _joins(tokens, first, last, following)
        ):
            last += 2
        elif (
            last + 3 < len(tokens)
            and following.lower == "of"
            and tokens[last + 2].lower == "the"
            and tokens[last + 3].is_capitalised
            and _is_body(tokens[last])
        ):
            last += 3
        elif following.text == "," and last + 2 < len(tokens) and _suffix(tokens[last + 2]):
            last += 2
        else:
            break
    return last


def _joins(tokens: Sequence[Token], first: int, last: int, joining: Token) -> bool:
    if joining.lower in _JOINING:
        return True
    if joining.lower not in _JOINING_ORGANISATION:
        return False
    if joining.lower == "and":
        return False
    return _is_body(tokens[last]) or (joining.lower == "of" and tokens[last].lower in {"secretary", "state"})


def _is_body(token: Token) -> bool:
    return token.plain.lower() in ORGANISATION_NOUNS


def _suffix(token: Token) -> bool:
    return token.plain.lower() in _SUFFIXES


def _classify(tokens: Sequence[Token], words: Sequence[int]) -> tuple[MentionKind, list[int], Gender, bool]:
    """What a run of capitalised words names, by which of its tokens, of which gender, and whether titled."""
    lower = [tokens[i].plain.lower() for i in words]
    gender: Gender = ""
    start, titled = 0, False
    for place, word in enumerate(lower):
        if word in TITLES and not (word in {"sir", "pope"} and place):
            start, titled = place + 1, True
            gender = "female" if word in FEMALE_TITLES else "male" if word in MALE_TITLES else gender
            if lower[start : start + 1] == ["of"]:
                start += 2
    rest = list(words[start:])
    if titled and not rest:
        return "nominal", [], gender, True
    given = next((p for p, i in enumerate(rest) if tokens[i].plain.lower() in GIVEN_NAMES), None)
    organised = any(tokens[i].plain.lower() in ORGANISATION_NOUNS for i in rest)
    if given is not None and given + 1 < len(rest) and not (organised and _is_body(tokens[rest[-1]])):
        rest = rest[given:]
    elif not titled:
        last = tokens[rest[-1]].plain
        if organised or (
            last.isupper() and 2 < len(last) < 7 and len(rest) == 1 and last.lower() not in NOT_NAMES
        ):
            return "organisation", rest, "", False
        while len(rest) > 1 and tokens[rest[0]].plain.lower() in NOT_NAMES | {"gop"}:
            rest = rest[1:]
    if all(tokens[i].plain.lower() in NOT_NAMES for i in rest):
        return "person", [], "", False
    head = tokens[rest[0]].plain.lower()
    if not gender:
        gender = "female" if head in FEMALE_NAMES else "male" if head in MALE_NAMES else ""
    return "person", rest, gender, titled


_NOT_BEFORE_NAME = PREPOSITIONS | CONJUNCTIONS | {"to", "not", "said", "who"}


def _extended(tokens: Sequence[Token], first: int) -> int:
    """Where the phrase begins that ends in a name: "the campaign's spokeswoman Ida Holm"."""
    begin = first
    while begin > 0 and first - begin < 6:
        token = tokens[begin - 1]
        if not token.is_word or token.lower in FUNCTION_WORDS | _NOT_BEFORE_NAME:
            break
        if token.plain.lower() not in SPEAKING_NOUNS | TITLES and begin == first:
            break
        if is_reporting_verb(token.lower) and token.lower not in TITLES:
            break
        begin -= 1
    if begin < first and begin and tokens[begin - 1].lower in DETERMINERS:
        begin -= 1
    return begin


# --- common nouns --------------------------------------------------------------------------------


def _read_nominal(tokens: Sequence[Token], first: int) -> Mention | None:
    """A phrase from a determiner to a noun that can speak ("the new ministry"), or such a noun alone."""
    determined = tokens[first].lower in DETERMINERS
    last = _speaking_noun(tokens, first + 1, 7) if determined else _speaking_noun(tokens, first, 1)
    return Mention(first, last, "nominal", tokens[last].lower) if last is not None else None


def _speaking_noun(tokens: Sequence[Token], first: int, most: int) -> int | None:
    """The last of the nouns that can speak which begin within `most` tokens, nothing but words between."""
    for place in range(first, min(first + most, len(tokens))):
        token = tokens[place]
        if not token.is_word or token.lower in FUNCTION_WORDS:
            return None
        if _speaks(token.plain.lower()) and not token.is_possessive:
            if place + 1 < len(tokens) and _continues(tokens, place + 1):
                continue
            return place
    return None


def _continues(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    return token.is_word and (
        _speaks(token.plain.lower()) or (token.is_capitalised and not _is_function(tokens, index))
    )


def _singular(word: str) -> str:
    return word.removesuffix("s") if not word.endswith("ss") else word


def _speaks(word: str) -> bool:
    return word in SPEAKING_NOUNS or _singular(word) in SPEAKING_NOUNS


def by_last_token(mentions: Sequence[Mention]) -> dict[int, Mention]:
    """The mentions by the token they end with."""
    return {mention.last: mention for mention in mentions}


def outside(mentions: Sequence[Mention], first: int, last: int) -> Iterator[Mention]:
    """The mentions that stand wholly between two tokens, both included."""
    return (mention for mention in mentions if first <= mention.first and mention.last <= last)
