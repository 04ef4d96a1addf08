"""Keyset pagination: a page begins after the last key of the page before, so all pages cost the same."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.lookups import GreaterThan, LessThan

Ordering = tuple[str, ...]

# For SQLite Django would write a < x OR (a = x AND b < y), which cannot use an index on both columns. SQLite
# supports row values since 3.15.


class RowLessThan(TupleLessThan):
    """``(a, b) < (x, y)`` on both databases."""

    def get_fallback_sql(self, compiler: Any, connection: Any) -> Any:
        return LessThan.as_sql(self, compiler, connection)


class RowGreaterThan(TupleGreaterThan):
    """``(a, b) > (x, y)`` on both databases."""

    def get_fallback_sql(self, compiler: Any, connection: Any) -> Any:
        return GreaterThan.as_sql(self, compiler, connection)


def rows_after(queryset: QuerySet, ordering: Ordering, key: list[Any]) -> QuerySet:
    """The rows that come after ``key``: ``(a, b) < (…, …)``, which can use an index on (a, b)."""
    compare = RowLessThan if ordering[0].startswith("-") else RowGreaterThan
    columns = (F(name.removeprefix("-")) for name in ordering)
    return queryset.filter(compare(Tuple(*columns), key))


@lru_cache(maxsize=256)
def key_columns(
    model: type[Model], ordering: Ordering, unique_annotations: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The columns of the ordering: of the model, of related models, or annotations of the queryset.

    Raises ``ImproperlyConfigured`` if rows could be lost or repeated with this ordering: its columns must not
    be nullable, must all have one direction, and the last one must be unique.
    """
    if len({name.startswith("-") for name in ordering}) != 1:
        raise ImproperlyConfigured(f"All columns of an ordering must have the same direction: {ordering}.")
    columns = tuple(name.removeprefix("-") for name in ordering)
    paths = [_path(model, column) for column in columns]
    if any(field.null for path in paths for field in path):
        raise ImproperlyConfigured(
            f"A column that may be null would lose rows of {model.__name__}: {ordering}."
        )
    if columns[-1] not in unique_annotations and not (paths[-1] and paths[-1][-1].unique):
        raise ImproperlyConfigured(f"The last column of an ordering must be unique: {ordering}.")
    return columns


def _path(model: Any, column: str) -> list[Any]:
    """The fields along the path to ``column``; none for an annotation."""
    path: list[Any] = []
    for name in column.split("__"):
        try:
            path.append(model._meta.get_field(name))
        except FieldDoesNotExist:
            return []
        model = path[-1].related_model
    return path
