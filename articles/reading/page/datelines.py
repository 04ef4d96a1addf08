"""Reads the dateline ("Published Nov. 28, 2024 at 5:30 p.m. ET")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from articles.reading.printed_dates import is_printed_date, resolve
from newsdb.dates import PartialDate, is_plausible

_LABEL = (
    r"(?P<label>(?:first |originally |last )?(?:published|posted|updated|modified|corrected|created)"
    r"(?: on| at)?|publication date|date|as of)"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]{0,2} )?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?P<date>{_MONTH} {_DAY}(?:,? [0-9]{{4}})?|{_DAY} {_MONTH}(?:,? [0-9]{{4}})?|{_MONTH},? [0-9]{{4}}"
    r"|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})"
    r"|(?:[0-9]{1,3}|an?|one) (?:second|sec|minute|min|hour|hr|day|week|month|year)s? ago"
    r"|today|yesterday|just now)"
)
#: The named group matches American time zones, where the month is written before the day.
_ZONE = r"(?:(?P<american>[ecmp][sd]?t)|gmt|utc|bst|cet|cest|ist|jst|kst|z|[+-][0-9]{2}:?[0-9]{2})"
_HALF = r"[ap]\.?m\.?"
_CLOCK = rf"(?:[0-9]{{1,2}}(?:[:.h][0-9]{{2}}){{1,2}}(?:\.[0-9]{{1,6}})?(?: ?{_HALF})?|[0-9]{{1,2}} ?{_HALF})"
_TIME = rf"(?:[,:]? ?(?:at |t)?{_CLOCK}(?: ?\(?{_ZONE}\)?)?)?"
_TIME_BEFORE = rf"(?:{_CLOCK}(?: [a-z]{{2,4}})?,? (?:on )?)?"
_DATED = re.compile(
    rf"(?:{_LABEL}:? ?)?{_TIME_BEFORE}{_WEEKDAY}{_DATE}{_TIME}[.,]?", re.IGNORECASE | re.ASCII
)
#: "Published … Updated …" without a separator.
_NEXT_LABEL = re.compile(r"(?<!last)[;,( ]+(?=(?:last )?(?:updated|modified)\b)", re.IGNORECASE)
_UPDATE_LABEL = re.compile(r"updated|modified|corrected|as of", re.IGNORECASE)
_NUMERIC = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})", re.ASCII)
#: Years of two digits from this one on are in the 1900s: the range is 1970 to 2069.
_FIRST_YEAR_OF_1900S = 70


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date as printed, and what it resolves to; `later` if it is the date of an update."""

    printed: str
    published: PartialDate | None
    later: bool
    labelled: bool


def read_dateline(segment: str, *, captured_at: datetime | None = None) -> list[Dateline]:
    """The dates in a segment of a line; empty if it contains anything but dates and times."""
    pieces = [piece.strip(" )") for piece in _NEXT_LABEL.split(" ".join(segment.split()))]
    found = []
    for piece in filter(None, pieces):
        match = _DATED.fullmatch(piece)
        if match is None:
            return []
        printed = match["date"]
        american = match["american"] is not None
        label = match["label"] or ""
        found.append(
            Dateline(
                printed,
                _resolve(printed, captured_at=captured_at, american=american),
                later=bool(_UPDATE_LABEL.match(label.lower().removeprefix("last "))),
                labelled=bool(label),
            )
        )
    return found


def publication(dates: Iterable[Dateline]) -> PartialDate | None:
    """The publication date, which is not that of an update, in the future, or 1970-01-01."""
    days = (found.published for found in dates if not found.later)
    return next((day for day in days if day and is_plausible(day)), None)


def _resolve(printed: str, *, captured_at: datetime | None, american: bool) -> PartialDate | None:
    if is_printed_date(printed):
        return resolve(printed, captured_at=captured_at)
    match = _NUMERIC.fullmatch(printed)
    if match is None:
        return None
    first, second, year = (int(part) for part in match.groups())
    if year < 100:
        year += 2000 if year < _FIRST_YEAR_OF_1900S else 1900
    orders = {(month, day) for month, day in ((first, second), (second, first)) if month <= 12}
    if len(orders) > 1 and american:
        orders = {(first, second)}
    if len(orders) != 1:  # 03/04/24 is ambiguous
        return None
    try:
        return PartialDate(date(year, *orders.pop()), "day")
    except ValueError:
        return None
