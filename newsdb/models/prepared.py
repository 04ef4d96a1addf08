"""Queries that are compiled once and run many times with different values.

For a small query, Django takes many times longer to compile the SQL than the database takes to run it.
Queries that run with every request are therefore compiled once::

    _holders = Prepared(lambda: ActorSlug.objects.filter(slug=Placeholder("slug")).values_list("actor_id"))
    _holders.rows(slug="john-kirby")  # [(3,)]
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Expression, QuerySet


class Placeholder(Expression):
    """A parameter of a ``Prepared`` query, whose value is given at each run, in the database's form."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Placeholder"]]:  # type: ignore[override]
        return "%s", [self]


class Prepared:
    """A ``values_list`` query, compiled at its first use. Each run supplies values for the placeholders.

    With ``bound``, these appear in no log, as with ``bound_rows``.
    """

    def __init__(self, make: Callable[[], QuerySet], *, bound: bool = False) -> None:
        self.compiled = cache(lambda: _compile(make()))
        self.bound = bound

    def rows(self, **given: Any) -> list[tuple]:
        """The rows for these values of the placeholders. Raises ``KeyError`` if one is missing."""
        compiler, sql, params = self.compiled()
        values = [given[each.name] if isinstance(each, Placeholder) else each for each in params]
        # Compiled once, but run on the database of each request.
        connection: Any = connections[router.db_for_read(compiler.query.model)]
        with connection.bound_cursor() if self.bound else connection.prepared_cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
        return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows


def _compile(values_list: QuerySet) -> tuple[Any, str, Sequence[Any]]:
    compiler: Any = values_list.query.get_compiler(values_list.db)
    sql, params = compiler.as_sql()
    return compiler, sql, params


def bound_rows(values_list: QuerySet) -> list[tuple]:
    """The rows of a query whose values must not appear in any log.

    The values are bound by the server, which then logs none of them, not even with the error of a query that
    timed out. Django does not keep them in its list of queries for debugging either.
    """
    try:
        compiler, sql, params = _compile(values_list)
    except EmptyResultSet:  # none() has no SQL
        return []
    connection: Any = connections[compiler.using]
    with connection.bound_cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
    return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows
