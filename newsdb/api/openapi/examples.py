"""Examples in the OpenAPI description: one record in each format.

A serializer declares its example in ``Meta.example``; nested records and the record's own URL are added. An
input's example is shown unchanged; a PATCH shows ``Meta.patch_example``. If a record has another shape in CSV
and JSON Lines, ``Meta.line_shape`` declares it.
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

#: The base of URLs in examples, whatever this instance's PUBLIC_URL.
SITE = "https://news.example.org"
NEXT = f"{SITE}/api/v1/statements/?cursor=WyJh"


def example_of(shape: Any) -> Row | None:
    """The example record of a serializer or its class; None if it declares no example.

    Raises ``ImproperlyConfigured`` if the example lacks a required field.
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
    """The example body of an input. Raises ``ImproperlyConfigured`` if it declares none."""
    option = "patch_example" if patch else "example"
    example = getattr(serializer.Meta, option, None)
    if example is None:
        name = type(serializer).__name__
        raise ImproperlyConfigured(f"{name}.Meta has no {option}: add what the description shows.")
    return example


def _embedded(field: Any, declared: Mapping[str, Any]) -> Any:
    """The example for a nested record or the record's URL; None for other fields."""
    if isinstance(field, Url):
        before, after = path_parts(field.view_name)
        return f"{SITE}{before}{declared[field.columns[0]]}{after}"
    shape = field.output if isinstance(field, Computed) else field
    if isinstance(shape, serializers.ListSerializer):
        one = example_of(shape.child)
        return None if one is None else [one]
    return example_of(shape) if isinstance(shape, serializers.Serializer) else None


def json_value(value: Any) -> Any:
    """``value`` serialised to JSON and parsed again."""
    return orjson.loads(orjson.dumps(value, option=orjson.OPT_UTC_Z))


def page_of(row: Row, properties: Mapping[str, Any]) -> Row:
    """A page with this one row. Other ``properties`` of the page without a known example are null."""
    known = {"next": NEXT, "results": [row], "count": 26, "count_is_exact": True}
    return {name: known.get(name) for name in properties}


def rendered(renderer: type[BaseRenderer], serializer: type[RowSerializer], row: Row, view: Any) -> Any:
    """The record as rendered by ``renderer``: text, or parsed JSON."""
    if issubclass(renderer, LinesRenderer):
        shape = getattr(serializer.Meta, "line_shape", None)
        return renderer().lines(shape or serializer, [example_of(shape) if shape else row]).decode()
    body: bytes = renderer().render(row, None, {"view": view})
    return orjson.loads(body.replace(absolute("/").encode(), f"{SITE}/".encode()))
