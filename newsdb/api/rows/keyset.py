"""Rows after a key: a page begins where the last one ended, so that any page costs the same."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.lookups import GreaterThan, LessThan

Ordering = tuple[str, ...]

# On SQLite Django would write a < x OR (a = x AND b < y), for which no index serves both columns. SQLite
# has known row values since 3.15.


class RowLessThan(TupleLessThan):
    """``(a, b) < (x, y)`` on every store."""

    def get_fallback_sql(self, compiler: Any, connection: Any) -> Any:
        return LessThan.as_sql(self, compiler, connection)


class RowGreaterThan(TupleGreaterThan):
    """``(a, b) > (x, y)`` on every store."""

    def get_fallback_sql(self, compiler: Any, connection: Any) -> Any:
        return GreaterThan.as_sql(self, compiler, connection)


def rows_after(queryset: QuerySet, ordering: Ordering, key: list[Any]) -> QuerySet:
    """The rows that come after ``key``: ``(a, b) < (…, …)``, which an index on (a, b) answers."""
    compare = RowLessThan if ordering[0].startswith("-") else RowGreaterThan
    columns = (F(name.removeprefix("-")) for name in ordering)
    return queryset.filter(compare(Tuple(*columns), key))


@lru_cache(maxsize=256)
def key_columns(
    model: type[Model], ordering: Ordering, unique_annotations: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The columns of the ordering: of the model, of what it refers to, or annotated by the queryset.

    Raises ``ImproperlyConfigured`` for an order in which rows could be lost or listed twice: its columns are
    never null, have one direction, and the last one is unique.
    """
    if len({name.startswith("-") for name in ordering}) != 1:
        raise ImproperlyConfigured(f"An ordering has one direction, unlike {ordering}.")
    columns = tuple(name.removeprefix("-") for name in ordering)
    paths = [_path(model, column) for column in columns]
    if any(field.null for path in paths for field in path):
        raise ImproperlyConfigured(
            f"A column that may be null would lose rows of {model.__name__}: {ordering}."
        )
    if columns[-1] not in unique_annotations and not (paths[-1] and paths[-1][-1].unique):
        raise ImproperlyConfigured(f"An ordering ends in a unique column, unlike {ordering}.")
    return columns


def _path(model: Any, column: str) -> list[Any]:
    """The model's fields on the way to ``column``; none for an annotation."""
    path: list[Any] = []
    for name in column.split("__"):
        try:
            path.append(model._meta.get_field(name))
        except FieldDoesNotExist:
            return []
        model = path[-1].related_model
    return path
