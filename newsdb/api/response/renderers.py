"""Renderers, and content negotiation."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any

import orjson
from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer

from newsdb.api.response.lines import csv_lines, json_lines


class JSONRenderer(BaseRenderer):
    """JSON by orjson, which serialises dates, times (``2024-10-23T12:00:00Z``) and UUIDs itself."""

    media_type = "application/json"
    format = "json"
    charset = None  # RFC 8259: always UTF-8, and not a parameter of the media type
    #: Whether the format needs all members of a record, so that ``fields`` and ``omit`` are refused.
    whole = False

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        # No body instead of `null`: a 304 with a Content-Length would leave the client waiting.
        return b"" if data is None else orjson.dumps(data, option=orjson.OPT_UTC_Z)


class LinesRenderer(JSONRenderer):
    """One record per line, for exports; anything else, such as the response to OPTIONS, is JSON."""

    #: Of the file's name, if it is not the format.
    extension = ""

    def lines(self, serializer: Any, rows: Iterable[Any], *, safe: bool = False, head: bool = True) -> bytes:
        """The rows as bytes. ``head`` is true for the first rows of an export."""
        raise NotImplementedError


class CSVRenderer(LinesRenderer):
    """RFC 4180 with flat columns; see ``newsdb.api.response.lines``."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def lines(self, serializer: Any, rows: Iterable[Any], *, safe: bool = False, head: bool = True) -> bytes:
        return csv_lines(serializer, rows, safe=safe, head=head)


class JSONLinesRenderer(LinesRenderer):
    """One JSON object per line."""

    media_type = "application/jsonl"
    format = "jsonl"

    def lines(self, serializer: Any, rows: Iterable[Any], *, safe: bool = False, head: bool = True) -> bytes:
        return json_lines(rows)


class ContentNegotiation(DefaultContentNegotiation):
    """``?format=`` overrides ``Accept``. For an unavailable format, a 406 lists those available."""

    def select_renderer(
        self, request: Any, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer and the media type for ``request``. Raises ``NotAcceptable``."""
        wanted = request.query_params.get("format") or None
        accept = request.META.get("HTTP_ACCEPT", "") if wanted is None else ""
        renderers = list(renderers)
        weighed = [(weight(accept, each.media_type), each) for each in renderers]
        acceptable = [(how, each) for how, each in weighed if how[0] > 0 and wanted in (None, each.format)]
        if not acceptable:
            offered = ", ".join(f"{each.media_type} (?format={each.format})" for each in renderers)
            raise NotAcceptable(f"Available formats: {offered}.")
        _, best = max(acceptable, key=itemgetter(0))  # the first, if several are equal
        return best, best.media_type


# Clients send few different headers, and parsing one takes longer than rendering a small page.
@lru_cache(maxsize=256)
def weight(accept: str, media_type: str) -> tuple[float, int]:
    """The quality that an Accept header gives a media type (0: not accepted), and the range's specificity.

    The most specific range that includes the type counts (RFC 9110, 12.5.1); its parameters are ignored. An
    empty header accepts everything; an invalid quality counts as 1.
    """
    main, _, sub = media_type.partition("/")
    ranges = [MediaType(each) for each in accept.split(",") if each.strip()] or [MediaType("*/*")]
    including = [r for r in ranges if (r.main_type, r.sub_type) in ((main, sub), (main, "*"), ("*", "*"))]
    if not including:
        return 0, 0
    best = max(including, key=attrgetter("specificity"))
    return (best.quality if best.quality >= 0 else 1), best.specificity
