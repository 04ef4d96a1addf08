"""Counts of statements by who said them, where they are printed, their kind and their date."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from heapq import nsmallest
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from actors.models import Actor
from articles.api.counting import NEWEST, Counting, Counts, Names, total
from articles.models import Outlet, Statement
from articles.models.statement import UNDATED, Kind
from newsdb.api.endpoints.lists import ListViewSet
from newsdb.api.exceptions import ParameterError
from newsdb.api.request.filters import FilterSet
from newsdb.api.request.parameters import ChoiceParameter, InvalidValueError, Parameter
from newsdb.api.response.conditional import ConditionalResponse
from newsdb.api.response.renderers import JSONRenderer
from newsdb.api.rows.reading import Row
from newsdb.models.remembered import remembered

#: How many buckets are listed; the rest is one number.
MOST = 100
LATEST = 366

#: How many characters of a day name the unit.
UNITS = {"day": 10, "month": 7, "year": 4}
FACETS = ("speaker", "outlet", "kind", *UNITS)


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


class BucketSerializer(serializers.Serializer):
    """How many statements have one value."""

    key = serializers.CharField(help_text="The value, as the filter of that name takes it.")
    name = serializers.CharField(help_text="What it is called.")
    count = serializers.IntegerField(min_value=0, help_text="How many statements have it.")


class CountedSerializer(serializers.Serializer):
    """Of how many statements the counts are."""

    counted = serializers.IntegerField(
        min_value=0, help_text="How many statements were counted, which is what all counts here add up to."
    )
    complete = serializers.BooleanField(
        help_text="Whether these are all that pass the filters. If not, they are the newest"
        f" {NEWEST:,}: no more are read one by one, and no index has their counts."
    )


class FacetSerializer(CountedSerializer):
    """Counts by value, under all filters; with `others=on` without the filter of the same name."""

    buckets = BucketSerializer(
        many=True,
        help_text=f"The {MOST} values that most statements have; those with most first, then by key.",
    )
    others = serializers.IntegerField(min_value=0, help_text="How many statements have a value not listed.")
    missing = serializers.IntegerField(min_value=0, help_text="How many have none.")


class PeriodSerializer(serializers.Serializer):
    """How many statements are of one day, month or year."""

    key = serializers.CharField(help_text="As the filter `date` takes it.")
    count = serializers.IntegerField(min_value=0, help_text="How many statements are of it.")


class TimelineSerializer(CountedSerializer):
    """Counts by date, under all filters."""

    buckets = PeriodSerializer(
        many=True, help_text=f"The latest {LATEST} days, months or years that have statements, oldest first."
    )
    others = serializers.IntegerField(min_value=0, help_text="How many statements are of earlier ones.")
    less_precise = serializers.IntegerField(
        min_value=0, help_text="How many have a date that does not say which: a year has no month."
    )
    undated = serializers.IntegerField(min_value=0, help_text="How many have no date.")


class FacetsSerializer(serializers.Serializer):
    """The facets asked for, and no others."""

    speaker = FacetSerializer(required=False, help_text="By who said it; missing: unnamed.")
    outlet = FacetSerializer(required=False, help_text="By where it is printed.")
    kind = FacetSerializer(required=False, help_text="By kind.")
    day = TimelineSerializer(required=False, help_text="By day.")
    month = TimelineSerializer(required=False, help_text="By month.")
    year = TimelineSerializer(required=False, help_text="By year.")

    class Meta:
        example = {
            "kind": {
                "counted": 1,
                "complete": True,
                "buckets": [{"key": "direct", "name": "Direct", "count": 1}],
                "others": 0,
                "missing": 0,
            },
            "month": {
                "counted": 1,
                "complete": True,
                "buckets": [{"key": "2025-02", "count": 1}],
                "others": 0,
                "less_precise": 0,
                "undated": 0,
            },
        }


BY = ByParameter(help_text=f"What to count by, separated by commas; required: {', '.join(FACETS)}.")


#: From values to those with their keys and names.
Naming = Callable[[list[Any]], Iterable[tuple[Any, str, str]]]


def _row(counts: Counts, **members: Any) -> Row:
    return {"counted": sum(counts.by_value.values()), "complete": counts.complete, **members}


def _facet(counts: Counts, names: Naming) -> Row:
    """By value, ``None`` for none; ``names`` gives each of the values listed, its key and name."""
    numbers = {value: count for value, count in counts.by_value.items() if value is not None}
    most = nsmallest(MOST, numbers, key=lambda value: (-numbers[value], value))
    buckets = [{"key": key, "name": name, "count": numbers[value]} for value, key, name in names(most)]
    return _row(
        counts,
        buckets=sorted(buckets, key=lambda bucket: (-bucket["count"], bucket["key"])),
        others=sum(numbers.values()) - sum(numbers[value] for value in most),
        missing=counts.by_value.get(None, 0),
    )


def _timeline(counts: Counts, unit: str) -> Row:
    """In days, months or years, by the values of ``sort_date`` and, but for years, ``date_precision``."""
    periods: Counter[str] = Counter()
    rest = {"less_precise": 0, "undated": 0}
    for value, count in counts.by_value.items():
        day, precision = value if isinstance(value, tuple) else (value, unit)
        if day == UNDATED:
            rest["undated"] += count
        elif UNITS[precision] < UNITS[unit]:
            rest["less_precise"] += count
        else:
            periods[day.isoformat()[: UNITS[unit]]] += count
    latest = sorted(periods)[-LATEST:]
    return _row(
        counts,
        buckets=[{"key": period, "count": periods[period]} for period in latest],
        others=periods.total() - sum(periods[period] for period in latest),
        **rest,
    )


def _slugs(model: Any) -> Naming:
    return lambda ids: model.objects.filter(pk__in=ids).values_list("pk", "slug", "name")


def _kinds(kinds: list[str]) -> Iterable[tuple[str, str, str]]:
    return ((kind, kind, Kind(kind).label) for kind in kinds)


@dataclass(frozen=True)
class Facet:
    """Which columns are counted by, and what is made of the counts."""

    columns: tuple[str, ...]
    row: Callable[[Counts], Row]


COUNTED = {
    "speaker": Facet(("speaker",), partial(_facet, names=_slugs(Actor))),
    "outlet": Facet(("outlet",), partial(_facet, names=_slugs(Outlet))),
    "kind": Facet(("kind",), partial(_facet, names=_kinds)),
    "day": Facet(("sort_date", "date_precision"), partial(_timeline, unit="day")),
    "month": Facet(("sort_date", "date_precision"), partial(_timeline, unit="month")),
    # No date is less precise than a year.
    "year": Facet(("sort_date",), partial(_timeline, unit="year")),
}


@remembered(2 * len(FACETS))
def of_everything(name: str, jointly: bool) -> Row:
    """A facet of all that is public."""
    facet = COUNTED[name]
    return facet.row(Counting(lambda _: Statement.objects.public(), jointly=jointly).by(facet.columns, ()))


class FacetedViewSet(ListViewSet):
    """Statements, which can be counted."""

    filterset_class: type[FilterSet]

    def count(self, queryset: QuerySet) -> tuple[int, bool]:
        """As the facets are counted; under no filters, what is remembered."""
        counting, filters = self._counting()
        if not filters:
            return total(), True
        counts = counting.by(("sort_date",), filters)
        return sum(counts.by_value.values()), counts.complete

    def _counting(self, *, jointly: bool = False) -> tuple[Counting, Names]:
        """What counts the statements of the request, and the names of its filters."""
        filterset = self.filterset_class(self.parameters)
        values = filterset.resolve()

        def select(names: Names) -> Any:
            return filterset.filter_queryset(self.get_queryset(), {name: values[name] for name in names})

        return Counting(select, jointly=jointly), tuple(values)

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
                help_text="on: speaker, outlet and kind are each counted without the filter of their own"
                " name, so that the alternatives to it are counted too.",
            ),
            "distinct": ChoiceParameter(
                choices=["joint"],
                help_text="joint: the rows of a joint statement, one per speaker, are counted as one.",
            ),
        },
    )
    def facets(self, request: Request) -> HttpResponse:
        """How many statements pass the filters, by speaker, outlet, kind, day, month or year.

        Exact where an index has the numbers. Otherwise the newest 20,000 are counted; `complete` is then
        false. For a menu of alternatives, add `others=on`.
        """
        if "by" not in self.parameters:
            raise ParameterError("by", "required", "by: say what to count by.", allowed=FACETS)
        return ConditionalResponse(request).respond(self._count)

    def _count(self) -> Response:
        jointly = self.parameters.get("distinct") == "joint"
        counting, filters = self._counting(jointly=jointly)
        facets, menu = {}, self.parameters.get("others") == "on"
        for name in self.parameters["by"]:
            facet = COUNTED[name]
            under = tuple(other for other in filters if not (menu and other == name))
            facets[name] = (
                facet.row(counting.by(facet.columns, under)) if under else of_everything(name, jointly)
            )
        return Response(facets)
