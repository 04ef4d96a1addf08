"""Pages by cursor: ``{"next": …, "results": […]}`` and a ``Link`` header (RFC 8288)."""

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
#: Parameters that do not decide which rows a list has, nor in which order.
PRESENTATION = {"limit", "cursor", "count", "format", "fields", "omit", "spreadsheet"}

#: Reads rows after a key, or from the beginning, at most so many; and the key of each.
Read = Callable[[list[Any] | None, int], RowsAndKeys]


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, and the address of the next if there is one."""

    rows: list[Any]
    next: str | None

    def response(self, **members: Any) -> Response:
        """The page as a response, with further members."""
        headers = {"Link": f'<{self.next}>; rel="next"'} if self.next else None
        return Response({"next": self.next, "results": self.rows, **members}, headers=headers)


class KeysetPagination(BasePagination):
    """Which page of a list is asked for, and where the next one begins."""

    parameters: Mapping[str, Parameter] = {
        # Not as its schema's default, which generated clients would send along with count=on.
        "limit": IntegerParameter(
            minimum=1, maximum=MAX_LIMIT, help_text=f"Rows per page; default {DEFAULT_LIMIT}."
        ),
        "cursor": TextParameter(
            max_length=1000,
            help_text="Where the page begins; part of the address in `next` of the page before.",
        ),
    }

    def page(
        self, request: Request, parameters: Mapping[str, Any], ordering: tuple[str, ...], read: Read
    ) -> Page:
        """The page of the list in this order that ``parameters`` ask for. Raises ``ParameterError``."""
        limit = parameters.get("limit", DEFAULT_LIMIT)
        cursor = parameters.get("cursor")
        rows, keys = read(_key(cursor, _scope(request, ordering)) if cursor else None, limit + 1)
        if len(rows) <= limit:
            return Page(rows, None)
        return Page(rows[:limit], _next(request, cursors.encode(_scope(request, ordering), keys[limit - 1])))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page's JSON Schema, given that of its rows."""
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


def _scope(request: Request, ordering: tuple[str, ...]) -> str:
    """The list that a cursor belongs to."""
    filters = sorted(
        (name, sorted(set(texts))) for name, texts in request.query_params.lists() if name not in PRESENTATION
    )
    return cursors.scope_of(request.path_info, ordering, filters)


def _key(cursor: str, scope: str) -> list[Any]:
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


def _next(request: Request, cursor: str) -> str:
    pairs = [(name, texts) for name, texts in request.query_params.lists() if name != "cursor"]
    return absolute(f"{request.path}?{urlencode([*pairs, ('cursor', cursor)], doseq=True)}")
