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
