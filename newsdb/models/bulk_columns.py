"""Completes and checks rows that are written in bulk, without an instance of the model for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from newsdb.models.fields import KeyField


class BulkColumns:
    """The columns of a model's rows: the id, those given, keys computed from those, defaults for the rest.

    ``given`` names fields. ``names`` are all columns, in the order of the rows.
    """

    def __init__(self, model: Any, given: Sequence[str], connection: Any) -> None:
        fields = {f.name: f for f in model._meta.concrete_fields if not f.generated and not f.primary_key}
        own = [fields.pop(name) for name in given]
        self._keys = [
            field
            for field in fields.values()
            if isinstance(field, KeyField) and not set(given).isdisjoint(field.sources)
        ]
        same = [field for field in fields.values() if field not in self._keys]
        self._same = tuple(field.get_db_prep_save(field.get_default(), connection) for field in same)
        self._connection = connection
        self.names = ["id", *(str(field.column) for field in [*own, *self._keys, *same])]

    def rows(
        self, ids: Iterable[int], given: Sequence[Iterable[Any]], texts: Mapping[str, Sequence[str]]
    ) -> Iterable[tuple[Any, ...]]:
        """Yield the rows to write.

        ``given`` are the values of each given column, in the database's form; ``texts`` are those of the
        fields that keys are computed from.
        """
        written = [ids, *given]
        for field in self._keys:
            keys = map(field.key, *(texts[source] for source in field.sources))
            written.append([field.get_db_prep_save(key, self._connection) for key in keys])
        return zip(*written, *map(repeat, self._same), strict=False)


def text_check(field: Any) -> Callable[[Any], bool]:
    """A check for values of a text field, which accepts none that the field's validation would refuse."""
    if field.choices:
        return ({value for value, _ in field.flatchoices} | ({""} if field.blank else set())).__contains__
    validators = [each for each in field.validators if not isinstance(each, MaxLengthValidator)]
    longest = field.max_length or float("inf")
    unknown = field.null and (field.blank or not field.editable)

    def takes(value: Any) -> bool:
        if not value:
            return unknown if value is None else field.blank
        return len(value) <= longest and "\0" not in value and passes(value, validators)

    return takes


def passes(value: Any, validators: Iterable[Callable[[Any], None]]) -> bool:
    """Whether no validator refuses the value."""
    try:
        for validate in validators:
            validate(value)
    except ValidationError:
        return False
    return True
