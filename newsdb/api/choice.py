"""The choice of a page's rows: a subquery of primary keys, in which one page's SQL differs from another's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import FullResultSet
from django.db.models import Model, QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import In
from django.db.models.sql import Query

#: Of more values at once the rows are looked for together.
MOST_PAGES = 20


@dataclass(frozen=True)
class Choice:
    """SQL that selects primary keys."""

    sql: str
    params: tuple[Any, ...]
    #: Whether the plan that suits these values suits others.
    stable: bool


def choice_of(queryset: QuerySet) -> Choice:
    """The rows of ``queryset``. Raises ``EmptyResultSet``.

    No index has the newest of several speakers' statements in order: a store would read all of them and
    sort. Those of each it has, so a page of each is read and they are merged.
    """
    query = queryset.query
    stable = not any(_decides_the_plan(each) for each in query.where.children)
    pages = [page.values("pk", *_names(page)).query.sql_with_params() for page in _pages_to_merge(queryset)]
    if not pages:
        sql, params = (
            _of_one_table(queryset) if _is_plain(query) else queryset.values("pk").query.sql_with_params()
        )
        return Choice(sql, tuple(params), stable)
    order = ", ".join(
        f'"{name}" DESC' if str(ordered).startswith("-") else f'"{name}"'
        for name, ordered in zip(_names(queryset), query.order_by, strict=True)
    )
    merged = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS page{n}" for n, (sql, _) in enumerate(pages))  # noqa: S608
    return Choice(
        f'SELECT "pk" FROM ({merged}) AS pages ORDER BY {order} LIMIT {query.high_mark}',  # noqa: S608
        tuple(param for _, params in pages for param in params),
        stable,
    )


def is_merged(queryset: QuerySet) -> bool:
    """Whether the rows of ``queryset`` are chosen by merging a page for each of several values."""
    return any(True for _ in _pages_to_merge(queryset))


def _is_plain(query: Query) -> bool:
    """Whether it is a page of one table's rows in an order of their columns."""
    page = query.high_mark is not None and not query.low_mark and bool(query.order_by)
    tables = [alias for alias, uses in query.alias_refcount.items() if uses]
    return page and len(tables) < 2 and not (query.extra or query.combinator)


def _of_one_table(queryset: QuerySet) -> tuple[str, Sequence[Any]]:
    """The SQL that Django would write, of which only the conditions are written anew."""
    query = queryset.query
    try:
        where, params = query.get_compiler(queryset.db).compile(query.where)
    except FullResultSet:
        where, params = "", ()
    model: Any = queryset.model
    begin, end = _around(model, tuple(query.order_by))
    return f"{begin}{' WHERE ' if where else ''}{where}{end} LIMIT {query.high_mark}", params


@lru_cache(maxsize=256)
def _around(model: type[Model], order_by: tuple[str, ...]) -> tuple[str, str]:
    """What stands before and after the conditions."""
    sql, _ = model._base_manager.order_by(*order_by).values("pk").query.sql_with_params()
    begin, order, by = sql.partition(" ORDER BY ")
    return begin, order + by


def _pages_to_merge(queryset: QuerySet) -> Iterator[QuerySet]:
    """A page for each value, where a column that may have one of several leads an index of the order."""
    query = queryset.query
    if query.high_mark is None or query.low_mark:
        return
    indexes: Any = [tuple(index.fields) for index in queryset.model._meta.indexes]
    for place, lookup in enumerate(query.where.children):
        if not isinstance(lookup, In) or not isinstance(lookup.lhs, Col) or not lookup.rhs_is_direct_value():
            continue
        values = list(dict.fromkeys(lookup.rhs))
        if 1 < len(values) <= MOST_PAGES and (lookup.lhs.target.name, *query.order_by) in indexes:
            for value in values:
                page = queryset.all()
                page.query.where = query.where.clone()
                page.query.where.children[place] = _equals(lookup.lhs, value)
                yield page
            return


def _equals(column: Any, value: Any) -> Any:
    exact: Any = column.get_lookup("exact")
    return exact(column, value)


def _names(queryset: QuerySet) -> list[str]:
    return [str(name).removeprefix("-") for name in queryset.query.order_by]


def _decides_the_plan(condition: Any) -> bool:
    """Whether it is met by many rows for one value and by few for another, as is what a subquery chooses."""
    if isinstance(getattr(condition, "rhs", None), Query):
        return True
    return getattr(getattr(condition, "lhs", None), "plan_depends_on_values", False)
