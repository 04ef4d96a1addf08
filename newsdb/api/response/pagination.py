"""Pagination by cursor: ``{"next": …, "results": […]}`` and a ``Link`` header (RFC 8288)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb.api.exceptions import ParameterError
from newsdb.api.links import absolute
from newsdb.api.request import cursors
from newsdb.api.request.parameters import IntegerParameter, Parameter, TextParameter
from newsdb.api.rows.reading import RowsAndKeys

DEFAULT_LIMIT, MAX_LIMIT = 25, 100
#: Parameters that affect neither the rows of a list nor their order.
_NOT_IN_SCOPE = {"limit", "cursor", "count", "format", "fields", "omit", "spreadsheet"}

#: Reads rows after a key, or from the beginning if None, up to a limit. Returns the rows and their keys.
Read = Callable[[list[Any] | None, int], RowsAndKeys]


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page, and the URL of the next page, if there is one."""

    rows: list[Any]
    next: str | None

    def response(self, **members: Any) -> Response:
        """The page as a response, with additional members."""
        headers = {"Link": f'<{self.next}>; rel="next"'} if self.next else None
        return Response({"next": self.next, "results": self.rows, **members}, headers=headers)


class KeysetPagination(BasePagination):
    """Reads the requested page of a list, and makes the cursor of the next."""

    parameters: Mapping[str, Parameter] = {
        # The schema has no default, since generated clients would send it.
        "limit": IntegerParameter(
            minimum=1, maximum=MAX_LIMIT, help_text=f"Rows per page; default {DEFAULT_LIMIT}."
        ),
        "cursor": TextParameter(
            max_length=1000,
            help_text="Where the page begins; part of the address in `next` of the previous page.",
        ),
    }

    def page(
        self, request: Request, parameters: Mapping[str, Any], ordering: tuple[str, ...], read: Read
    ) -> Page:
        """The page that ``parameters`` ask for, of the list in this order. Raises ``ParameterError``."""
        limit = parameters.get("limit", DEFAULT_LIMIT)
        cursor = parameters.get("cursor")
        rows, keys = read(
            _decode_key(cursor, _cursor_scope(request, ordering)) if cursor else None, limit + 1
        )
        if len(rows) <= limit:
            return Page(rows, None)
        return Page(
            rows[:limit],
            _next_url(request, cursors.encode(_cursor_scope(request, ordering), keys[limit - 1])),
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The JSON Schema of a page, given that of its list of rows."""
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "The next page's address; null on the last page.",
                },
                "results": schema,
            },
        }


def _cursor_scope(request: Request, ordering: tuple[str, ...]) -> str:
    """The digest of the list, order and filters, for which a cursor is valid."""
    filters = sorted(
        (name, sorted(set(texts)))
        for name, texts in request.query_params.lists()
        if name not in _NOT_IN_SCOPE
    )
    return cursors.scope_of(request.path_info, ordering, filters)


def _decode_key(cursor: str, scope: str) -> list[Any]:
    try:
        cursor_scope, key = cursors.decode(cursor)
    except ValueError:
        raise ParameterError(
            "cursor", "invalid", "cursor: take it unchanged from `next` of a page."
        ) from None
    if cursor_scope != scope:
        raise ParameterError(
            "cursor", "other_list", "cursor: it belongs to a list with other filters or in another order."
        )
    return key


def _next_url(request: Request, cursor: str) -> str:
    pairs = [(name, texts) for name, texts in request.query_params.lists() if name != "cursor"]
    return absolute(f"{request.path}?{urlencode([*pairs, ('cursor', cursor)], doseq=True)}")
