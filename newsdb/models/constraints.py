"""Functions for constraints that several models use. Each returns a named constraint for both databases."""

import datetime
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import (
    BooleanField,
    CheckConstraint,
    DateField,
    Expression,
    F,
    Func,
    Q,
    TextChoices,
)

from newsdb.addresses import WEB_ADDRESS, WEB_ADDRESS_RULE


class Precision(TextChoices):
    """How precisely a date is known. The date itself is the first day of the month or year."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class NoNul(Func):
    """True if a text has no NUL character. Always true on PostgreSQL, whose text type cannot have one."""

    output_field = BooleanField()
    template = "instr(%(expressions)s, char(0)) = 0"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "TRUE", []


class LastDay(Func):
    """The last day of a date with a precision: ``LastDay(day, precision)``."""

    output_field = DateField()
    arity = 2

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        (day, day_params), (precision, precision_params) = (
            compiler.compile(e) for e in self.get_source_expressions()
        )
        last = {
            "sqlite": "date({day}, '+1 {unit}', '-1 day')",
            "postgresql": "({day} + interval '1 {unit}' - interval '1 day')::date",
        }[connection.vendor]
        year, month = (last.format(day=day, unit=unit) for unit in ("year", "month"))
        sql = f"CASE {precision} WHEN 'year' THEN {year} WHEN 'month' THEN {month} ELSE {day} END"
        return sql, [*precision_params, *day_params * 3]


def one_of(name: str, field: str, choices: type[TextChoices]) -> CheckConstraint:
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__in": choices.values}),
        violation_error_message=f"{field} is one of: {', '.join(choices.values)}.",
    )


def clean_text(name: str, *fields: str) -> CheckConstraint:
    return CheckConstraint(
        name=name,
        condition=reduce(and_, (Q(NoNul(field)) for field in fields)),
        violation_error_message="Text cannot contain the NUL character.",
    )


def matches(name: str, field: str, pattern: str, message: str, *, blank: bool = False) -> CheckConstraint:
    condition = Q(**{f"{field}__regex": pattern})
    return CheckConstraint(
        name=name,
        condition=Q(**{field: ""}) | condition if blank else condition,
        violation_error_message=message,
    )


def web_address(name: str, field: str) -> CheckConstraint:
    """Empty, or an http or https URL: a link must never run a script in the reader's browser."""
    return matches(
        name,
        field,
        WEB_ADDRESS,
        f"{field} {WEB_ADDRESS_RULE}",
        blank=True,
    )


def dated(name: str, day: str, precision: str) -> CheckConstraint:
    """Date and precision are both set or both unset; the date is the first day; years 1000 to 9998."""
    known = Q(
        **{
            f"{day}__gte": datetime.date(1000, 1, 1),
            f"{day}__lte": datetime.date(9998, 12, 31),
            f"{day}__isnull": False,
        }
    )
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{day}__isnull": True, precision: ""})
        | known & Q(**{precision: Precision.DAY})
        | known & Q(**{precision: Precision.MONTH, f"{day}__day": 1})
        | known & Q(**{precision: Precision.YEAR, f"{day}__day": 1, f"{day}__month": 1}),
        violation_error_message=(
            f"Give both {day} and {precision} (day, month or year), or neither. For a month or a year,"
            f" {day} is its first day."
        ),
    )


def in_order(name: str, first: str, last: str | Expression, message: str) -> CheckConstraint:
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{first}__lte": F(str(last))}),
        violation_error_message=message,
    )
