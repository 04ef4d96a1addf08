"""Filters: the parameters that decide which rows a list has.

A filter set declares them as in django-filter. Here each is also a ``Parameter``, so that one declaration
parses, validates, applies and documents it::

    class ArticleFilterSet(FilterSet):
        outlet = TextFilter("outlet_id", many=True, help_text="A slug, alias or Wikidata id.")
        language = ChoiceFilter(choices=LANGUAGES, help_text="The language it is written in.")

        def resolve_outlet(self, names: tuple[str, ...]) -> tuple[int, ...]:
            return Outlet.objects.ids_of(names)  # or raise ParameterError with candidates

``resolve_<name>`` converts the parsed value to the value to look up; ``filter_<name>(queryset, value)``
replaces the lookup itself. Filters are applied in the order of their declaration, if they are given.
"""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet

from newsdb.api.exceptions import ParameterError
from newsdb.api.request.parameters import (
    BooleanParameter,
    ChoiceParameter,
    DateTimeParameter,
    Parameter,
    PartialDateParameter,
    TextParameter,
    UidParameter,
    hint_at_commas,
)
from newsdb.models import querysets


class Filter(django_filters.Filter):
    """A filter that looks its value up in ``field_name`` (by default the filter's own name)."""

    many: bool

    def filter(self, queryset: QuerySet, value: Any) -> QuerySet:
        """Filter ``queryset``. Unlike django-filter's, it never skips an empty value."""
        if self.many and self.lookup_expr == "exact":
            # Compare a single value with =, so that an index on (column, order) also gives the order.
            value, lookup = (value[0], "exact") if len(value) == 1 else (value, "in")
        else:
            lookup = self.lookup_expr
        if isinstance(queryset, querysets.QuerySet) and not self.exclude and "__" not in self.field_name:
            return queryset.matching(self.field_name, lookup, value)
        return self.get_method(queryset)(**{f"{self.field_name}__{lookup}": value})


class TextFilter(TextParameter, Filter):
    """Any text."""


class ChoiceFilter(ChoiceParameter, Filter):
    """One of a few words."""


class UidFilter(UidParameter, Filter):
    """A record's `uid`."""


class BooleanFilter(BooleanParameter, Filter):
    """``true`` or ``false``."""


class UpdatedAfterFilter(DateTimeParameter, Filter):
    """Records changed after a moment."""

    def __init__(self) -> None:
        super().__init__(
            "updated_at",
            lookup_expr="gt",
            help_text="Changed after this moment, for example: 2024-10-23T12:00:00Z. Do not poll with the"
            " latest"
            " `updated_at` you have seen: a clock may be set back, and a transaction may commit late. Follow"
            " /changes/ instead, which misses nothing.",
        )


class PartialDateFilter(PartialDateParameter, Filter):
    """A day, a month or a year."""


class FilterSet(django_filters.FilterSet):
    """All filters of a list.

    ``data`` has the values of all parameters by name, from ``newsdb.api.request.query.read_parameters``, not
    only those of filters. Django-filter's form is not used, since building it takes longer than the query.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, each in cls.declared_filters.items():
            if not isinstance(each, Parameter):
                raise TypeError(f"{cls.__name__}.{name} is not a filter of newsdb.api.request.filters")

    def resolve(self) -> dict[str, Any]:
        """The values to look up, by name. Raises one ``ParameterError`` for all that cannot be resolved."""
        values, errors = {}, []
        for name in self.base_filters:
            if name not in self.data:
                continue
            try:
                resolve = getattr(self, f"resolve_{name}", None)
                values[name] = resolve(self.data[name]) if resolve else self.data[name]
            except ParameterError as error:
                several = getattr(self.base_filters[name], "many", False)
                errors.append(hint_at_commas(error, name, self.data[name]) if several else error)
        if errors:
            raise ParameterError.join(errors)
        return values

    def filter_queryset(self, queryset: QuerySet, values: Mapping[str, Any]) -> QuerySet:
        """Apply all filters in ``values`` to ``queryset``."""
        for name, value in values.items():
            apply = getattr(self, f"filter_{name}", None) or self.base_filters[name].filter
            queryset = apply(queryset, value)
        return queryset
