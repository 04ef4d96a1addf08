"""The queryset, and the natural key, that every model of the dataset builds on."""

from typing import Any

from django.db import models

from newsdb.models.fields import KeyField


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

    def _keys_of(self, names: Any) -> list[KeyField]:
        return [f for f in self.model._meta.fields if isinstance(f, KeyField) and f.source in names]

    def update(self, **kwargs: Any) -> int:
        """As Django's; a source of a key must be given as text, so that its key can follow.

        Raises ``TypeError`` for an expression there.
        """
        for field in self._keys_of(kwargs):
            value = kwargs[field.source]
            if isinstance(value, str):
                kwargs[field.name] = field.key(value)
            elif field.name not in kwargs:
                raise TypeError(f"{field.source} is looked up by {field.name}: update it with text.")
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        objs, keys = list(objs), self._keys_of(fields)
        for obj in objs:
            for field in keys:
                field._fill(obj)
        return super().bulk_update(objs, [*fields, *(key.name for key in keys)], batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined]


class NaturalKey(models.Model):
    """A model whose ``natural_key_fields`` (look-up paths) tell its rows apart outside this database."""

    natural_key_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        return tuple(_follow(self, name) for name in self.natural_key_fields)


def _follow(row: Any, path: str) -> Any:
    for step in path.split("__"):
        row = None if row is None else getattr(row, step)
    return row if row is None or isinstance(row, str | int) else str(row)
