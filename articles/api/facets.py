"""Counts of statements by who said them, where they are printed, their kind and their date."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from heapq import nsmallest
from typing import Any

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from actors.models import Actor
from articles.models import Outlet
from articles.models.statement import Kind
from articles.querysets import StatementQuerySet
from newsdb.api.filters import FilterSet
from newsdb.api.freshness import Freshness
from newsdb.api.parameters import InvalidValueError, Parameter
from newsdb.api.plans import Row
from newsdb.api.problems import ParameterError
from newsdb.api.renderers import JSONRenderer
from newsdb.api.views import ListViewSet

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


class FacetSerializer(serializers.Serializer):
    """Counts by value, without the filter of the same name, so that the alternatives show too."""

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


class TimelineSerializer(serializers.Serializer):
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


BY = ByParameter(help_text=f"What to count by, separated by commas; required: {', '.join(FACETS)}.")


def _facet(counts: dict[Any, int], names: Callable[[list[Any]], Iterable[tuple[Any, str, str]]]) -> Row:
    """``counts`` by value, ``None`` for none; ``names`` gives each of the values listed, its key and name."""
    missing = counts.pop(None, 0)
    most = nsmallest(MOST, counts, key=lambda value: (-counts[value], value))
    buckets = [{"key": key, "name": name, "count": counts[value]} for value, key, name in names(most)]
    return {
        "buckets": sorted(buckets, key=lambda bucket: (-bucket["count"], bucket["key"])),
        "others": sum(counts.values()) - sum(counts[value] for value in most),
        "missing": missing,
    }


def by_speaker(statements: StatementQuerySet) -> Row:
    """The facet of who said it."""
    return _facet(
        statements.counts_by("speaker_id"),
        lambda ids: Actor.objects.filter(pk__in=ids).values_list("pk", "slug", "name"),
    )


def by_outlet(statements: StatementQuerySet) -> Row:
    """The facet of where it is printed."""
    return _facet(
        statements.counts_by("outlet_id"),
        lambda ids: Outlet.objects.filter(pk__in=ids).values_list("pk", "slug", "name"),
    )


def by_kind(statements: StatementQuerySet) -> Row:
    """The facet of the kind."""
    return _facet(
        statements.counts_by("kind"), lambda kinds: ((kind, kind, Kind(kind).label) for kind in kinds)
    )


def by_date(statements: StatementQuerySet, unit: str) -> Row:
    """The timeline in days, months or years."""
    periods: Counter[str] = Counter()
    rest = {"less_precise": 0, "undated": 0}
    for (day, precision), count in statements.counts_by("date", "date_precision").items():
        if day is None:
            rest["undated"] += count
        elif UNITS[precision] < UNITS[unit]:
            rest["less_precise"] += count
        else:
            periods[day.isoformat()[: UNITS[unit]]] += count
    latest = sorted(periods)[-LATEST:]
    return {
        "buckets": [{"key": period, "count": periods[period]} for period in latest],
        "others": periods.total() - sum(periods[period] for period in latest),
        **rest,
    }


COUNTED: dict[str, Callable[[StatementQuerySet], Row]] = {
    "speaker": by_speaker,
    "outlet": by_outlet,
    "kind": by_kind,
    **{unit: partial(by_date, unit=unit) for unit in UNITS},
}


class FacetedViewSet(ListViewSet):
    """Statements, which can be counted."""

    filterset_class: type[FilterSet]

    @action(
        detail=False,
        serializer_class=FacetsSerializer,
        detail_serializer_class=None,
        pagination_class=None,
        renderer_classes=[JSONRenderer],
        extra_parameters={
            "by": ByParameter(
                help_text=f"What to count by, separated by commas; required: {', '.join(FACETS)}."
            )
        },
    )
    def facets(self, request: Request) -> Response:
        """How many statements pass the filters, by speaker, outlet, kind, day, month or year.

        Speaker, outlet and kind are each counted without the filter of their own name and under all
        others, so that a choice shows its alternatives; timelines are counted under all filters.
        """
        if "by" not in self.parameters:
            raise ParameterError("by", "required", "by: say what to count by.", allowed=FACETS)
        freshness = Freshness(request)
        if unchanged := freshness.not_modified(request):
            return unchanged
        filterset = self.filterset_class(self.parameters)
        values = filterset.resolve()
        facets = {}
        for facet in self.parameters["by"]:
            others = {name: value for name, value in values.items() if name != facet}
            statements: Any = filterset.filter_queryset(self.get_queryset(), others)
            facets[facet] = COUNTED[facet](statements)
        return freshness.stamp(Response(facets))
