"""Facets under the filters of a list."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.counting import Names, StatementCounter, count_public
from articles.api.facets import FACET_BY_NAME, facet_of_all
from articles.api.serializers.facets import FACETS, FacetsSerializer
from newsdb.api.endpoints.lists import ListViewSet
from newsdb.api.exceptions import ParameterError
from newsdb.api.request.filters import FilterSet
from newsdb.api.request.parameters import ChoiceParameter, InvalidValueError, Parameter
from newsdb.api.response.conditional import ConditionalResponse
from newsdb.api.response.renderers import JSONRenderer


class ByParameter(Parameter):
    """Names of facets, separated by commas; its value is a tuple, without duplicates."""

    required = True

    def parse(self, text: str) -> tuple[str, ...]:
        chosen = tuple(dict.fromkeys(text.split(",")))
        if not set(chosen) <= set(FACETS):
            raise InvalidValueError(f"choose from {', '.join(FACETS)}.", allowed=FACETS)
        return chosen

    def schema(self) -> dict[str, Any]:
        one = f"({'|'.join(FACETS)})"
        return {"type": "string", "pattern": f"^{one}(,{one})*$", "examples": ["speaker,month"]}


class FacetedViewSet(ListViewSet):
    """Statements, which can be counted."""

    filterset_class: type[FilterSet]

    def count(self, queryset: QuerySet) -> tuple[int, bool]:
        """Counted as facets are; without filters, the cached total."""
        counter, filters = self._counter()
        if not filters:
            return count_public(), True
        counts = counter.by(("sort_date",), filters)
        return sum(counts.by_value.values()), counts.is_exact

    def _counter(self, *, distinct: str = "") -> tuple[StatementCounter, Names]:
        """The counter of the statements of the request, and the names of its filters."""
        filterset = self.filterset_class(self.parameters)
        values = filterset.resolve()

        def select(names: Names) -> Any:
            return filterset.filter_queryset(self.get_queryset(), {name: values[name] for name in names})

        return StatementCounter(select, distinct=distinct), tuple(values)

    @action(
        detail=False,
        serializer_class=FacetsSerializer,
        detail_serializer_class=None,
        pagination_class=None,
        renderer_classes=[JSONRenderer],
        extra_parameters={
            "by": ByParameter(
                help_text=f"What to count by, separated by commas; required: {', '.join(FACETS)}."
            ),
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
    def facets(self, request: Request) -> HttpResponse:
        """How many statements pass the filters, by speaker, outlet, kind, day, month or year.

        Exact where an index has the numbers. Otherwise the newest 20,000 are counted; `complete` is then
        false. For a menu of alternatives, add `others=on`.
        """
        if "by" not in self.parameters:
            raise ParameterError("by", "required", "`by` is required.", allowed=FACETS)
        return ConditionalResponse(request).respond(self._count)

    def _count(self) -> Response:
        distinct = self.parameters.get("distinct", "")
        counter, filters = self._counter(distinct=distinct)
        facets, menu = {}, self.parameters.get("others") == "on"
        for name in self.parameters["by"]:
            facet = FACET_BY_NAME[name]
            under = tuple(other for other in filters if not (menu and other == name))
            facets[name] = (
                facet.row(counter.by(facet.columns, under)) if under else facet_of_all(name, distinct)
            )
        return Response(facets)
