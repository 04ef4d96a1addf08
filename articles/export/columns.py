"""What rows of a release become in the columns of a table: checked, converted, completed, without models."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from articles.export.dataset import Public
from articles.export.naming import Names, name_in
from articles.export.tables import CHECKS, Column
from newsdb.models.fields import KeyField

#: By foreign key, the ids of rows by their names.
Found = Mapping[Any, Mapping[Any, int]]

#: Where a store takes a value otherwise than JSON has it.
_CONVERSIONS: dict[str, dict[str, Callable[[str], str]]] = {
    "sqlite": {
        "uuid": lambda value: value.replace("-", ""),
        "datetime": lambda value: value[:-1].replace("T", " ").removesuffix(".000000"),
    },
    "postgresql": {},
}


class Columns:
    """How rows of ``public`` are written to its table in the store of ``connection``.

    A row that is ``taken`` is one that the model's own validation would take, too. Of any other the model has
    to say what is wrong with it, if anything; that is slower by far.
    """

    def __init__(self, public: Public, connection: Any) -> None:
        self.public = public
        fields = {f.name: f for f in public.model._meta.concrete_fields if not f.generated}
        self._own = {
            name: fields.pop(name)
            for name, path in public.columns.items()
            if path == name and name not in public.derived
        }
        columns = public.table.columns
        self._checks = [(column.name, _taken(column, self._own.get(column.name))) for column in columns]
        conversions = _CONVERSIONS[connection.vendor]
        self._converted = [(c.name, conversions.get(c.type)) for c in columns if c.name in self._own]
        self._references = [(key, tuple(columns)) for key, columns in public.references.items()]
        self._keys = [field for field in fields.values() if isinstance(field, KeyField)]
        self._connection = connection
        followed = {"id", *(key.name for key in self._keys), *(key.name for key in public.references)}
        same = [field for field in fields.values() if field.name not in followed]
        self._same = tuple(field.get_db_prep_save(field.get_default(), connection) for field in same)
        written = [*self._own.values(), *self._keys, *public.references, *same]
        self.names = ["id", *(field.column for field in written)]

    def taken(self, row: Any) -> bool:
        """Whether a row as read from JSON is one of this table, beyond doubt."""
        try:
            return len(row) == len(self._checks) and all(takes(row[name]) for name, takes in self._checks)
        except (KeyError, TypeError):
            return False

    def found(self, rows: list[dict[str, Any]], names: Names) -> Found:
        """The rows that these ones refer to."""
        return {
            key: names.ids(key.related_model, self._paths(key), (name_in(row, columns) for row in rows))
            for key, columns in self._references
        }

    def resolved(self, row: dict[str, Any], found: Found) -> bool:
        """Whether all that the row refers to was found."""
        return all(
            name_in(row, columns) in found[key] or all(row[column] is None for column in columns)
            for key, columns in self._references
        )

    def values(self, id: int, row: dict[str, Any], found: Found) -> list[Any]:
        """What is written of the row, in the order of ``names``."""
        values: list[Any] = [id]
        for name, convert in self._converted:
            value = row[name]
            values.append(value if convert is None or value is None else convert(value))
        for field in self._keys:
            key = field.key(*(row[source] for source in field.sources))
            values.append(field.get_db_prep_save(key, self._connection))
        values += (found[key].get(name_in(row, columns)) for key, columns in self._references)
        values += self._same
        return values

    def _paths(self, key: Any) -> tuple[str, ...]:
        return tuple(self.public.references[key].values())


def _taken(column: Column, field: Any) -> Callable[[Any], bool]:
    """Tells whether a value is right for a column that ``field`` holds, or none: it refers, or is derived."""
    right = CHECKS[column.type]
    if field is None:
        return lambda value: column.nullable if value is None else right(value)
    if field.choices:
        choices = {value for value, _ in field.flatchoices} | ({""} if field.blank else set())
        return lambda value: value in choices
    validators = [each for each in field.validators if not isinstance(each, MaxLengthValidator)]
    unknown = field.null and (field.blank or not field.editable)
    if column.type == "string":
        longest = field.max_length or float("inf")

        def taken(value: Any) -> bool:
            if not value:
                return unknown if value is None else value == "" and field.blank
            return right(value) and len(value) <= longest and "\0" not in value and _valid(value, validators)

        return taken
    return lambda value: unknown if value is None else right(value) and _valid(value, validators)


def _valid(value: Any, validators: list[Callable[[Any], None]]) -> bool:
    try:
        for validate in validators:
            validate(value)
    except ValidationError:
        return False
    return True
