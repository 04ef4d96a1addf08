"""Examples in the OpenAPI description: one record, in every form in which it can be had."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

from newsdb.api.links import absolute
from newsdb.api.response.renderers import LinesRenderer
from newsdb.api.rows.serializers import Row, RowSerializer

#: Where the examples would be, whatever the address of who describes them.
SITE = "https://news.example.org"
NEXT = f"{SITE}/api/v1/statements/?cursor=WyJh"


def as_json(value: Any) -> Any:
    """``value`` as it comes back from JSON."""
    return orjson.loads(orjson.dumps(value, option=orjson.OPT_UTC_Z))


def page_of(row: Row, properties: Mapping[str, Any]) -> Row:
    """A page with that one row; ``properties`` are those of a page, null where nothing is known better."""
    known = {"next": NEXT, "results": [row], "count": 26, "count_is_exact": True}
    return {name: known.get(name) for name in properties}


def written(renderer: type[BaseRenderer], serializer: type[RowSerializer], row: Row, view: Any) -> Any:
    """The record as ``renderer`` puts it out: text, or what its JSON holds."""
    if issubclass(renderer, LinesRenderer):
        return renderer().lines(serializer, [row]).decode()
    rendered: bytes = renderer().render(row, None, {"view": view})
    return orjson.loads(rendered.replace(absolute("/").encode(), f"{SITE}/".encode()))
