"""Queries that are compiled once and run with other values each time.

For a small query Django takes many times longer to write the SQL than the store takes to answer it. What is
asked with every request is therefore written once::

    _holders = Prepared(lambda: ActorSlug.objects.filter(slug=Given("slug")).values_list("actor_id"))
    _holders.rows(slug="john-kirby")  # [(3,)]
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from django.db import connections
from django.db.models import Expression, QuerySet


class Given(Expression):
    """Stands in a ``Prepared`` query for a value that is given each time it runs, as the store takes it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Given"]]:  # type: ignore[override]
        return "%s", [self]


class Compiled:
    """The SQL of a ``values_list`` with its parameters, and how its rows become Python's values."""

    def __init__(self, values_list: QuerySet) -> None:
        self.using = values_list.db
        compiler = values_list.query.get_compiler(self.using)
        self.sql, self.params = compiler.as_sql()
        expressions = [expression for expression, _, _ in compiler.select]
        self.converters = [
            (place, _chain(functions, expression, compiler.connection))
            for place, (functions, expression) in compiler.get_converters(expressions).items()
        ]

    def fetch(self, sql: str, params: Sequence[Any]) -> list[Sequence[Any]]:
        """The rows that ``sql``, which is this one completed, selects."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        return list(self._converted(rows)) if self.converters else rows

    def _converted(self, rows: list[tuple]) -> Iterator[list[Any]]:
        for row in rows:
            values = list(row)
            for place, convert in self.converters:
                if values[place] is not None:
                    values[place] = convert(values[place])
            yield values


class Prepared:
    """A ``values_list``, made when it is first needed, with ``Given`` for what differs from time to time."""

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        self.compiled = cache(lambda: Compiled(make()))

    def rows(self, **given: Any) -> list[Sequence[Any]]:
        """The rows for these values. Raises ``KeyError`` where one that is needed is not given."""
        compiled = self.compiled()
        params = [given[each.name] if isinstance(each, Given) else each for each in compiled.params]
        return compiled.fetch(compiled.sql, params)


def _chain(functions: list[Any], expression: Any, connection: Any) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        for function in functions:
            value = function(value, expression, connection)
        return value

    if len(functions) > 1:
        return convert
    (function,) = functions
    return lambda value: function(value, expression, connection)
