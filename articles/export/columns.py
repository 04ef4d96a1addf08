"""Converts rows of a release to rows of a database table: checks and completes them without models.

It works on batches, column by column, which is fast.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from types import NoneType
from typing import Any

from articles.export.dataset import Public
from articles.export.naming import Names, names_in
from articles.export.tables import CHECKS, Column
from newsdb.models.bulk_columns import BulkColumns, passes, text_check

#: The ids of referenced rows by name, for each foreign key.
Found = Mapping[Any, Mapping[Any, int]]
#: The values of a batch, by column.
Cells = Mapping[str, Sequence[Any]]

#: The JSON types of a column's type, besides null.
_TYPES: Mapping[str, set[type]] = {"integer": {int}, "number": {int, float}, "boolean": {bool}}
#: Conversions of values that a store writes differently from JSON.
_CONVERSIONS: dict[str, dict[str, Callable[[str], str]]] = {
    "sqlite": {
        "uuid": lambda value: value.replace("-", ""),
        "datetime": lambda value: value[:-1].replace("T", " ").removesuffix(".000000"),
    },
    "postgresql": {},
}


class Columns:
    """How rows of ``public`` are written to the table in the store of ``connection``.

    Rows accepted by ``taken`` would also pass the model's own validation. Others must be validated by the
    model, which is much slower but says what is wrong.
    """

    def __init__(self, public: Public, connection: Any) -> None:
        self.public = public
        fields = {f.name: f for f in public.model._meta.concrete_fields}
        self._own = {
            name: fields[name]
            for name, path in public.columns.items()
            if path == name and name not in public.derived
        }
        columns = public.table.columns
        self._given = [column.name for column in columns]
        self._values_of = itemgetter(*self._given)
        self._checks = [(column.name, _batch_check(column, self._own.get(column.name))) for column in columns]
        conversions = _CONVERSIONS[connection.vendor]
        self._converted = [(c.name, conversions.get(c.type)) for c in columns if c.name in self._own]
        self._references = [(key, tuple(columns)) for key, columns in public.references.items()]
        references = [key.name for key in public.references]
        self._written = BulkColumns(public.model, [*self._own, *references], connection)
        self.names = self._written.names

    def taken(self, rows: Sequence[Any]) -> bool:
        """Whether all rows, as read from JSON, are certainly valid for this table."""
        try:
            cells = self.cells(rows)
        except (KeyError, TypeError):
            return False
        return {*map(len, rows)} == {len(cells)} and all(takes(cells[name]) for name, takes in self._checks)

    def cells(self, rows: Sequence[dict[str, Any]]) -> Cells:
        """The values of rows by column."""
        return dict(zip(self._given, zip(*map(self._values_of, rows), strict=True), strict=True))

    def found(self, cells: Cells, names: Names) -> Found:
        """The ids of the rows that these refer to."""
        return {
            key: names.ids(
                key.related_model, tuple(self.public.references[key].values()), names_in(cells, columns)
            )
            for key, columns in self._references
        }

    def resolved(self, cells: Cells, found: Found) -> bool:
        """Whether all references of these rows were found."""
        for key, columns in self._references:
            known = found[key]
            for place, name in enumerate(names_in(cells, columns)):
                if name not in known and any(cells[column][place] is not None for column in columns):
                    return False
        return True

    def rows(self, ids: Iterable[int], cells: Cells, found: Found) -> Iterable[tuple[Any, ...]]:
        """Yield the rows to write, with columns in the order of ``names``."""
        given: list[Iterable[Any]] = []
        for name, convert in self._converted:
            values = cells[name]
            given.append([value and convert(value) for value in values] if convert else values)
        given += (map(found[key].get, names_in(cells, columns)) for key, columns in self._references)
        return self._written.rows(ids, given, cells)


def _batch_check(column: Column, field: Any) -> Callable[[Sequence[Any]], bool]:
    """Return a check of values for a column; ``field`` is None for a reference or a derived column."""
    types = {NoneType, *_TYPES.get(column.type, {str})}
    takes = _value_check(column, field)
    # Types first: in a set True equals 1, and a list is not hashable.
    return lambda values: types.issuperset(map(type, values)) and all(map(takes, set(values)))


def _value_check(column: Column, field: Any) -> Callable[[Any], bool]:
    right = CHECKS[column.type]
    if field is None:
        return lambda value: column.nullable if value is None else right(value)
    if field.choices or column.type == "string":
        return text_check(field)
    unknown = field.null and (field.blank or not field.editable)
    return lambda value: unknown if value is None else right(value) and passes(value, field.validators)
