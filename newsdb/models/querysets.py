"""The queryset, and the natural key, that every model of the dataset builds on."""

import heapq
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, Self

from django.db import connections, models
from django.db.models.sql.datastructures import BaseTable
from django.db.models.sql.where import AND

from newsdb.models.constraints import checks_together
from newsdb.models.fields import KeyField


def _keys_of(model: type[models.Model], names: Iterable[str]) -> list[KeyField]:
    """The fields of ``model`` that follow one of those named, and those named themselves."""
    named, fields = set(names), model._meta.fields
    return [f for f in fields if isinstance(f, KeyField) and named & {f.name, *f.sources}]


class _IndexedTable(BaseTable):
    """A table of a query, with the index to read it by."""

    def __init__(self, table_name: str, alias: str, index: str = "") -> None:
        super().__init__(table_name, alias)
        self.index = index

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, params = super().as_sql(compiler, connection)
        return (f"{sql} INDEXED BY {connection.ops.quote_name(self.index)}" if self.index else sql), params


class QuerySet(models.QuerySet):
    """Carries the model's ``KeyField``s along with bulk writes, and finds rows by natural key."""

    def get_by_natural_key(self, *values: Any) -> Any:
        """The row whose ``natural_key_fields`` have these values, in order; ``None`` stands for unknown."""
        names = self.model.natural_key_fields  # type: ignore[attr-defined]
        known = {
            (f"{name}__isnull" if value is None else name): True if value is None else value
            for name, value in zip(names, values, strict=True)
        }
        return self.get(**known)

    def matching(self, column: str, lookup: str, value: Any) -> Self:
        """As ``filter(<column>__<lookup>=value)`` for the table's own column, which takes far longer."""
        rows = self.all()
        meta = self.model._meta
        field: Any = meta.pk if column == "pk" else meta.get_field(column)
        condition = field.get_lookup(lookup)(field.get_col(rows.query.get_initial_alias()), value)
        rows.query.where.add(condition, AND)
        return rows

    def by_index(self, name: str) -> Self:
        """The same rows, which SQLite reads by this index.

        It takes an index for more than it is where it thinks that columns which are computed must be read
        from the table. PostgreSQL knows better.
        """
        rows = self.all()
        if connections[self.db].vendor == "sqlite":
            alias = rows.query.get_initial_alias()
            rows.query.alias_map[alias] = _IndexedTable(self.model._meta.db_table, alias, name)
        return rows

    def first_of_each(
        self, column: str, values: Iterable[Any], ordering: tuple[str, ...], limit: int
    ) -> models.QuerySet:
        """The first ``limit`` rows in this order, given that ``column`` has one of ``values`` in all of them.

        No index has the newest of several speakers' statements in order: a store would read and sort all of
        them. Those of each it has; so the first of each are read, and merged. ``ordering`` has one direction.
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
            keys = _keys_of(self.model, update_fields)
            update_fields = [*update_fields, *(key.name for key in keys)]
        return super().bulk_create(
            objs, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
        )

    def update(self, **kwargs: Any) -> int:
        """As Django's; the sources of a key must be given together and as text, so that it can follow.

        Raises ``TypeError`` where they are not, and for a key without its sources.
        """
        for field in _keys_of(self.model, kwargs):
            values = [kwargs.get(name) for name in field.sources]
            if all(isinstance(value, str) for value in values):
                kwargs[field.name] = field.key(*values)
            elif field.name not in kwargs or not any(values):  # bulk_update gives both, as expressions
                names = " and ".join(field.sources)
                raise TypeError(
                    f"{field.name} is computed from {names}: update all of them at once, with text."
                )
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        objs, keys = list(objs), _keys_of(self.model, fields)
        for obj in objs:
            for field in keys:
                field.fill(obj)
        return super().bulk_update(objs, [*fields, *(key.name for key in keys)], batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined]


class NaturalKey(models.Model):
    """A model whose ``natural_key_fields`` (look-up paths) tell its rows apart outside this database."""

    natural_key_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        return tuple(_follow(self, name) for name in self.natural_key_fields)

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]:
        return [(model, checks_together(constraints)) for model, constraints in super().get_constraints()]

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; a key is saved with its sources also where only some fields are saved."""
        if (names := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*names, *(key.name for key in _keys_of(type(self), names))}
        super().save_base(*args, **kwargs)

    save_base.alters_data = True  # type: ignore[attr-defined]


def _follow(row: Any, path: str) -> Any:
    for step in path.split("__"):
        row = None if row is None else getattr(row, step)
    return row if row is None or isinstance(row, str | int) else str(row)
