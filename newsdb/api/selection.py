"""Reading columns of chosen rows by SQL that is compiled once.

Django writes a query's SQL anew each time it is asked, which takes longer than the query where many tables
are joined. Between two pages of a list only the choice of rows differs. So the choice stays an ordinary
queryset, of primary keys alone, and stands as a subquery in SQL that never changes. The ``LIMIT`` is in the
subquery: the joins are made for the rows of one page.
"""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from newsdb.api.choice import choice_of
from newsdb.models.prepared import Compiled

#: One row's values, in the order of the columns.
Values = tuple

#: Where the choice goes in the compiled SQL.
CHOICE = "/* the choice of rows */"


class Selection:
    """What a ``values_list`` reads, in its order, of the rows whose ``key`` is chosen at each call."""

    def __init__(self, values_list: QuerySet, key: str) -> None:
        self.compiled = Compiled(values_list.filter(**{f"{key}__in": RawSQL(CHOICE, ())}))  # noqa: S611
        self.before, self.after = self.compiled.sql.split(f"({CHOICE})")
        params, split = self.compiled.params, self.before.count("%s")
        self.params_before, self.params_after = params[:split], params[split:]

    def of(self, choice: str, params: Iterable[Any], *, prepared: bool = True) -> list[Values]:
        """The rows whose key is among those that ``choice``, a subquery's SQL, gives."""
        sql = f"{self.before}({choice}){self.after}"
        return self.compiled.fetch(sql, (*self.params_before, *params, *self.params_after), prepared=prepared)

    def of_ids(self, ids: Iterable[int] | Iterable[UUID]) -> list[Values]:
        """The rows whose key is one of ``ids``, all whole numbers or all UUIDs."""
        values = list(ids)
        uuids = isinstance(values[0], UUID)
        if connections[self.compiled.using].vendor == "postgresql":
            return self.of(f"SELECT unnest(%s::{'uuid' if uuids else 'bigint'}[])", [values])
        listed = json.dumps([value.hex if isinstance(value, UUID) else value for value in values])
        return self.of("SELECT value FROM json_each(%s)", [listed])


def read(queryset: QuerySet, columns: tuple[Any, ...]) -> list[Values]:
    """The values of ``columns`` in the rows of ``queryset``, in its order."""
    query = queryset.query
    if query.annotations or query.extra_tables or query.distinct:
        return list(queryset.values_list(*columns))
    try:
        choice = choice_of(queryset)
    except EmptyResultSet:
        return []
    model: Any = queryset.model
    selection = _rows(model, query.order_by, columns)
    return selection.of(choice.sql, choice.params, prepared=choice.stable)


def read_referring(
    queryset: Callable[[], QuerySet],
    foreign_key: str,
    ids: Iterable[Any],
    ordering: tuple[str, ...],
    columns: tuple[str, ...],
) -> list[Values]:
    """The values of ``columns`` in the rows of ``queryset`` that refer to one of ``ids``, in this order."""
    ids = tuple(ids)
    return _referring(queryset, foreign_key, ordering, columns).of_ids(ids) if ids else []


# Bounded, since clients can ask for any part of a shape.


@lru_cache(maxsize=1024)
def _rows(model: Any, ordering: tuple[str, ...], columns: tuple[str, ...]) -> Selection:
    return Selection(model._base_manager.order_by(*ordering).values_list(*columns), "pk")


@lru_cache(maxsize=1024)
def _referring(
    queryset: Callable[[], QuerySet], foreign_key: str, ordering: tuple[str, ...], columns: tuple[str, ...]
) -> Selection:
    return Selection(queryset().order_by(*ordering).values_list(*columns), foreign_key)
