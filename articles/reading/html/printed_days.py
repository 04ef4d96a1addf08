"""Finds a day in a line of text: in digits, or with the name of a month in the languages of news sites.

The names and the order of day and month are those of the Unicode CLDR, as Babel has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from newsdb.dates import PartialDate
from newsdb.text import fold

_LANGUAGES = frozenset(
    re.findall(
        r"\w+",
        "ar bg bs ca cs da de el en es et eu fa fi fr gl he hr hu id is it lt lv mk ms nb nl nn pl pt ro ru"
        " sk sl sq sr sv sw tr uk vi",
    )
)
#: Languages that write years first, so that 25.03.11 is unclear.
_YEAR_FIRST = frozenset(("hu", "ja", "ko", "lt", "zh"))
_OF = r"(?:de |del |di |d’|d'|of )?"
_WORD = r"(?P<month>[^\W\d_]{3,15})"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d)"
_WORDED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}[.,]?[ -]{{0,2}}{_OF}{_WORD}[.,]{{0,2}}[ -]{{0,2}}{_OF}{_YEAR}",
        rf"\b{_WORD}[.,]? {_DAY}[.,]? {_YEAR}",
        # As Java prints it: Tue Mar 11 06:00:00 CET 2025.
        rf"\b{_WORD} {_DAY} \d{{1,2}}:\d{{2}}:\d{{2}} (?:[A-Z]{{3,4}} )?{_YEAR}",
        # Hungarian and Lithuanian: 2025. március 11., 2025 m. kovo 11 d.
        rf"(?<!\d){_YEAR}\.?(?: m\.)? {_WORD}\.? {_DAY}(?!\d)",
    )
]
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d){_YEAR}(?P<by> ?[-/.] ?)(?P<month>\d{{1,2}})(?P=by)(?P<day>\d{{1,2}})(?!\d)"
)
_EAST_ASIAN = re.compile(r"(?P<year>\d{4}) ?[年년] ?(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日일]")
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<by>[./-]) ?(?P<second>\d{1,2})(?P=by) ?"
    r"(?P<year>(?:19|20)\d{2}|\d{2})(?![\d./-]*\d)"
)


def find_day(line: str, language: str = "") -> PartialDate | None:
    """The first day in a line; None if there is none, or if its day and month could be the other way round.

    >>> str(find_day("Publicado el 11 de marzo de 2025 a las 6:00", "es"))
    '2025-03-11'
    >>> str(find_day("11/03/2025", "fr")), find_day("11/03/2025", "en")
    ('2025-03-11', None)
    """
    line = " ".join(line.split())
    found = sorted(_days(line, language.replace("_", "-")), key=lambda place: place[0])
    if not found or not (numbers := found[0][1]):
        return None
    try:
        return PartialDate(date(*numbers), "day")
    except ValueError:
        return None


def _days(line: str, language: str) -> Iterator[tuple[int, tuple[int, int, int] | None]]:
    """The places of the days in a line, each with year, month and day, or None if these are unclear."""
    for pattern in _WORDED:
        for match in pattern.finditer(line):
            if month := _month_called(match["month"], language):
                yield match.start(), (int(match["year"]), month, int(match["day"]))
    for pattern in (_EAST_ASIAN, _YEAR_MONTH_DAY):
        for match in pattern.finditer(line):
            yield match.start(), (int(match["year"]), int(match["month"]), int(match["day"]))
    for match in _NUMERIC.finditer(line):
        yield match.start(), _numbers(match, language)


def _numbers(match: re.Match[str], language: str) -> tuple[int, int, int] | None:
    first, second, year = (int(match[part]) for part in ("first", "second", "year"))
    short = len(match["year"]) == 2
    if short and (match["by"] != "." or language.partition("-")[0].lower() in _YEAR_FIRST):
        return None
    year += 2000 if short else 0
    if second > 12 or first > 12 or first == second:
        return (year, second, first) if second <= 12 else (year, first, second)
    return (year, second, first) if _is_day_first(language, match["by"]) else None


@lru_cache(256)
def _is_day_first(language: str, separator: str) -> bool:
    """Whether the day is surely before the month in digits. In English it depends on the writer."""
    primary = language.partition("-")[0].lower()
    if primary == "en":
        return False
    if separator == ".":
        return True
    pattern = _short_format(language) or _short_format(primary)
    return 0 <= pattern.find("d") < pattern.find("M")


def _short_format(language: str) -> str:
    """The pattern of short dates in a language, or "" if it is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language, sep="-").date_formats["short"].pattern)
    except (ValueError, TypeError, UnknownLocaleError):
        return ""


def _month_called(word: str, language: str) -> int:
    """The number of the month that has this name, in the language, else in all that know it, or 0."""
    primary = language.partition("-")[0].lower()
    key = fold(word)
    for known in ("nb" if primary == "no" else primary, "en"):
        if known in _LANGUAGES and (number := _months_in(known).get(key)):
            return number
    numbers = {number for each in _LANGUAGES if (number := _months_in(each).get(key))}
    return numbers.pop() if len(numbers) == 1 else 0


@cache
def _months_in(language: str) -> dict[str, int]:
    """The numbers of the months in a language, by folded name."""
    from babel import Locale

    months = Locale(language).months
    names = {
        fold(name): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[context][width].items()
    }
    return names | {"sept": 9} if language == "en" else names
