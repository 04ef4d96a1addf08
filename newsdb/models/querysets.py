"""The base classes of the dataset's querysets and models."""

import heapq
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, Self

from django.db import connections, models
from django.db.models.sql.datastructures import BaseTable
from django.db.models.sql.where import AND

from newsdb.models.fields import KeyField
from newsdb.models.validation import validated_constraints


def _key_fields(model: type[models.Model], names: Iterable[str]) -> list[KeyField]:
    """The key fields of ``model`` that are named in ``names`` or computed from a field named there."""
    named, fields = set(names), model._meta.fields
    return [f for f in fields if isinstance(f, KeyField) and named & {f.name, *f.sources}]


class _IndexedTable(BaseTable):
    """A table in a query, with the index that SQLite must read it by."""

    def __init__(self, table_name: str, alias: Any, index: str = "") -> None:
        super().__init__(table_name, alias)
        self.index = index

    def relabeled_clone(self, change_map: Any) -> Any:
        """The same table and index, in a subquery."""
        clone: Any = super().relabeled_clone(change_map)
        clone.index = self.index
        return clone

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, params = super().as_sql(compiler, connection)
        return (f"{sql} INDEXED BY {connection.ops.quote_name(self.index)}" if self.index else sql), params


class QuerySet(models.QuerySet):
    """Updates the model's ``KeyField``s in bulk writes, and finds rows by natural key."""

    def get_by_natural_key(self, *values: Any) -> Any:
        """The row whose ``natural_key_fields`` have these values, in order. ``None`` matches null."""
        names = self.model.natural_key_fields  # type: ignore[attr-defined]
        known = {
            (f"{name}__isnull" if value is None else name): True if value is None else value
            for name, value in zip(names, values, strict=True)
        }
        return self.get(**known)

    def matching(self, column: str, lookup: str, value: Any) -> Self:
        """A much faster ``filter(<column>__<lookup>=value)``, for columns of the table itself only."""
        rows = self.all()
        meta = self.model._meta
        field: Any = meta.pk if column == "pk" else meta.get_field(column)
        condition = field.get_lookup(lookup)(field.get_col(rows.query.get_initial_alias()), value)
        rows.query.where.add(condition, AND)
        return rows

    def by_index(self, name: str) -> Self:
        """The same rows, but SQLite must use this index.

        SQLite may overestimate the cost of the index, because it assumes that generated columns must be read
        from the table. PostgreSQL needs no such hint.
        """
        rows = self.all()
        if connections[self.db].vendor == "sqlite":
            alias = rows.query.get_initial_alias()
            rows.query.alias_map[alias] = _IndexedTable(self.model._meta.db_table, alias, name)
        return rows

    def first_of_each(
        self, column: str, values: Iterable[Any], ordering: tuple[str, ...], limit: int
    ) -> models.QuerySet:
        """The first ``limit`` rows, in this order, of those whose ``column`` has one of ``values``.

        An index has the statements of one speaker in order, but not those of several: the database would read
        and sort all of them. So the first rows for each value are read and merged. All columns of
        ``ordering`` must have the same direction.
        """
        names = [name.removeprefix("-") for name in ordering]
        each = self.order_by(*ordering).values_list("pk", *names)
        pages = [each.filter(**{column: value})[:limit] for value in dict.fromkeys(values)]
        merged = heapq.merge(*pages, key=itemgetter(slice(1, None)), reverse=ordering[0].startswith("-"))
        chosen = [row[0] for row in islice(merged, limit)]
        return self.model._base_manager.filter(pk__in=chosen).order_by(*ordering)

    def bulk_create(
        self,
        objs: Any,
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Any = None,
        unique_fields: Any = None,
    ) -> Any:
        if update_fields:
            keys = _key_fields(self.model, update_fields)
            update_fields = [*update_fields, *(key.name for key in keys)]
        return super().bulk_create(
            objs, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
        )

    def update(self, **kwargs: Any) -> int:
        """Like Django's, but also updates the keys computed from the fields given.

        Raises ``TypeError`` if only some of a key's sources are given or one is not plain text, and if a key
        is given without its sources.
        """
        for field in _key_fields(self.model, kwargs):
            values = [kwargs.get(name) for name in field.sources]
            if all(isinstance(value, str) for value in values):
                kwargs[field.name] = field.key(*values)
            elif field.name not in kwargs or not any(values):  # bulk_update passes both, as expressions
                names = " and ".join(field.sources)
                raise TypeError(
                    f"{field.name} is computed from {names}: update all of them at once, with text."
                )
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        objs, keys = list(objs), _key_fields(self.model, fields)
        for obj in objs:
            for field in keys:
                field.fill(obj)
        return super().bulk_update(objs, [*fields, *(key.name for key in keys)], batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined]


class NaturalKey(models.Model):
    """A model whose ``natural_key_fields`` (lookup paths) identify its rows outside this database."""

    natural_key_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        return tuple(_value_at(self, name) for name in self.natural_key_fields)

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]:
        return [(model, validated_constraints(model)) for model, _ in super().get_constraints()]

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Like Django's, but adds to ``update_fields`` the keys computed from the fields in it."""
        if (names := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*names, *(key.name for key in _key_fields(type(self), names))}
        super().save_base(*args, **kwargs)

    save_base.alters_data = True  # type: ignore[attr-defined]


def _value_at(row: Any, path: str) -> Any:
    for step in path.split("__"):
        row = None if row is None else getattr(row, step)
    return row if row is None or isinstance(row, str | int) else str(row)
