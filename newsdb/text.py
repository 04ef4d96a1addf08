"""Validates text, and folds it for comparison and lookup."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot be stored."""

    message: str
    code: str


def fault(value: str) -> Fault | None:
    """The first reason why a text cannot be stored in both databases and shown in JSON, or None.

    The reasons are NUL (which PostgreSQL cannot store) and lone surrogates (which UTF-8 cannot encode).
    """
    if "\x00" in value:
        return Fault("Text cannot contain the NUL character.", "null_characters_not_allowed")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        return Fault(f"Text cannot contain a lone surrogate (at character {error.start}).", "lone_surrogate")
    return None


def check_text(value: str) -> None:
    """Raise ``ValidationError`` if the text has a ``fault``."""
    if found := fault(value):
        raise ValidationError(found.message, code=found.code)


def letters(character: str) -> str:
    """The folded form of one character: letters, digits, a space if it separates words, or nothing.

    >>> letters("É"), letters("½"), letters("-"), letters("’")
    ('e', '1 2', ' ', '')
    """
    # Normalise before folding the case: 𝐊 has no lower case until it becomes K.
    plain = unicodedata.normalize("NFKD", character).casefold()
    kept = (c for c in plain if c not in "'’ʼ" and unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    # Spacing marks (Mc), such as vowel signs, are part of a word.
    return "".join(c if c.isalnum() or unicodedata.category(c) == "Mc" else " " for c in kept)


class CharacterTable(dict[int, str]):
    """A table for ``str.translate`` that calls ``letters`` for each character when it first occurs."""

    def __init__(self, letters: Callable[[str], str] = letters) -> None:
        self.letters = letters

    def __missing__(self, code: int) -> str:
        folded = self.letters(chr(code))
        if len(self) < 4096:  # a client that sends every character there is must not fill the memory
            self[code] = folded
        return folded


_FOLDED = CharacterTable()


def fold(value: str) -> str:
    """The words of ``value`` in the form used for comparison and lookup.

    They are in lower case without accents (NFKD, full case folding, non-spacing marks and invisible
    characters removed) and separated by single spaces. Apostrophes are removed; all other characters that are
    not letters or digits separate words. Text without words gives ``""``, which must not be looked up.

    >>> fold("Kim Jong-un’s “Élysée”")
    'kim jong uns elysee'
    """
    return " ".join(value.translate(_FOLDED).split())


#: Letters that Unicode does not decompose, as passports (ICAO 9303, part 3, section 6) and many newspapers
#: spell them.
_PLAIN_LETTERS = str.maketrans(
    {
        **dict.fromkeys("łƚ", "l"),
        **dict.fromkeys("øɵ", "o"),
        **dict.fromkeys("đðɖ", "d"),
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ə": "e",
    }
)


def fold_name(name: str) -> str:
    """``fold`` for people's names, which newspapers print with or without their special letters.

    Other scripts are not transliterated, since many different names would become the same.

    >>> fold_name("Łukasz Sørensen-Đurić")
    'lukasz sorensen duric'
    """
    return fold(name).translate(_PLAIN_LETTERS)
