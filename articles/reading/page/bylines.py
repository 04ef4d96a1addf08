"""Reads the byline ("By A, B and C, Opinion Contributors")."""

from __future__ import annotations

import re

from articles.reading.quotations.lexicon import GIVEN_NAMES
from newsdb.text import fold

_BY = re.compile(
    r"(?:(?:written|story|text|words|reported|analysis|opinion|commentary|column) )?by:? (?P<names>.+)",
    re.IGNORECASE,
)
#: "By" in other languages, where these words begin names, titles and sentences, too.
_BY_ELSEWHERE = re.compile(r"(?:Par|Von|Por|Di|Door|A[vf]) (?P<names>.+)")
_NAME_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and\s+)?|;\s*|\s(?:and|with|&)\s)\s*", re.IGNORECASE)
_PARTICLES = frozenset(
    re.findall(
        r"\w+", "al bin ben d da das de del della den der di do dos du el la las le los ter van von y zu"
    )
)
#: Suffixes that follow a comma but belong to the name.
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md", "mp", "esq"))
#: Words that show that a capitalised phrase is a description ("Opinion Contributor") or a date.
_NOT_NAMES = re.compile(
    r"\b(?:(?:contributor|correspondent|reporter|writer|editor|columnist)s?|opinion|staff|special|guest|senior"
    r"|photographer|photojournalist|journalist|redakteur(?:in)?|korrespondent(?:in)?|journalistin"
    r"|journaliste|envoyée? spéciale?|corresponsal|redactora?|giornalista|dziennikarz|muhabir"
    r"|political|national|chief|today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_MAX_NAME_LENGTH = 60
#: Chinese, Japanese and Korean names have no spaces.
_UNSPACED_NAME = re.compile(r"[\u4e00-\u9fff\u3040-\u30ff]{2,6}|[\uac00-\ud7a3]{2,4}")
#: Months that are given names, too.
_GIVEN_NAMES = frozenset(("april", "june", "august"))


def read_byline(segment: str) -> tuple[tuple[str, ...], str] | None:
    """The names and the description of the authors, both as printed; None if it is not a byline.

    >>> read_byline("By Ada Example, Odo Brannick and Zoë Pike, Opinion Contributors")
    (('Ada Example', 'Odo Brannick', 'Zoë Pike'), 'Opinion Contributors')
    """
    if match := _BY.fullmatch(segment.strip()):
        return read_names(match["names"])
    if match := _BY_ELSEWHERE.fullmatch(segment.strip()):
        given = fold(match["names"]).partition(" ")[0] in GIVEN_NAMES
        return ((match["names"],), "") if given and is_name(match["names"]) else None
    return None


def read_names(printed: str) -> tuple[tuple[str, ...], str] | None:
    """The names in a list and the description at its end; None if it does not begin with a name."""
    pieces = _NAME_SEPARATOR.split(
        " ".join(printed.split()).rstrip(".,") if not _ends_with_abbreviation(printed) else printed
    )
    names: list[str] = []
    said = ""
    for position, piece in enumerate(pieces):
        plain = piece.replace(".", "").lower()
        if names and plain in _SUFFIXES:
            names[-1] += f", {piece}"
        elif is_name(piece, alone=len(pieces) == 1) and not said:
            names.append(piece)
        else:
            said = ", ".join(pieces[position:])
            break
    return (tuple(names), said) if names else None


def is_name(words: str, *, alone: bool = False) -> bool:
    """Whether the words look like a name: two to six capitalised words, or only one if `alone`,
    or one of Chinese, Japanese or Korean."""
    parts = words.split()
    fewest = 1 if alone or _UNSPACED_NAME.fullmatch(words) else 2
    if len(words) > _MAX_NAME_LENGTH or not fewest <= len(parts) <= 6:
        return False
    given = len(parts) > 1 and parts[0].lower() in _GIVEN_NAMES
    if _NOT_NAMES.search(" ".join(parts[given:])):
        return False
    capitals = [part for part in parts if part.strip(".’'").lower() not in _PARTICLES]
    return bool(capitals) and all(_is_capitalised(part) for part in capitals) and _is_capitalised(parts[-1])


def _is_capitalised(part: str) -> bool:
    letters = [char for char in part if char not in ".-’'‘`"]
    first = part.lstrip("’'‘")[:1]
    return (
        bool(letters)
        and all(char.isalpha() for char in letters)
        # Scripts without case have no capitals.
        and (first.isupper() or first.istitle() or not (first.islower() or first.isupper()))
    )


def _ends_with_abbreviation(printed: str) -> bool:
    """Whether it ends in an abbreviation ("Jr."), whose full stop belongs to the name."""
    last = printed.split()[-1] if printed.split() else ""
    return last.replace(".", "").lower() in _SUFFIXES or len(last) == 2
