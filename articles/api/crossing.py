"""Counts all values of a facet, or all pairs of values of two facets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, QuerySet, TextField, Value, When
from django.db.models.fields.tuple_lookups import Tuple
from django.db.models.functions import Cast, Coalesce, Concat

from actors.api.serializers import ActorReferenceSerializer
from actors.models import Actor
from articles.api.counting import NEWEST, Names, has_more_statements, index_of
from articles.api.serializers.facets import UNITS
from articles.api.serializers.outlets import OutletReferenceSerializer
from articles.models import Outlet
from articles.models.statement import UNDATED
from articles.querysets import StatementQuerySet
from newsdb.api.rows.keyset import RowGreaterThan
from newsdb.api.rows.reading import Row, RowsAndKeys, read_rows_and_keys
from newsdb.models.literal import FirstCharacters

#: The most statements counted by an index: a million take a second, and each page counts again.
INDEXED = 1_000_000
#: Rows that are read at a time for a whole table.
CHUNK = 20_000

REFERENCES: dict[str, Any] = {
    "speaker": (Actor, ActorReferenceSerializer),
    "outlet": (Outlet, OutletReferenceSerializer),
}


def _columns(name: str) -> tuple[str, ...]:
    if name not in UNITS:
        return (name,)
    return ("sort_date",) if name == "year" else ("sort_date", "date_precision")


def _value(name: str) -> Any:
    """The value of a facet; 0 or "" instead of null, so that values can be compared."""
    if name in REFERENCES:
        return Coalesce(f"{name}_id", 0)
    if name not in UNITS:
        return F(name)
    period = FirstCharacters(Cast("sort_date", CharField()), length=UNITS[name])
    if name == "year":  # no date is less precise, and the undated are of a year of their own
        return period
    precise = [unit for unit, length in UNITS.items() if length >= UNITS[name]]
    known = When(date_precision__in=precise, then=period)  # the undated have no precision
    return Case(known, default=Value(""), output_field=CharField())


def _count(distinct: str) -> Any:
    """The number of statements, with the same rows counted as one as in ``StatementCounter``."""
    if not distinct:
        return Count("*")
    one: Any = F("joint_uid")
    if distinct == "words":
        speaker = Coalesce(Cast("speaker_id", CharField()), Value(""))
        words = Concat(speaker, Value(" "), "words_key", output_field=TextField())
        one = Case(When(words_key="", then=None), default=words)
    return Count("*") - Count(one) + Count(one, distinct=True)


@dataclass(frozen=True)
class CrossedCounts:
    """Counts of ``statements`` by one or two facets, the most frequent first."""

    statements: StatementQuerySet
    names: Names
    #: Whether all statements are counted, not only the newest.
    complete: bool
    distinct: str

    @classmethod
    def of(
        cls, statements: StatementQuerySet, filters: Names, names: Names, distinct: str
    ) -> "CrossedCounts":
        """Count all ``statements``, which pass ``filters``, if an index has the columns; else the newest."""
        columns = {column for name in names for column in _columns(name)}
        index = None if distinct or has_more_statements(INDEXED) else index_of(columns, filters)
        if index:
            return cls(statements.by_index(index), names, True, distinct)
        newest = statements.newest(NEWEST)
        return cls(newest, names, newest.count() < NEWEST, distinct)

    def read(self, key: list[Any] | None, limit: int) -> RowsAndKeys:
        """Up to ``limit`` rows after ``key``, and their keys."""
        keys = list(self.keys_after(key)[:limit])
        return self._rows(keys), keys

    def keys_after(self, key: list[Any] | None) -> QuerySet:
        """The keys after ``key``, in order: the negated count and the values of each row."""
        values = {f"by_{name}": _value(name) for name in self.names}
        rows: Any = self.statements.order_by().values(**values).annotate(place=0 - _count(self.distinct))
        order = ("place", *values)
        if key:
            rows = rows.filter(RowGreaterThan(Tuple(*map(F, order)), key))
        keys: QuerySet = rows.order_by(*order).values_list(*order)
        return keys

    def chunks(self) -> Iterator[list[Row]]:
        """Yield all rows in batches."""
        key: list[Any] | None = None
        while True:
            rows, keys = self.read(key, CHUNK)
            yield rows
            if len(rows) < CHUNK:
                return
            key = list(keys[-1])

    def _rows(self, keys: list[tuple[Any, ...]]) -> list[Row]:
        rows: list[Row] = [{} for _ in keys]
        for at, name in enumerate(self.names, start=1):
            shown = _records(name, {key[at] for key in keys}) if name in REFERENCES else None
            for row, key in zip(rows, keys, strict=True):
                row[name] = _known(key[at]) if shown is None else shown.get(key[at])
        for row, key in zip(rows, keys, strict=True):
            row["count"] = -key[0]
        return rows


def _known(value: str) -> str | None:
    return None if value in ("", UNDATED.isoformat()[: UNITS["year"]]) else value


def _records(name: str, ids: Iterable[int]) -> dict[int, Row]:
    model, shape = REFERENCES[name]
    rows, keys = read_rows_and_keys(shape, model.objects.filter(pk__in=ids), ("id",))
    return {key: row for (key,), row in zip(keys, rows, strict=True)}
