"""Dates known to the day, to the month or to the year."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args

Precision = Literal["day", "month", "year"]

#: Years outside this range cause errors in one of the databases or in time zone conversions.
FIRST_YEAR, LAST_YEAR = 1000, 9998

#: Regular expressions for a year in this range, and for a date. They do not check that the day exists.
YEAR = "(?!9999)[1-9][0-9]{3}"
PATTERN = f"^{YEAR}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


#: The advice for a text that is not a date.
EXPECTED = "Write a date as 2024-10-23, 2024-10 or 2024."


class NoSuchDateError(ValueError):
    """The text has the form of a date, but there is no such day."""

    code = "no_such_date"


#: What software writes for a date that it does not know.
_EPOCH = date(1970, 1, 1)


def latest_day() -> date:
    """The latest day that has begun somewhere."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


def is_plausible(day: "PartialDate") -> bool:
    """Whether it may be a day of publication: not in the future, nor the day that means unknown."""
    return day.first <= latest_day() and not (day.precision == "day" and day.first == _EPOCH)


def last_day(first: date, precision: str) -> date:
    """The last day of the day, month or year that begins on ``first``."""
    if precision == "year":
        return first.replace(month=12, day=31)
    if precision == "month":
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year, as its first day and a precision.

    Raises ``ValueError`` when the precision is not one of the three, when ``first`` is not the first
    day of its month or year, or when the year is outside 1000 to 9998.
    """

    first: date
    precision: Precision

    def __post_init__(self) -> None:
        if self.precision not in get_args(Precision):
            raise ValueError(f"A precision is day, month or year, not {self.precision!r}.")
        if not FIRST_YEAR <= self.first.year <= LAST_YEAR:
            raise ValueError(f"The year must be from {FIRST_YEAR} to {LAST_YEAR}.")
        if self.precision != "day" and self.first.day != 1:
            raise ValueError(f"The first day of a {self.precision} is not the {self.first.day}.")
        if self.precision == "year" and self.first.month != 1:
            raise ValueError(f"The first day of a year is not in month {self.first.month}.")

    @property
    def last(self) -> date:
        """The last day of the day, month or year."""
        return last_day(self.first, self.precision)

    def is_after(self, other: "PartialDate | None") -> bool:
        """Whether all its days are after all days of ``other``; False if that is unknown."""
        return other is not None and self.first > other.last

    def __str__(self) -> str:
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``2024``, ``2024-10`` or ``2024-10-23``.

        Raises ``ValueError`` with a message that says what was expected.
        """
        match = _WRITTEN.fullmatch(text)
        if not match:
            raise ValueError(EXPECTED)
        year, month, day = match.groups()
        try:
            first = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise NoSuchDateError(f"There is no such date as {text}.") from None
        return cls(first, "day" if day else "month" if month else "year")
