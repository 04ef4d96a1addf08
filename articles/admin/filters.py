"""Filters beside the lists, where a column's values alone would not do."""

from typing import Any

from django.contrib import admin


class DateKnownFilter(admin.SimpleListFilter):
    """Whether a date is known."""

    title = "publication date"
    parameter_name = "dated"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Known"), ("no", "Unknown")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return {"yes": queryset.dated, "no": queryset.undated}.get(self.value() or "", queryset.all)()


class LatestCaptureFilter(admin.SimpleListFilter):
    """Whether a statement's words stand in the latest capture of its article."""

    title = "latest capture"
    parameter_name = "in_latest_capture__exact"  # as a column's own, so that what is awaited can be counted

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Found in it"), ("0", "Not found in it"), ("unknown", "Unknown")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        values = {"1": True, "0": False, "unknown": None}
        value = self.value()
        return queryset.filter(in_latest_capture=values[value]) if value in values else queryset


class DateBasisFilter(admin.SimpleListFilter):
    """What a statement's date rests on."""

    title = "date"
    parameter_name = "basis"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("said_on", "Said on"), ("published_on", "Published on"), ("none", "Unknown")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        match self.value():
            case "said_on":
                return queryset.exclude(said_on=None)
            case "published_on":
                return queryset.filter(said_on=None).exclude(published_on=None)
            case "none":
                return queryset.undated()
        return queryset


class PublishedTwiceFilter(admin.SimpleListFilter):
    """Duplicates in words, speaker and place, from before they were rejected."""

    title = "published twice"
    parameter_name = "published_twice"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.published_twice() if self.value() == "yes" else queryset
