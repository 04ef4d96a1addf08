"""Resolves dates as outlets print them ("Nov. 28, 2024", "November 9", "5 days ago"), without guessing.

What a printed date leaves open stays open: without a year or a time of capture, "November 9" and "yesterday"
cannot be resolved.
"""

import re
from datetime import date, datetime, timedelta

from newsdb.dates import PartialDate, Precision

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)}
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{'|'.join(_MONTH_NUMBERS)}|sept)\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_ABSOLUTE = [
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_DAY} {_MONTH},? {_YEAR}",
        rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
        rf"{_YEAR}-(?P<month>[0-9]{{2}})",
        rf"{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY}",
        rf"{_DAY} {_MONTH}",
        _YEAR,
    )
]
_RELATIVE = re.compile(
    r"(?P<count>[0-9]{1,4}|an?|one) (?P<unit>second|sec|minute|min|hour|hr|day|week|month|year)s? ago",
    re.IGNORECASE | re.ASCII,
)
_DAYS_BEFORE = {"today": timedelta(0), "just now": timedelta(0), "yesterday": timedelta(days=1)}
_UNITS = {
    "second": timedelta(seconds=1),
    "sec": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "hr": timedelta(hours=1),
    "day": timedelta(days=1),
}
_LEAP_GAP = 8  # years: the longest time from one 29 February to the next


def resolve(
    printed: str, *, captured_at: datetime | None = None, year: int | None = None
) -> PartialDate | None:
    """Resolve a printed date to a date with its precision; None if it cannot be resolved.

    `year` is the year for a date printed without one. If it is not given, the latest such day up to
    `captured_at` is used. "5 days ago" is relative to `captured_at`, in its time zone. Weeks, months and
    years ago do not name a day, so they are not resolved.
    """
    printed = _tidy(printed)
    absolute = _match_absolute(printed)
    try:
        if absolute is None:
            return _resolve_relative(printed, captured_at)
        return _resolve_absolute(absolute, captured_at, year)
    except (ValueError, OverflowError):  # 31 November; a day before year 1
        return None


def is_printed_date(printed: str) -> bool:
    """Whether the words have the form of a date, including dates that cannot be resolved ("3 weeks ago")."""
    printed = _tidy(printed)
    return (
        printed.lower() in _DAYS_BEFORE
        or _RELATIVE.fullmatch(printed) is not None
        or _match_absolute(printed) is not None
    )


def _tidy(printed: str) -> str:
    return " ".join(printed.split())


def _match_absolute(printed: str) -> dict[str, str] | None:
    matches = (pattern.fullmatch(printed) for pattern in _ABSOLUTE)
    return next((match.groupdict() for match in matches if match), None)


def _resolve_absolute(
    found: dict[str, str], captured_at: datetime | None, year: int | None
) -> PartialDate | None:
    month, day = _month_number(found.get("month", "1")), int(found.get("day", "1"))
    if "year" in found:
        year = int(found["year"])
    elif year is None:
        return _latest(month, day, captured_at.date()) if captured_at else None
    precision: Precision = "day" if "day" in found else "month" if "month" in found else "year"
    return PartialDate(date(year, month, day), precision)


def _month_number(printed: str) -> int:
    return int(printed) if printed.isdigit() else _MONTH_NUMBERS[printed[:3].lower()]


def _latest(month: int, day: int, until: date) -> PartialDate | None:
    for year in range(until.year, until.year - _LEAP_GAP - 1, -1):
        try:
            candidate = date(year, month, day)
        except ValueError:  # 29 February in a common year
            continue
        if candidate <= until:
            return PartialDate(candidate, "day")
    return None


def _resolve_relative(printed: str, captured_at: datetime | None) -> PartialDate | None:
    if captured_at is None:
        return None
    before = _DAYS_BEFORE.get(printed.lower())
    if before is None and (match := _RELATIVE.fullmatch(printed)):
        unit = _UNITS.get(match["unit"].lower())
        count = int(match["count"]) if match["count"].isdigit() else 1
        before = unit * count if unit else None
    return PartialDate((captured_at - before).date(), "day") if before is not None else None
