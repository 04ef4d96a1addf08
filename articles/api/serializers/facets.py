"""Facets: counts by value and by date."""

from rest_framework import serializers

from articles.api.counting import NEWEST

#: How many buckets are listed; the others are added up.
MOST = 100
LATEST = 366

#: How many characters of a day name the unit.
UNITS = {"day": 10, "month": 7, "year": 4}
FACETS = ("speaker", "outlet", "kind", *UNITS)


class BucketSerializer(serializers.Serializer):
    """How many statements have one value."""

    key = serializers.CharField(help_text="The value, as the filter of that name takes it.")
    name = serializers.CharField(help_text="What it is called.")
    count = serializers.IntegerField(min_value=0, help_text="How many statements have it.")


class CountedSerializer(serializers.Serializer):
    """How many statements were counted."""

    counted = serializers.IntegerField(
        min_value=0, help_text="How many statements were counted; all counts here add up to it."
    )
    complete = serializers.BooleanField(
        help_text="Whether these are all that pass the filters. If not, they are the newest"
        f" {NEWEST:,}, since no index has the counts."
    )


class FacetSerializer(CountedSerializer):
    """Counts by value, under all filters; with `others=on` without the filter of the same name."""

    buckets = BucketSerializer(
        many=True, help_text=f"The {MOST} most frequent values, most frequent first, then by key."
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
        min_value=0, help_text="How many have a less precise date: a year has no month."
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
