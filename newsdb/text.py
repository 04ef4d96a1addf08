"""Text as newsdb takes it in and compares it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot be kept."""

    message: str
    code: str


def fault(value: str) -> Fault | None:
    """What of a text one of the stores, or JSON, could not give back.

    That is NUL (PostgreSQL has no such character) and lone surrogates (UTF-8 has no such code points).
    """
    if "\x00" in value:
        return Fault("Text may not hold the NUL character.", "null_characters_not_allowed")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        return Fault(f"Text may not hold a lone surrogate (at character {error.start}).", "lone_surrogate")
    return None


def check_text(value: str) -> None:
    """Refuse text with a ``fault``: raises ``ValidationError``."""
    if found := fault(value):
        raise ValidationError(found.message, code=found.code)


def letters(character: str) -> str:
    """What ``fold`` makes of one character: letters, digits, a space where it separates words, or nothing.

    >>> letters("É"), letters("½"), letters("-"), letters("’")
    ('e', '1 2', ' ', '')
    """
    # Plain before the case is folded: 𝐊 is a capital letter only then.
    plain = unicodedata.normalize("NFKD", character).casefold()
    kept = (c for c in plain if c not in "'’ʼ" and unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    # A vowel sign that takes room of its own (Mc) belongs to its word.
    return "".join(c if c.isalnum() or unicodedata.category(c) == "Mc" else " " for c in kept)


class CharacterTable(dict[int, str]):
    """For ``str.translate``: what ``letters`` makes of each character, worked out when it is first met."""

    def __init__(self, letters: Callable[[str], str] = letters) -> None:
        self.letters = letters

    def __missing__(self, code: int) -> str:
        made = self.letters(chr(code))
        if len(self) < 4096:  # whoever sends every character there is must not fill the memory
            self[code] = made
        return made


_FOLDED = CharacterTable()


def fold(value: str) -> str:
    """The words of ``value`` in the form in which they are compared and looked up.

    Lower case without accents (NFKD, full case folding, marks that take no room and invisible characters
    dropped); everything that is not a letter or digit separates words, apostrophes excepted, which join
    them; one space between. Text without words folds to ``""``, by which nothing may be looked up.

    >>> fold("Kim Jong-un’s “Élysée”")
    'kim jong uns elysee'
    """
    return " ".join(value.translate(_FOLDED).split())


#: Letters of names for which Unicode has no plainer ones, as passports and newspapers without them spell them
#: (ICAO 9303, part 3, section 6).
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
    """``fold`` for names of people, which newspapers spell with their own letters or without.

    Other scripts stay: many names may be spelled alike in Latin letters.

    >>> fold_name("Łukasz Sørensen-Đurić")
    'lukasz sorensen duric'
    """
    return fold(name).translate(_PLAIN_LETTERS)
