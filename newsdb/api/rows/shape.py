"""``fields`` and ``omit``: the part of a record that a client wants, in the SQL as in the response."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from newsdb.api.exceptions import ParameterError
from newsdb.api.request.parameters import InvalidValueError, Parameter
from newsdb.api.rows.serializers import RowSerializer


class FieldsParameter(Parameter):
    """Names of members, separated by commas; its value is a ``frozenset``."""

    def __init__(self, *, names: tuple[str, ...], help_text: str) -> None:
        super().__init__(help_text=help_text)
        self.names = names

    def parse(self, text: str) -> frozenset[str]:
        chosen = text.split(",")
        if unknown := [name for name in chosen if name not in self.names]:
            raise InvalidValueError(f"there is no field {unknown[0][:40]!r}.", allowed=self.names)
        return frozenset(chosen)

    def schema(self) -> dict[str, Any]:
        one = f"({'|'.join(self.names)})"
        return {"type": "string", "pattern": f"^{one}(,{one})*$", "examples": [",".join(self.names[:2])]}


@lru_cache(maxsize=64)
def shape_parameters(serializer: type[RowSerializer]) -> Mapping[str, Parameter]:
    """``fields`` and ``omit`` for records of this shape."""
    names = tuple(serializer().fields)
    return {
        "fields": FieldsParameter(names=names, help_text="Only these fields, separated by commas."),
        "omit": FieldsParameter(names=names, help_text="All fields but these, separated by commas."),
    }


def pruned(serializer: type[RowSerializer], parameters: Mapping[str, Any]) -> type[RowSerializer]:
    """The shape that ``parameters`` ask for. Raises ``ParameterError`` when nothing would be left."""
    fields, omit = parameters.get("fields"), parameters.get("omit", frozenset())
    every = frozenset(serializer().fields)
    shown = (every if fields is None else fields) - omit
    if not shown:
        raise ParameterError("omit", "conflict", "fields and omit leave no field to show.")
    return _only(serializer, shown)


@lru_cache(maxsize=1024)
def _only(serializer: type[RowSerializer], shown: frozenset[str]) -> type[RowSerializer]:
    def get_fields(self: Any) -> dict[str, Any]:
        fields = serializer.get_fields(self)
        return {name: field for name, field in fields.items() if name in shown}

    return type(serializer.__name__, (serializer,), {"__doc__": serializer.__doc__, "get_fields": get_fields})
