"""Queries that are compiled once and run with other values each time.

For a small query Django takes many times longer to write the SQL than the store takes to answer it. What is
asked with every request is therefore written once::

    _holders = Prepared(lambda: ActorSlug.objects.filter(slug=Placeholder("slug")).values_list("actor_id"))
    _holders.rows(slug="john-kirby")  # [(3,)]
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, QuerySet


class Placeholder(Expression):
    """A value of a ``Prepared`` query that is given each time it runs, as the store takes it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Placeholder"]]:  # type: ignore[override]
        return "%s", [self]


class Prepared:
    """A ``values_list``, compiled when it is first needed; each ``Placeholder`` is filled when it runs."""

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        self.compiled = cache(lambda: _compiled(make()))

    def rows(self, **given: Any) -> list[tuple]:
        """The rows for these values. Raises ``KeyError`` where one that is needed is not given."""
        compiler, sql, params = self.compiled()
        values = [given[each.name] if isinstance(each, Placeholder) else each for each in params]
        connection: Any = connections[compiler.using]
        with connection.prepared_cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
        return [tuple(row) for row in compiler.apply_converters(rows, converters)]


def _compiled(values_list: QuerySet) -> tuple[Any, str, Sequence[Any]]:
    compiler: Any = values_list.query.get_compiler(values_list.db)
    sql, params = compiler.as_sql()
    return compiler, sql, params


def bound_rows(values_list: QuerySet) -> list[tuple]:
    """The rows of a query whose values must not be in any log.

    A server that binds them writes them into none, not even with the error of a query that took too long, and
    they are not among the queries that Django keeps for debugging.
    """
    try:
        compiler, sql, params = _compiled(values_list)
    except EmptyResultSet:  # none() has no SQL
        return []
    connection: Any = connections[compiler.using]
    with connection.bound_cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
    return [tuple(row) for row in compiler.apply_converters(rows, converters)]
