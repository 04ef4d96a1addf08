"""Examples in the OpenAPI description: one record, in every format.

A serializer declares an example of itself in ``Meta.example``, beside its fields; records that it embeds, and
its own address, are added. An input's example is shown as it is; a PATCH shows ``Meta.patch_example``. What
has another shape by the line declares that as ``Meta.line_shape``.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from django.core.exceptions import ImproperlyConfigured
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer

from newsdb.api.links import absolute, path_parts
from newsdb.api.response.renderers import LinesRenderer
from newsdb.api.rows.fields import Computed, Url
from newsdb.api.rows.reading import Row
from newsdb.api.rows.serializers import RowSerializer

#: Where the examples would be, whatever the address of who describes them.
SITE = "https://news.example.org"
NEXT = f"{SITE}/api/v1/statements/?cursor=WyJh"


def example_of(shape: Any) -> Row | None:
    """A record in the shape of a serializer, or of its class; None where it declares no example.

    Raises ``ImproperlyConfigured`` for a field of which the example says nothing.
    """
    if isinstance(shape, PolymorphicProxySerializer):
        shape = shape.serializers[0]
    serializer = shape() if isinstance(shape, type) else shape
    declared = getattr(getattr(serializer, "Meta", None), "example", None)
    if declared is None:
        return None
    example = {}
    for name, field in serializer.fields.items():
        value = declared.get(name)
        if name not in declared and field.required:
            value = _embedded(field, declared)
        if isinstance(value, type):
            value = example_of(value)
        if value is not None or name in declared:
            example[name] = value
        elif field.required:
            where = type(serializer).__name__
            raise ImproperlyConfigured(
                f"{where}.Meta.example has no {name!r}: add what the description shows."
            )
    return example


def input_example_of(serializer: Any, *, patch: bool) -> Any:
    """A body that ``serializer`` takes. Raises ``ImproperlyConfigured`` where it declares none."""
    option = "patch_example" if patch else "example"
    example = getattr(serializer.Meta, option, None)
    if example is None:
        name = type(serializer).__name__
        raise ImproperlyConfigured(f"{name}.Meta has no {option}: add what the description shows.")
    return example


def _embedded(field: Any, declared: Mapping[str, Any]) -> Any:
    """The example of a record that is a field of another, or of its address; None for any other field."""
    if isinstance(field, Url):
        before, after = path_parts(field.view_name)
        return f"{SITE}{before}{declared[field.columns[0]]}{after}"
    shape = field.output if isinstance(field, Computed) else field
    if isinstance(shape, serializers.ListSerializer):
        one = example_of(shape.child)
        return None if one is None else [one]
    return example_of(shape) if isinstance(shape, serializers.Serializer) else None


def json_value(value: Any) -> Any:
    """``value`` as it comes back from JSON."""
    return orjson.loads(orjson.dumps(value, option=orjson.OPT_UTC_Z))


def page_of(row: Row, properties: Mapping[str, Any]) -> Row:
    """A page with that one row; ``properties`` are those of a page, null where nothing is known better."""
    known = {"next": NEXT, "results": [row], "count": 26, "count_is_exact": True}
    return {name: known.get(name) for name in properties}


def rendered(renderer: type[BaseRenderer], serializer: type[RowSerializer], row: Row, view: Any) -> Any:
    """The record as ``renderer`` puts it out: text, or what its JSON holds."""
    if issubclass(renderer, LinesRenderer):
        shape = getattr(serializer.Meta, "line_shape", None)
        return renderer().lines(shape or serializer, [example_of(shape) if shape else row]).decode()
    body: bytes = renderer().render(row, None, {"view": view})
    return orjson.loads(body.replace(absolute("/").encode(), f"{SITE}/".encode()))
