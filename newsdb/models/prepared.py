"""Queries that are compiled once and run with other values each time.

For a small query Django takes many times longer to write the SQL than the store takes to answer it. What is
asked with every request is therefore written once::

    _holders = Prepared(lambda: ActorSlug.objects.filter(slug=Given("slug")).values_list("actor_id"))
    _holders.rows(slug="john-kirby")  # [(3,)]
"""

from collections.abc import Callable, Sequence
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
        converters = compiler.get_converters(expressions)
        self.convert = _converting(converters, len(expressions), compiler.connection) if converters else list

    def fetch(self, sql: str, params: Sequence[Any], *, prepared: bool = True) -> list[tuple]:
        """The rows that ``sql``, which is this one completed, selects.

        ``prepared``: whether the plan that suits these ``params`` suits others.
        """
        connection: Any = connections[self.using]
        with connection.prepared_cursor() if prepared else connection.cursor() as cursor:
            cursor.execute(sql, params)
            return self.convert(cursor.fetchall())


class Prepared:
    """A ``values_list``, made when it is first needed, with ``Given`` for what differs from time to time."""

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        self.compiled = cache(lambda: Compiled(make()))

    def rows(self, **given: Any) -> list[tuple]:
        """The rows for these values. Raises ``KeyError`` where one that is needed is not given."""
        compiled = self.compiled()
        params = [given[each.name] if isinstance(each, Given) else each for each in compiled.params]
        return compiled.fetch(compiled.sql, params)


def _converting(
    converters: dict[int, Any], width: int, connection: Any
) -> Callable[[list[tuple]], list[tuple]]:
    """Convert the values of rows with ``width`` columns, where ``converters`` has functions for theirs.

    It is compiled, as in ``lambda rows, convert1: [(c0, None if c1 is None else convert1(c1),) for (c0, c1,)
    in rows]``: a loop over the converters of each row takes longer than the query.
    """
    functions = {
        place: _chain(chain, expression, connection) for place, (chain, expression) in converters.items()
    }
    names = [f"c{place}" for place in range(width)]
    values = [
        f"None if {name} is None else convert{place}({name})" if place in functions else name
        for place, name in enumerate(names)
    ]
    row, parameters = "".join(f"{name}, " for name in names), [f"convert{place}" for place in functions]
    source = f"lambda {', '.join(['rows', *parameters])}: [({', '.join(values)},) for ({row}) in rows]"
    # There is nothing in it but numbered names.
    function = eval(source, {"__builtins__": {}})  # noqa: S307
    return lambda rows: function(rows, *functions.values())


def _chain(functions: Sequence[Any], expression: Any, connection: Any) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        for function in functions:
            value = function(value, expression, connection)
        return value

    if len(functions) > 1:
        return convert
    (function,) = functions
    return lambda value: function(value, expression, connection)
