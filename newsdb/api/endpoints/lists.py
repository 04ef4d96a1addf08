"""Lists: records of one kind, filtered, in pages or as an export."""

from collections.abc import Mapping
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.decorators import action
from rest_framework.exceptions import NotAcceptable
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from newsdb.api.endpoints.base import StrictView
from newsdb.api.endpoints.response_docs import Schema
from newsdb.api.exceptions import ParameterError
from newsdb.api.links import absolute
from newsdb.api.request.filters import FilterSet
from newsdb.api.request.parameters import ChoiceParameter, Parameter
from newsdb.api.response import export
from newsdb.api.response.conditional import ConditionalResponse
from newsdb.api.response.pagination import KeysetPagination, Page
from newsdb.api.response.renderers import JSONRenderer
from newsdb.api.rows.keyset import key_columns, rows_after
from newsdb.api.rows.reading import RowsAndKeys, read_fragments_and_keys, read_rows_and_keys
from newsdb.api.rows.serializers import RowSerializer
from newsdb.api.rows.shape import pruned, shape_parameters

#: The most rows that are counted one by one.
MOST_COUNTED = 20_000
COUNT = ChoiceParameter(
    choices=["on"],
    help_text="Adds `count` and `count_is_exact` to the page. Exact where an index has the number. Otherwise"
    f" the newest {MOST_COUNTED:,} are counted; `count_is_exact` is then false.",
)
SPREADSHEET = ChoiceParameter(
    choices=["safe"],
    help_text="In CSV: puts an apostrophe before cells that a spreadsheet would run as formulas, and a byte"
    " order mark at the beginning. The text is then no longer exact.",
)

#: What an export is, for its action.
EXPORT: Mapping[str, Any] = {
    "pagination_class": None,
    "renderer_classes": [*export.FORMATS.values()],
    "extra_parameters": {"spreadsheet": SPREADSHEET},
}


class ListViewSet(StrictView, GenericViewSet):
    """Lists of one kind of record, read without model instances.

    A list is filtered by ``filterset_class`` and sorted by ``ordering``: columns that are never null, all in
    one direction, the last one unique. The query parameters follow from these declarations: filters and
    pagination for actions that return several records, and ``fields`` and ``omit``.
    """

    serializer_class: type[RowSerializer]
    detail_serializer_class: type[RowSerializer] | None = None
    filterset_class: type[FilterSet] | None = None
    ordering: tuple[str, ...] = ("-id",)
    #: Annotations that are unique, so that an ordering may end with one.
    unique_annotations: frozenset[str] = frozenset()
    #: Additional parameters, by action.
    action_parameters: Mapping[str, Mapping[str, Parameter]] = {}
    #: Whether an action returns several records; None if that follows from ``detail``.
    collection: bool | None = None
    #: Whether clients may select members of the records with ``fields`` and ``omit``.
    prunable = True
    #: For the description: further members of a page, and of one that found nothing.
    page_schemas: Mapping[str, Schema] = {}
    empty_page_schemas: Mapping[str, Schema] = {}
    renderer_classes = [JSONRenderer]
    paginator: KeysetPagination | None
    #: The values that the filters look up, by parameter; set when they are applied.
    resolved: Mapping[str, Any] = {}

    @property
    def is_collection(self) -> bool:
        """Whether the action returns several records, so that filters and pagination apply."""
        if self.writes:
            return False
        return getattr(self, "detail", None) is False if self.collection is None else self.collection

    @property
    def reading_action(self) -> str | None:
        """The current action; for OPTIONS, the action of GET at the same URL."""
        return self.action_map.get("get") if self.action == "metadata" else self.action

    def known_parameters(self) -> dict[str, Parameter]:
        """All parameters of the action by name."""
        known: dict[str, Parameter] = {}
        if self.is_collection:
            known |= self.filterset_class.base_filters if self.filterset_class else {}
            known |= self.paginator.parameters if self.paginator else {}
        action = self.reading_action or ""
        known |= {**self.action_parameters.get(action, {}), **super().known_parameters()}
        if self.prunable and action in ("list", "retrieve", "export"):
            known |= shape_parameters(self.get_serializer_class())
        return known | {"count": COUNT} if action == "list" else known

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the request, including combinations of parameters."""
        super().initial(request, *args, **kwargs)
        media: Any = request.accepted_renderer
        if media.whole and (part := next((p for p in ("fields", "omit") if p in self.parameters), None)):
            raise ParameterError(part, "conflict", f"{part}: {media.format} needs the whole record.")
        if "count" in self.parameters and media.format != "json":
            raise ParameterError("count", "conflict", "count=on requires JSON: leave the format out.")

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Like the parent's, but if the format is one of the export's, the error gives the export's URL."""
        try:
            return super().perform_content_negotiation(request, force)
        except NotAcceptable:
            requested = request.query_params.get("format")
            if self.action != "list" or requested not in export.FORMATS or self.export is None:
                raise
            detail = (
                f"format={requested}: this is the list, in JSON. The export is at {self._export_address()}"
            )
            formats = [renderer.format for renderer in self.renderer_classes]
            raise ParameterError("format", "invalid", detail, allowed=formats) from None

    def _export_address(self) -> str:
        """The URL of the export with the request's filters."""
        paging = {"count", *KeysetPagination.parameters, *self.action_parameters.get("list", ())}
        query = [(name, texts) for name, texts in self.request.query_params.lists() if name not in paging]
        return absolute(f"{reverse(f'{self.basename}-export')}?{urlencode(query, doseq=True)}")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page of the records that pass the filters; 304 if the client already has it."""
        return ConditionalResponse(request).respond(self.render_list)

    def render_list(self) -> Response:
        """The requested page."""
        queryset = self.filter_queryset(self.get_queryset())
        page = self.get_page(queryset)
        return page.response(**self.get_page_members(queryset, page))

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the request's filters to ``queryset``, and set ``resolved``. Raises ``ParameterError``."""
        if self.filterset_class is None:
            return queryset
        filterset = self.filterset_class(self.parameters)
        self.resolved = filterset.resolve()
        return filterset.filter_queryset(queryset, self.resolved)

    def get_page(self, queryset: QuerySet) -> Page:
        """The requested page of ``queryset``, in the requested shape. Raises ``ParameterError``."""
        ordering = self.get_ordering()
        model: Any = queryset.model
        columns = key_columns(model, ordering, self.unique_annotations)

        def read(key: Any, limit: int) -> RowsAndKeys:
            rows = rows_after(queryset, ordering, key) if key else queryset
            return self.read_rows(self.get_first(rows, ordering, limit), columns)

        paginator: Any = self.paginator
        page: Page = paginator.page(self.request, self.parameters, ordering, read)
        return page

    def get_first(self, queryset: QuerySet, ordering: tuple[str, ...], limit: int) -> QuerySet:
        """The first ``limit`` rows of ``queryset`` in this order. Override it if there is a faster way."""
        return queryset.order_by(*ordering)[:limit]

    def read_rows(self, queryset: QuerySet, keys: tuple[str, ...]) -> RowsAndKeys:
        """The rows of ``queryset`` in the form that the renderer needs, and their keys."""
        media: Any = self.request.accepted_renderer
        read = read_fragments_and_keys if media.format == "json" else read_rows_and_keys
        return read(self.get_serializer_class(), queryset, keys, self.get_row_context())

    def get_row_context(self) -> Mapping[str, Any]:
        """Values from the request that computed fields need."""
        return {}

    def get_page_members(self, queryset: QuerySet, page: Page) -> dict[str, Any]:
        """Additional members of a page: with ``count``, the number of rows that match the filters."""
        if "count" not in self.parameters:
            return {}
        count, exact = self.count(queryset)
        return {"count": count, "count_is_exact": exact}

    def count(self, queryset: QuerySet) -> tuple[int, bool]:
        """The number of rows that match the filters, and whether it is exact. Override it to use an index."""
        if not self.filterset_class or not self.parameters.keys() & self.filterset_class.base_filters.keys():
            return queryset.count(), True
        counted = queryset.order_by(*self.get_ordering())[:MOST_COUNTED].count()
        return counted, counted < MOST_COUNTED

    @action(detail=False, **EXPORT)
    def export(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """Every record under the filters of the list, streamed as JSON Lines or CSV.

        The stream has records and nothing else. If it breaks off, the final chunk of its transfer coding is
        missing, which clients report.
        """
        media: Any = request.accepted_renderer
        if "spreadsheet" in self.parameters and media.format != "csv":
            raise ParameterError("spreadsheet", "conflict", "spreadsheet requires format=csv.")
        conditional = ConditionalResponse(request, shared=False)  # as long as the dataset, perhaps
        if unchanged := conditional.not_modified():
            return unchanged
        shape, queryset = self.get_serializer_class(), self.filter_queryset(self.get_queryset())
        chunks = export.chunks_of(queryset, shape, self.get_ordering())
        first = next(chunks, [])  # an error in the query is raised before the response begins
        safe = self.parameters.get("spreadsheet") == "safe"
        response = StreamingHttpResponse(
            export.lines_of(chain([first], chunks), shape, media, safe=safe),
            content_type=f"{media.media_type}; charset={media.charset}"
            if media.charset
            else media.media_type,
        )
        response["Dataset-Version"] = str(conditional.version)
        file = f"{self.basename}s.{media.extension or media.format}"
        response["Content-Disposition"] = f'attachment; filename="{file}"'
        if len(first) < export.CHUNK:
            response["Record-Count"] = str(len(first))
        return conditional.with_headers(response)

    def get_serializer_class(self) -> type[RowSerializer]:
        """The shape of the action's records. A write returns the detailed shape."""
        detailed = (self.detail or self.writes) and self.detail_serializer_class
        shape = detailed or self.serializer_class
        return pruned(shape, self.parameters) if {"fields", "omit"} & self.parameters.keys() else shape

    def get_ordering(self) -> tuple[str, ...]:
        """The order of a list."""
        return self.ordering
