"""Filters of the admin's lists that Django cannot derive from a column's values."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q

from actors.models import Actor
from newsdb.admin import PartialDateField
from newsdb.text import check_text


class DateKnownFilter(admin.SimpleListFilter):
    """Whether a date is known."""

    title = "publication date"
    parameter_name = "dated"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Known"), ("no", "Unknown")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return {"yes": queryset.dated, "no": queryset.undated}.get(self.value() or "", queryset.all)()


class LatestCaptureFilter(admin.SimpleListFilter):
    """Whether a statement's words are in the latest capture of its article."""

    title = "latest capture"
    parameter_name = "in_latest_capture__exact"  # also a lookup: pending tasks count by it and link to it

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Found in it"), ("0", "Not found in it"), ("unknown", "Unknown")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        values = {"1": True, "0": False, "unknown": None}
        value = self.value()
        return queryset.filter(in_latest_capture=values[value]) if value in values else queryset


class DateBasisFilter(admin.SimpleListFilter):
    """The basis of a statement's date."""

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


class TypedFilter(admin.ListFilter):
    """A filter of statements with typed values; for an invalid value it shows an error and no rows.

    ``fields`` has the label of each parameter.
    """

    template = "articles/admin/typed_filter.html"
    title = ""
    fields: dict[str, str] = {}
    #: The path from a row of the list to its statement.
    statement = ""
    error = ""

    def __init__(self, request: Any, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.typed: dict[str, str] = {}
        for name in self.fields:
            typed = str((params.pop(name, None) or [""])[-1]).strip()
            if typed:
                self.typed[name] = self.used_parameters[name] = typed

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.fields)

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The fields, then the list's other filters."""
        for name, label in self.fields.items():
            yield {"name": name, "label": label, "value": self.typed.get(name, "")}
        for name, values in changelist.filter_params.items():
            if name not in self.fields:
                yield from ({"name": name, "value": value} for value in values)
        if changelist.query:
            yield {"name": "q", "value": changelist.query}

    def queryset(self, request: Any, queryset: Any) -> Any:
        if not self.typed:
            return queryset
        try:
            return queryset.filter(self.condition(self.typed))
        except ValidationError as error:
            self.error = " ".join(error.messages)
            return queryset.none()

    def condition(self, typed: dict[str, str]) -> Q:
        """The filter conditions for these values. Raises ``ValidationError``."""
        raise NotImplementedError


class SpeakerFilter(TypedFilter):
    """Filters statements by speaker: all actors that the text may mean, as in the API's ``speaker``."""

    title = "speaker"
    fields = {"speaker": "Name or address"}

    def condition(self, typed: dict[str, str]) -> Q:
        check_text(typed["speaker"])
        actors = list(Actor.objects.found_by(typed["speaker"]).values_list("pk", flat=True))
        if not actors:
            raise ValidationError(f"No actor is called “{typed['speaker'][:50]}”.")
        return Q(**{f"{self.statement}speaker__in": actors})


class DateRangeFilter(TypedFilter):
    """Filters statements by date: those that may be from this time, without undated ones."""

    title = "range of dates"
    fields = {"date_after": "From", "date_before": "To"}

    def condition(self, typed: dict[str, str]) -> Q:
        after, before = (self._day(typed.get(name, ""), name) for name in self.fields)
        if after and before and after > before:
            raise ValidationError("The range ends before it begins.")
        asked = Q()
        if after:
            asked &= Q(**{f"{self.statement}date_last__gte": after})
        if before:
            asked &= Q(**{f"{self.statement}date__lte": before})
        return asked

    def _day(self, typed: str, name: str) -> date | None:
        written = PartialDateField().clean(typed)
        if not written:
            return None
        day: date = written.first if name == "date_after" else written.last
        return day


class ProposedSpeakerFilter(SpeakerFilter):
    """The same for lists of proposals."""

    statement = "statement__"


class ProposedDateRangeFilter(DateRangeFilter):
    """The same for lists of proposals."""

    statement = "statement__"
