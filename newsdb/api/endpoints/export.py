"""Every record that passes the filters, as one stream."""

from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.decorators import action
from rest_framework.request import Request

from newsdb.api.endpoints.views import ListViewSet
from newsdb.api.exceptions import ParameterError
from newsdb.api.links import absolute
from newsdb.api.request.parameters import ChoiceParameter
from newsdb.api.response.freshness import Freshness
from newsdb.api.response.pagination import after
from newsdb.api.response.renderers import CSVRenderer, JSONLinesRenderer, LinesRenderer
from newsdb.api.rows.serializers import Row, RowSerializer

CHUNK = 1000

SPREADSHEET = ChoiceParameter(
    choices=["safe"],
    help_text="In CSV: an apostrophe before what a spreadsheet would run as a formula; no longer exact.",
)
FORMATS = {renderer.format: renderer for renderer in (JSONLinesRenderer, CSVRenderer)}


class ExportMixin(ListViewSet):
    """Adds ``export/`` to a list."""

    basename: str

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """As for any view; who asks the list for a format of its export is told where that is."""
        written = request.query_params.get("format")
        if self.action == "list" and written in FORMATS and not force:
            detail = f"format={written}: this is the list, in JSON. The export is at {self._export(request)}"
            formats = [renderer.format for renderer in self.renderer_classes]
            raise ParameterError("format", "invalid", detail, allowed=formats)
        return super().perform_content_negotiation(request, force)

    def _export(self, request: Request) -> str:
        """The address of the export under the filters of the request."""
        paginator: Any = self.paginator
        paging = {"count", *paginator.parameters()}
        query = [(name, texts) for name, texts in request.query_params.lists() if name not in paging]
        return absolute(f"{reverse(f'{self.basename}-export')}?{urlencode(query, doseq=True)}")

    @action(
        detail=False,
        pagination_class=None,
        renderer_classes=[*FORMATS.values()],
        extra_parameters={"spreadsheet": SPREADSHEET},
    )
    def export(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """Every record under the filters of the list, streamed as JSON Lines or CSV.

        The stream holds records and nothing else. One that breaks off ends without the last chunk of its
        transfer coding, which clients report.
        """
        media: Any = request.accepted_renderer
        if "spreadsheet" in self.parameters and media.format != "csv":
            raise ParameterError("spreadsheet", "conflict", "spreadsheet goes with CSV: add format=csv.")
        freshness = Freshness(request)
        if unchanged := freshness.not_modified(request):
            return unchanged
        chunks = chunks_of(
            self.filter_queryset(self.get_queryset()), self.get_serializer_class(), self.get_ordering()
        )
        first = next(chunks, [])  # what is wrong with the query shows before the answer begins
        charset = f"; charset={media.charset}" if media.charset else ""
        lines = self._lines(chain([first], chunks), media)
        response = StreamingHttpResponse(lines, content_type=media.media_type + charset)
        response["Dataset-Version"] = str(freshness.version)
        if len(first) < CHUNK:
            response["Record-Count"] = str(len(first))
        return freshness.stamp(response)

    def _lines(self, chunks: Iterator[list[Row]], media: LinesRenderer) -> Iterator[bytes]:
        safe = self.parameters.get("spreadsheet") == "safe"
        for number, rows in enumerate(chunks):
            yield media.lines(self.get_serializer_class(), rows, safe=safe, head=number == 0)


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
