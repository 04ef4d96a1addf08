"""Counts of statements by speaker, outlet, kind and date."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from heapq import nlargest, nsmallest
from typing import Any

from actors.models import Actor
from articles.api.counting import Counts, StatementCounter
from articles.api.serializers.facets import FACETS, LATEST, MOST, UNITS
from articles.models import Outlet, Statement
from articles.models.choices import Kind
from articles.models.statement import UNDATED
from newsdb.api.rows.reading import Row
from newsdb.models.version_cache import cached_per_version

#: Returns values with their keys and names.
Namer = Callable[[list[Any]], Iterable[tuple[Any, str, str]]]


def _row(counts: Counts, **members: Any) -> Row:
    return {"counted": sum(counts.by_value.values()), "complete": counts.is_exact, **members}


def _facet(counts: Counts, names: Namer) -> Row:
    """A facet from counts by value, ``None`` for no value; ``names`` returns keys and names of the listed."""
    numbers = {value: count for value, count in counts.by_value.items() if value is not None}
    most = _most_frequent(numbers)
    buckets = [{"key": key, "name": name, "count": numbers[value]} for value, key, name in names(most)]
    return _row(
        counts,
        buckets=sorted(buckets, key=lambda bucket: (-bucket["count"], bucket["key"])),
        others=sum(numbers.values()) - sum(numbers[value] for value in most),
        missing=counts.by_value.get(None, 0),
    )


def _most_frequent(numbers: Mapping[Any, int]) -> list[Any]:
    """The ``MOST`` values with the highest numbers; of equal ones, the smallest values."""
    least = min(nlargest(MOST, numbers.values()), default=0)
    # Numbers alone are compared in C; few of the values are left to compare by both.
    frequent = [value for value, number in numbers.items() if number >= least]
    return nsmallest(MOST, frequent, key=lambda value: (-numbers[value], value))


def _timeline(counts: Counts, unit: str) -> Row:
    """Counts by day, month or year, from ``sort_date`` and (but for years) ``date_precision``."""
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


def _slugs(model: Any) -> Namer:
    return lambda ids: model.objects.filter(pk__in=ids).values_list("pk", "slug", "name")


def _kinds(kinds: list[str]) -> Iterable[tuple[str, str, str]]:
    return ((kind, kind, Kind(kind).label) for kind in kinds)


@dataclass(frozen=True)
class Facet:
    """The columns to count by, and how to build the facet from the counts."""

    columns: tuple[str, ...]
    row: Callable[[Counts], Row]


FACET_BY_NAME = {
    "speaker": Facet(("speaker",), partial(_facet, names=_slugs(Actor))),
    "outlet": Facet(("outlet",), partial(_facet, names=_slugs(Outlet))),
    "kind": Facet(("kind",), partial(_facet, names=_kinds)),
    "day": Facet(("sort_date", "date_precision"), partial(_timeline, unit="day")),
    "month": Facet(("sort_date", "date_precision"), partial(_timeline, unit="month")),
    # No date is less precise than a year, so precision is not needed.
    "year": Facet(("sort_date",), partial(_timeline, unit="year")),
}


@cached_per_version(3 * len(FACETS))
def facet_of_all(name: str, distinct: str) -> Row:
    """The facet of all public statements."""
    facet = FACET_BY_NAME[name]
    return facet.row(
        StatementCounter(lambda _: Statement.objects.public(), distinct=distinct).by(facet.columns, ())
    )
