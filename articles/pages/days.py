"""Dates as people write them, as precisely as they are known."""

from datetime import date
from typing import Any, Self

from django.utils.dateformat import format as format_date

from articles.models import Statement
from newsdb.dates import PartialDate


class Day(PartialDate):
    """A date with its precision; as text in ISO 8601."""

    @classmethod
    def of(cls, statement: Statement) -> Self | None:
        """The date of a statement, or ``None`` if unknown."""
        return cls(statement.date, statement.date_precision) if statement.date else None

    @classmethod
    def read(cls, first: str | None, precision: Any) -> Self | None:
        """A date as the API writes it."""
        return cls(date.fromisoformat(first), precision or "day") if first else None

    @property
    def month(self) -> Self:
        """The month it is in, or the year if only that is known."""
        return type(self)(self.first.replace(day=1), "year" if self.precision == "year" else "month")

    @property
    def written(self) -> str:
        """As people write it: 23 October 2024, October 2024 or 2024."""
        return format_date(self.first, {"day": "j F Y", "month": "F Y", "year": "Y"}[self.precision])


def written(day: str | None) -> str:
    """A day as people write it, given a date or time as the API writes it; empty if there is none."""
    return Day(date.fromisoformat(day[:10]), "day").written if day else ""


def dates_written(extent: dict[str, Any]) -> dict[str, Any]:
    """An extent of the API, with its dates as people write them."""
    return {**extent, **{name: written(extent[name]) for name in ("first_date", "last_date")}}
