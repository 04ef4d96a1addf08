"""Finds the end of a run of capitalised words that may be a name: "Odo van der Marsh Jr."."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from articles.reading.quotations.lexicon import (
    NAME_PARTICLES,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    PRONOUNS,
    is_speech_verb,
)
from articles.reading.quotations.naming import MARKS, SUFFIXES, is_title
from articles.reading.quotations.tokens import Token

_MAX_TOKENS = 24
"""The most tokens of a run of capitalised words that is read as one name."""

_MAX_OFFICE = 8
"""The most tokens after a title that name its office, with the comma: "head of the Lindle ferry board,"."""


def is_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether there is a token at the index, and it is capitalised."""
    return index < len(tokens) and tokens[index].is_capitalised


def end_of_run(tokens: Sequence[Token], first: int) -> int:
    """The last token of the run that begins at `first`, with particles, nicknames and suffixes in it."""
    last = first
    while not tokens[last].is_possessive and last + 1 < len(tokens) and last - first < _MAX_TOKENS:
        following = tokens[last + 1]
        second = tokens[last + 2] if last + 2 < len(tokens) else None
        if following.is_capitalised and following.lower not in PRONOUNS:
            last += 1
        elif second is None:
            break
        elif second.is_capitalised and (
            _joins(tokens[last], following, second) or _leads_to_officer(tokens, last + 1)
        ):
            last += 2
        elif (
            following.plain in NAME_PARTICLES and second.plain in NAME_PARTICLES and is_name(tokens, last + 3)
        ):
            last += 3
        elif following.text in MARKS and _is_nickname(tokens, last + 1):
            last += 4
        elif following.text == "," and second.plain in SUFFIXES and second.is_capitalised:
            last += 2
        elif (
            following.lower == "of"
            and second.lower == "the"
            and is_name(tokens, last + 3)
            and tokens[last].plain in ORGANISATION_NOUNS
        ):
            last += 3
        else:
            break
    return last


def end_of_list(tokens: Sequence[Token], first: int) -> int:
    """The last token of a list of names with "and": "Holm, Ann Brook and Marsh"; `first` without one."""
    last, linked = first, False
    while not linked and last - first < _MAX_TOKENS and last + 2 < len(tokens):
        linked = tokens[last + 1].lower == "and"
        if not (linked or tokens[last + 1].text == ",") or not tokens[last + 2].is_capitalised:
            break
        last = end_of_run(tokens, last + 2)
    return last if linked else first


def is_fronted_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word that begins a sentence is the verb in "Said Marsh:", not the given name "Said"."""
    if not tokens[index].is_capitalised or not is_speech_verb(tokens[index].lower):
        return False
    last = end_of_run(tokens, index)
    return last > index and any(token.text == ":" for token in tokens[last + 1 : last + 2])


def after_office(tokens: Sequence[Token], place: int) -> int | None:
    """What follows a title that ends before `place`, after its office, if any, and a comma."""
    if place < len(tokens) and tokens[place].lower in {"of", "for", "to"}:
        office = range(place, min(place + _MAX_OFFICE, len(tokens)))
        place = next((i for i in office if not tokens[i].is_word), place)
    return place + 1 if place < len(tokens) and tokens[place].text == "," else None


def _joins(before: Token, joining: Token, after: Token) -> bool:
    """Whether the token joins two capitalised words to one name: "Bank of Lindle", "Odo van Marsh"."""
    if joining.lower == "on" and after.plain in NOT_NAMES:
        return False  # "the court on Monday"
    if joining.lower in {"of", "for", "on"}:
        return before.plain in ORGANISATION_NOUNS or (
            joining.lower == "of" and before.plain in {"secretary", "state"}
        )
    return joining.plain in NAME_PARTICLES


def _leads_to_officer(tokens: Sequence[Token], of: int) -> bool:
    """Whether an office, a title and a name follow: "Lindle Corps of Engineers Col. Odo Marsh"."""
    if tokens[of].lower != "of":
        return False
    following = list(takewhile(lambda token: token.is_capitalised, tokens[of + 1 : of + 1 + _MAX_OFFICE]))
    return any(is_title(token, opens=False) for token in following[1:-1])


def _is_nickname(tokens: Sequence[Token], mark: int) -> bool:
    """Whether the mark begins a nickname within a name: Ida "Bell" Holm."""
    closes = mark + 2 < len(tokens) and tokens[mark + 2].text in MARKS
    return closes and is_name(tokens, mark + 1) and is_name(tokens, mark + 3)
