"""Facets for a list, under its filters."""

import re
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.counting import Names, StatementCounter
from articles.api.crossing import CrossedCounts
from articles.api.facets import FACET_BY_NAME, facet_of_all
from articles.api.serializers.facets import FACETS, PAIRS, FacetsSerializer, count_shape
from articles.models.holdings import count_public
from newsdb.api.endpoints.lists import SPREADSHEET, ListViewSet
from newsdb.api.exceptions import ParameterError
from newsdb.api.request.filters import FilterSet
from newsdb.api.request.parameters import ChoiceParameter, InvalidValueError, Parameter
from newsdb.api.response import export
from newsdb.api.response.conditional import ConditionalResponse
from newsdb.api.response.pagination import KeysetPagination
from newsdb.api.response.renderers import CSVRenderer, JSONRenderer


class ByParameter(Parameter):
    """Names of facets, separated by commas; its value is a tuple, without duplicates."""

    required = True

    def parse(self, text: str) -> tuple[str, ...]:
        if text in PAIRS:
            return (text,)
        chosen = tuple(dict.fromkeys(text.split(",")))
        if not set(chosen) <= set(FACETS):
            allowed = (
                f"{', '.join(FACETS)}; or cross two of them, only one of them a date, as in speaker*month"
            )
            raise InvalidValueError(f"choose from {allowed}.", allowed=[*FACETS, *PAIRS])
        return chosen

    def schema(self) -> dict[str, Any]:
        one, two = f"({'|'.join(FACETS)})", f"({'|'.join(map(re.escape, PAIRS))})"
        return {
            "type": "string",
            "pattern": f"^({one}(,{one})*|{two})$",
            "examples": ["speaker,month", "speaker*month"],
        }


class FacetedViewSet(ListViewSet):
    """Statements, which can be counted."""

    filterset_class: type[FilterSet]

    def count(self, queryset: QuerySet) -> tuple[int, bool]:
        """Count the rows as facets do; without filters, use the cached total."""
        counter, filters = self._counter()
        if not filters:
            return count_public(), True
        counts = counter.by(("sort_date",), filters)
        return sum(counts.by_value.values()), counts.is_exact

    def _counter(self, **options: Any) -> tuple[StatementCounter, Names]:
        """A counter for the statements of the request, with its options, and the names of the filters."""
        filterset = self.filterset_class(self.parameters)
        values = filterset.resolve()

        def select(names: Names) -> Any:
            return filterset.filter_queryset(self.get_queryset(), {name: values[name] for name in names})

        return StatementCounter(select, **options), tuple(values)

    @action(
        detail=False,
        serializer_class=FacetsSerializer,
        detail_serializer_class=None,
        pagination_class=None,
        renderer_classes=[JSONRenderer, CSVRenderer],
        extra_parameters={
            "by": ByParameter(
                help_text=f"What to count by, separated by commas; required: {', '.join(FACETS)}. Or two of"
                " them crossed, as in speaker*month, for a table."
            ),
            **KeysetPagination.parameters,
            "spreadsheet": SPREADSHEET,
            "others": ChoiceParameter(
                choices=["on"],
                help_text="on: speaker, outlet and kind are each counted without the filter of the same"
                " name, so that its alternatives are counted too.",
            ),
            "distinct": ChoiceParameter(
                choices=["joint", "words"],
                help_text="joint: the rows of a joint statement, one per speaker, are counted as one. words:"
                " the same words of the same speaker, such as those of an agency, are counted as one.",
            ),
        },
    )
    def facets(self, request: Request) -> HttpResponseBase:
        """How many statements pass the filters, by speaker, outlet, kind, day, month or year.

        Exact where an index has the numbers. Otherwise the newest 20,000 are counted; `complete` is then
        false. For a menu of alternatives, add `others=on`.

        Two facets crossed, or one with `limit` or as CSV, are a table: in `results` a row for every value or
        pair that statements have, the most frequent first; JSON in pages, CSV as a whole.
        """
        if "by" not in self.parameters:
            raise ParameterError("by", "required", "`by` is required.", allowed=[*FACETS, *PAIRS])
        conditional, media = ConditionalResponse(request), self._media()
        if media.format == "csv":
            return conditional.not_modified() or conditional.with_headers(self._csv(media))
        return conditional.respond(self._table if self._is_table else self._count)

    @property
    def _is_table(self) -> bool:
        return self.parameters["by"][0] in PAIRS or bool({"limit", "cursor"} & self.parameters.keys())

    def _media(self) -> Any:
        """The requested format. Raises ``ParameterError`` for parameters that conflict with it."""
        media: Any = self.request.accepted_renderer
        csv = media.format == "csv"
        if "spreadsheet" in self.parameters and not csv:
            raise ParameterError("spreadsheet", "conflict", "spreadsheet requires format=csv.")
        if part := next((name for name in ("limit", "cursor") if csv and name in self.parameters), None):
            raise ParameterError(part, "conflict", f"{part}: CSV has all rows at once.")
        if (csv or self._is_table) and len(self.parameters["by"]) > 1:
            detail = "A table is by one facet, or by two that are crossed, as in speaker*month."
            raise ParameterError("by", "conflict", f"by: {detail}")
        if (csv or self._is_table) and "others" in self.parameters:
            raise ParameterError("others", "conflict", "others: a table always applies all filters.")
        return media

    def _crossed(self) -> CrossedCounts:
        counter, filters = self._counter()
        names = tuple(self.parameters["by"][0].split("*"))
        distinct = self.parameters.get("distinct", "")
        return CrossedCounts.of(counter.select(filters), filters, names, distinct)

    def _table(self) -> Response:
        table = self._crossed()
        page = KeysetPagination().page(self.request, self.parameters, ("-count", *table.names), table.read)
        return page.response(complete=table.complete)

    def _csv(self, media: Any) -> StreamingHttpResponse:
        table = self._crossed()
        chunks, shape = table.chunks(), count_shape(table.names)
        first = next(chunks)  # so that errors are raised before the response begins
        safe = self.parameters.get("spreadsheet") == "safe"
        lines = export.lines_of(chain([first], chunks), shape, media, safe=safe)
        response = StreamingHttpResponse(lines, content_type=f"{media.media_type}; charset={media.charset}")
        name = "-by-".join(("statements", *table.names))
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        response["Counts-Complete"] = str(table.complete).lower()
        return response

    def _count(self) -> Response:
        distinct, chosen = self.parameters.get("distinct", ""), self.parameters["by"]
        asked = {FACET_BY_NAME[name].columns for name in chosen}
        counter, filters = self._counter(distinct=distinct, asked=asked)
        facets, menu = {}, self.parameters.get("others") == "on"
        for name in chosen:
            facet = FACET_BY_NAME[name]
            under = tuple(other for other in filters if not (menu and other == name))
            facets[name] = (
                facet.row(counter.by(facet.columns, under)) if under else facet_of_all(name, distinct)
            )
        return Response(facets)
