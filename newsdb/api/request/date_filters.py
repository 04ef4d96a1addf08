"""Filters by date, the same for all lists whose records have one."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from newsdb.api.exceptions import ParameterError
from newsdb.api.request.filters import ChoiceFilter, FilterSet, PartialDateFilter


class DateFilterSet(FilterSet):
    """Filters by a date with a precision. A record matches if its days overlap those asked for.

    ``date_columns`` names the columns for the first and last day of a record, both null if it has no date.
    """

    date_columns: tuple[str, str]

    date = PartialDateFilter(
        help_text="Only records whose date is in this day, month or year, or includes it."
    )
    date_after = PartialDateFilter(help_text="Only records dated in this day, month or year, or later.")
    date_before = PartialDateFilter(help_text="Only records dated in this day, month or year, or earlier.")
    undated = ChoiceFilter(
        choices=["exclude", "include", "only"],
        help_text="Records without a date: exclude (the default once a date is given), include, or only.",
    )

    def filter_queryset(self, queryset: QuerySet, values: Mapping[str, Any]) -> QuerySet:
        """Apply all filters to ``queryset``. The date filters and ``undated`` are combined into one."""
        others = {name: value for name, value in values.items() if name not in DateFilterSet.base_filters}
        queryset = super().filter_queryset(queryset, others)
        if len(others) == len(values):
            return queryset
        after, before = self._window(values)
        return self.filter_dates(queryset, after, before, values.get("undated", "exclude"))

    def filter_dates(
        self, queryset: QuerySet, after: datetime.date | None, before: datetime.date | None, undated: str
    ) -> QuerySet:
        """Rows whose days overlap ``after`` to ``before``, inclusive. ``None`` leaves that end open."""
        first, last = self.date_columns
        unknown = Q(**{f"{first}__isnull": True})
        if undated == "only":
            return queryset.filter(unknown)
        if after is None and before is None:
            return queryset if undated == "include" else queryset.exclude(unknown)
        overlap = Q()
        if after is not None:
            overlap &= Q(**{f"{last}__gte": after})
        if before is not None:
            overlap &= Q(**{f"{first}__lte": before})
        return queryset.filter(overlap | unknown if undated == "include" else overlap)

    @staticmethod
    def _window(values: Mapping[str, Any]) -> tuple[datetime.date | None, datetime.date | None]:
        given = [name for name in ("date", "date_after", "date_before") if name in values]
        after = max((values[name].first for name in given if name != "date_before"), default=None)
        before = min((values[name].last for name in given if name != "date_after"), default=None)
        if given and values.get("undated") == "only":
            raise ParameterError("undated", "conflict", f"undated=only cannot be combined with {given[0]}.")
        if after and before and after > before:
            raise ParameterError(
                given[-1], "conflict", f"No day is both on or after {after} and on or before {before}."
            )
        return after, before
