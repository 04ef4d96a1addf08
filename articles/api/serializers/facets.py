"""Facets: counts by value and by date."""

from functools import cache
from itertools import permutations

from rest_framework import serializers

from actors.api.serializers import ActorReferenceSerializer
from articles.api.counting import NEWEST
from articles.api.serializers.outlets import OutletReferenceSerializer
from articles.models.choices import Kind

#: The most buckets listed; the others are added up.
MOST = 100
LATEST = 366

#: How many characters of an ISO date identify the unit.
UNITS = {"day": 10, "month": 7, "year": 4}
FACETS = ("speaker", "outlet", "kind", *UNITS)
#: The pairs of facets that can be crossed: at most one of them is a date.
PAIRS = tuple(
    f"{first}*{second}" for first, second in permutations(FACETS, 2) if not {first, second} <= set(UNITS)
)


class BucketSerializer(serializers.Serializer):
    """How many statements have one value."""

    key = serializers.CharField(help_text="The value to pass to the filter of that name.")
    name = serializers.CharField(help_text="The value's display name.")
    count = serializers.IntegerField(min_value=0, help_text="How many statements have this value.")


class CountedSerializer(serializers.Serializer):
    """How many statements were counted."""

    counted = serializers.IntegerField(
        min_value=0, help_text="How many statements were counted; all counts here add up to it."
    )
    complete = serializers.BooleanField(
        help_text=f"Whether all statements that pass the filters were counted. If not, the newest {NEWEST:,}"
        " were, since no index has the counts."
    )


class FacetSerializer(CountedSerializer):
    """Counts by value, under all filters; with `others=on` without the filter of the same name."""

    buckets = BucketSerializer(
        many=True, help_text=f"The {MOST} most frequent values, most frequent first, then by key."
    )
    others = serializers.IntegerField(min_value=0, help_text="How many statements have a value not listed.")
    missing = serializers.IntegerField(min_value=0, help_text="How many statements have no value.")


class PeriodSerializer(serializers.Serializer):
    """The number of statements of one day, month or year."""

    key = serializers.CharField(help_text="In the form that the filter `date` takes.")
    count = serializers.IntegerField(min_value=0, help_text="How many statements have a date in it.")


class TimelineSerializer(CountedSerializer):
    """Counts by date, under all filters."""

    buckets = PeriodSerializer(
        many=True, help_text=f"The latest {LATEST} days, months or years that have statements, oldest first."
    )
    others = serializers.IntegerField(min_value=0, help_text="How many statements have an earlier date.")
    less_precise = serializers.IntegerField(
        min_value=0,
        help_text="How many statements have a less precise date, such as a year instead of a month.",
    )
    undated = serializers.IntegerField(min_value=0, help_text="How many statements have no date.")


class CountSerializer(serializers.Serializer):
    """How many statements have one value of a facet, or one value of each of two."""

    speaker = ActorReferenceSerializer(
        required=False, allow_null=True, help_text="The speaker; null if unnamed."
    )
    outlet = OutletReferenceSerializer(required=False, help_text="The outlet that printed it.")
    kind = serializers.ChoiceField(required=False, choices=Kind.choices, help_text="The kind.")
    day = serializers.CharField(required=False, allow_null=True, help_text="Null if unknown or less precise.")
    month = serializers.CharField(
        required=False, allow_null=True, help_text="Null if unknown or less precise."
    )
    year = serializers.CharField(required=False, allow_null=True, help_text="null: unknown.")
    count = serializers.IntegerField(min_value=1, help_text="How many statements have this value.")

    class Meta:
        example = {"month": "2025-02", "count": 1}


@cache
def count_shape(names: tuple[str, ...]) -> type[serializers.Serializer]:
    """A serializer for the rows of a table by ``names``, for its CSV columns."""
    fields = CountSerializer().fields
    members = {name: fields[name] for name in (*names, "count")}
    return type("CountSerializer", (serializers.Serializer,), {**members, "Meta": CountSerializer.Meta})


class FacetsSerializer(serializers.Serializer):
    """The facets asked for, and no others; or a table of counts in pages."""

    speaker = FacetSerializer(required=False, help_text="By speaker; `missing` counts the unnamed.")
    outlet = FacetSerializer(required=False, help_text="By outlet.")
    kind = FacetSerializer(required=False, help_text="By kind.")
    day = TimelineSerializer(required=False, help_text="By day.")
    month = TimelineSerializer(required=False, help_text="By month.")
    year = TimelineSerializer(required=False, help_text="By year.")
    next = serializers.URLField(
        required=False,
        allow_null=True,
        help_text="For a table: the next page's URL; null on the last page.",
    )
    results = CountSerializer(
        required=False, many=True, help_text="For a table: all values or pairs, the most frequent first."
    )
    complete = serializers.BooleanField(
        required=False,
        help_text="For a table: whether all statements that pass the filters were counted. If not, the newest"
        f" {NEWEST:,} were, since no index has the counts.",
    )

    class Meta:
        line_shape = count_shape(("month",))
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
