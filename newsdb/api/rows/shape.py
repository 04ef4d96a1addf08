"""``fields`` and ``omit``: the members that a client wants. Only they are read from the database."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsdb.api.exceptions import ParameterError
from newsdb.api.request.parameters import InvalidValueError, Parameter
from newsdb.api.rows.serializers import RowSerializer


class FieldsParameter(Parameter):
    """Names of members, separated by commas. Its value is a tuple in that order without duplicates."""

    def __init__(self, *, names: tuple[str, ...], help_text: str) -> None:
        super().__init__(help_text=help_text)
        self.names = names

    def parse(self, text: str) -> tuple[str, ...]:
        chosen = text.split(",")
        if unknown := [name for name in chosen if name not in self.names]:
            raise InvalidValueError(f"there is no field {unknown[0][:40]!r}.", allowed=self.names)
        return tuple(dict.fromkeys(chosen))

    def schema(self) -> dict[str, Any]:
        one = f"({'|'.join(map(re.escape, self.names))})"
        return {"type": "string", "pattern": f"^{one}(,{one})*$", "examples": [",".join(self.names[:2])]}


@lru_cache(maxsize=64)
def shape_parameters(serializer: type[RowSerializer]) -> Mapping[str, Parameter]:
    """The parameters ``fields`` and ``omit`` for records of this shape."""
    names = tuple(_names(serializer()))
    return {
        "fields": FieldsParameter(
            names=names,
            help_text="Only these fields, separated by commas; in CSV, columns in this order. Use a dot for"
            " a field of an object, for example: speaker.name.",
        ),
        "omit": FieldsParameter(names=names, help_text="Fields to leave out, separated by commas."),
    }


def _names(serializer: RowSerializer, before: str = "") -> Iterator[str]:
    """The names of all members, each followed by those nested in it, as in ``speaker.name``."""
    for name, field in serializer.fields.items():
        yield f"{before}{name}"
        if isinstance(field, RowSerializer):
            yield from _names(field, f"{before}{name}.")


def pruned(serializer: type[RowSerializer], parameters: Mapping[str, Any]) -> type[RowSerializer]:
    """The shape that ``fields`` and ``omit`` ask for. Raises ``ParameterError`` if no member is left."""
    shape = _shape_with(serializer, parameters.get("fields"), parameters.get("omit", ()))
    if not shape().fields:
        raise ParameterError("omit", "conflict", "fields and omit leave no field to show.")
    return shape


@lru_cache(maxsize=1024)
def _shape_with(
    serializer: type[RowSerializer], shown: tuple[str, ...] | None, omitted: tuple[str, ...]
) -> type[RowSerializer]:
    """The shape with the members ``shown`` (None: all), in that order, but without those ``omitted``."""

    def get_fields(self: Any) -> dict[str, Any]:
        fields = serializer.get_fields(self)
        names = fields if shown is None else dict.fromkeys(name.partition(".")[0] for name in shown)
        chosen = {name: _part_of(name, fields[name], shown, omitted) for name in names}
        return {name: field for name, field in chosen.items() if field is not None}

    return type(serializer.__name__, (serializer,), {"__doc__": serializer.__doc__, "get_fields": get_fields})


def _part_of(name: str, field: Any, shown: tuple[str, ...] | None, omitted: tuple[str, ...]) -> Any:
    """The field to show for a member: the whole field, an object with only some members, or None."""
    if name in omitted:
        return None
    inner = None if shown is None or name in shown else _paths_below(name, shown)
    left_out = _paths_below(name, omitted)
    if inner is None and not left_out:
        return field
    shape: Any = type(field)
    part = _shape_with(shape, inner, left_out)(**field._kwargs)
    return part if part.fields else None


def _paths_below(name: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths that begin with ``name``, relative to it."""
    return tuple(path.removeprefix(f"{name}.") for path in paths if path.startswith(f"{name}."))
