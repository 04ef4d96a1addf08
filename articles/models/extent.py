"""Counts statements and finds their first and last date, from the ends of indexes.

The indexes have ``sort_date``, the first day of a date, but not its last day. No date ends later than the
latest one begins, except in that date's month or year.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery

from articles.models.statement import UNDATED, Statement
from articles.querysets import StatementQuerySet

Extent = dict[str, Any]
_DATED = Q(sort_date__gt=UNDATED)


def extent_of(statements: StatementQuerySet) -> Extent:
    """The number of ``statements``, and the ``first_date`` and ``last_date`` of those with a date."""
    dates = {"first": Min("sort_date", filter=_DATED), "latest": Max("sort_date", filter=_DATED)}
    found = statements.aggregate(statements=Count("*"), **dates)
    last_date = last_date_of(statements, found["latest"])
    return {"statements": found["statements"], "first_date": found["first"], "last_date": last_date}


def last_date_of(statements: StatementQuerySet, latest: date | None) -> date | None:
    """The last day of any date of ``statements``, given the first day of the latest."""
    last: date | None = _ending_last(statements, latest).aggregate(last=Max("date_last"))["last"]
    return last


def extents_by(statements: StatementQuerySet, key: str, counts: Mapping[int, int]) -> dict[int, Extent]:
    """The extents of ``statements`` by a foreign key, given the count for each of its values.

    Takes two queries with a part for each value; give at most a hundred values.
    """
    mine = statements.filter(_DATED, **{key: OuterRef("pk")})
    model: Any = Statement._meta.get_field(key).related_model
    ends = {
        name: Subquery(mine.order_by(*order).values("sort_date")[:1])
        for name, order in {"first": ("sort_date", "id"), "latest": ("-sort_date", "-id")}.items()
    }
    dates = {
        pk: (first, latest)
        for pk, first, latest in model.objects.filter(pk__in=counts)
        .order_by()
        .annotate(**ends)
        .values_list("pk", "first", "latest")
        if latest is not None
    }
    parts = [
        _ending_last(statements.filter(**{key: pk}), latest).values_list(key).annotate(last=Max("date_last"))
        for pk, (_, latest) in dates.items()
    ]
    last = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    return {
        pk: {
            "statements": count,
            "first_date": dates[pk][0] if pk in dates else None,
            "last_date": last.get(pk),
        }
        for pk, count in counts.items()
    }


def _ending_last(statements: StatementQuerySet, latest: date | None) -> StatementQuerySet:
    """The ``statements`` that may end last, given the first day of the latest date."""
    begins = {latest, latest.replace(day=1), latest.replace(month=1, day=1)} if latest else set()
    return statements.order_by().filter(sort_date__in=begins)
