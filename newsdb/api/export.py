"""Every record that passes the filters, as one stream."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.decorators import action
from rest_framework.request import Request

from newsdb.api.flat import csv_lines, json_lines
from newsdb.api.freshness import Freshness
from newsdb.api.pagination import after
from newsdb.api.parameters import ChoiceParameter
from newsdb.api.renderers import CSVRenderer, JSONLinesRenderer
from newsdb.api.rows import Row, RowSerializer
from newsdb.api.views import ListViewSet

CHUNK = 1000

END = ChoiceParameter(
    choices=["mark", "omit"],
    help_text='Whether JSON Lines end in `{"end": {"rows": n, "version": v}}`: mark (the default) or omit.',
)


class ExportMixin(ListViewSet):
    """Adds ``export/`` to a list."""

    @action(
        detail=False,
        pagination_class=None,
        renderer_classes=[JSONLinesRenderer, CSVRenderer],
        extra_parameters={"end": END},
    )
    def export(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """Every record under the filters of the list, streamed as JSON Lines or CSV.

        JSON Lines end in a line `{"end": {"rows": n, "version": v}}`: a stream without it is broken. A
        broken CSV stream ends without the last chunk of its transfer coding, which clients report.
        """
        freshness = Freshness(request)
        if unchanged := freshness.not_modified(request):
            return unchanged
        media: Any = request.accepted_renderer
        chunks = chunks_of(
            self.filter_queryset(self.get_queryset()), self.get_serializer_class(), self.get_ordering()
        )
        first = next(chunks, [])  # what is wrong with the query shows before the answer begins
        lines = self._lines(chain([first], chunks), media.format, freshness.version)
        response = StreamingHttpResponse(lines, content_type=media.media_type)
        return freshness.stamp(response)

    def _lines(self, chunks: Iterator[list[Row]], media: str, version: int) -> Iterator[bytes]:
        count = 0
        for number, rows in enumerate(chunks):
            count += len(rows)
            if media == "csv":
                safe = self.parameters.get("spreadsheet") == "safe"
                yield csv_lines(self.get_serializer_class(), rows, safe=safe, head=number == 0)
            else:
                yield json_lines(rows)
        if media == "jsonl" and self.parameters.get("end") != "omit":
            yield json_lines([{"end": {"rows": count, "version": version}}])


def chunks_of(
    queryset: QuerySet, serializer: type[RowSerializer], ordering: tuple[str, ...]
) -> Iterator[list[Row]]:
    """The rows of ``queryset`` by the thousand, each chunk a query of its own, by key: memory stays flat."""
    columns = tuple(name.removeprefix("-") for name in ordering)
    rest = queryset.order_by(*ordering)
    while True:
        rows, keys = serializer.rows_and_keys(rest[:CHUNK], columns)
        if rows:
            yield rows
        if len(rows) < CHUNK:
            return
        rest = after(queryset, ordering, list(keys[-1])).order_by(*ordering)
