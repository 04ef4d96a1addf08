"""``fields`` and ``omit``: the part of a record that a client wants, in the SQL as in the response."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsdb.api.exceptions import ParameterError
from newsdb.api.request.parameters import InvalidValueError, Parameter
from newsdb.api.rows.serializers import RowSerializer


class FieldsParameter(Parameter):
    """Names of members, separated by commas; its value is a tuple in that order, each once."""

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
    """``fields`` and ``omit`` for records of this shape."""
    names = tuple(_names(serializer()))
    return {
        "fields": FieldsParameter(
            names=names,
            help_text="Only these fields, separated by commas; in CSV, columns in this order. A dot leads"
            " into an object, as in: speaker.name.",
        ),
        "omit": FieldsParameter(names=names, help_text="All fields but these, separated by commas."),
    }


def _names(serializer: RowSerializer, before: str = "") -> Iterator[str]:
    """The names of members, and below each object those of its own."""
    for name, field in serializer.fields.items():
        yield f"{before}{name}"
        if isinstance(field, RowSerializer):
            yield from _names(field, f"{before}{name}.")


def pruned(serializer: type[RowSerializer], parameters: Mapping[str, Any]) -> type[RowSerializer]:
    """The shape that ``parameters`` ask for. Raises ``ParameterError`` when nothing would be left."""
    shape = _only(serializer, parameters.get("fields"), parameters.get("omit", ()))
    if not shape().fields:
        raise ParameterError("omit", "conflict", "fields and omit leave no field to show.")
    return shape


@lru_cache(maxsize=1024)
def _only(
    serializer: type[RowSerializer], shown: tuple[str, ...] | None, omitted: tuple[str, ...]
) -> type[RowSerializer]:
    """The shape with the members ``shown``, or all, in their order, and without those ``omitted``."""

    def get_fields(self: Any) -> dict[str, Any]:
        fields = serializer.get_fields(self)
        names = fields if shown is None else dict.fromkeys(name.partition(".")[0] for name in shown)
        chosen = {name: _part_of(name, fields[name], shown, omitted) for name in names}
        return {name: field for name, field in chosen.items() if field is not None}

    return type(serializer.__name__, (serializer,), {"__doc__": serializer.__doc__, "get_fields": get_fields})


def _part_of(name: str, field: Any, shown: tuple[str, ...] | None, omitted: tuple[str, ...]) -> Any:
    """The member as it is shown: whole, of an object only some members, or None."""
    if name in omitted:
        return None
    inner = None if shown is None or name in shown else _below(name, shown)
    left_out = _below(name, omitted)
    if inner is None and not left_out:
        return field
    shape: Any = type(field)
    part = _only(shape, inner, left_out)(**field._kwargs)
    return part if part.fields else None


def _below(name: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    """What these paths name of the members of ``name``."""
    return tuple(path.removeprefix(f"{name}.") for path in paths if path.startswith(f"{name}."))
