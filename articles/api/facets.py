"""Counts of statements by who said them, where they are printed, their kind and their date."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from heapq import nsmallest
from typing import Any

from actors.models import Actor
from articles.api.counting import Counting, Counts
from articles.api.serializers.facets import FACETS, LATEST, MOST, UNITS
from articles.models import Outlet, Statement
from articles.models.statement import UNDATED, Kind
from newsdb.api.rows.reading import Row
from newsdb.models.remembered import remembered

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
