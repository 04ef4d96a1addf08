"""Tables of one facet, or of two that are crossed: every value or pair with its count, in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from actors.api.serializers import ActorReferenceSerializer
from actors.models import Actor
from articles.api.counting import NEWEST, Names, has_more_statements, index_of
from articles.api.crosstab import Crosstab, Key
from articles.api.serializers.facets import UNITS
from articles.api.serializers.outlets import OutletReferenceSerializer
from articles.models import Outlet, Statement
from articles.models.statement import UNDATED
from articles.querysets import StatementQuerySet
from newsdb.api.rows.reading import Row, RowsAndKeys, read_rows_and_keys
from newsdb.models.version_cache import cached_per_version

#: The most statements counted by an index: a million take one to two seconds.
INDEXED = 1_000_000
#: Tables of all statements that a process caches until the dataset changes; they take eight bytes a row.
CACHED_TABLES = 4
#: Rows that are built at a time for a whole table.
CHUNK = 20_000

REFERENCES: dict[str, Any] = {
    "speaker": (Actor, ActorReferenceSerializer),
    "outlet": (Outlet, OutletReferenceSerializer),
}


def columns_of(name: str) -> tuple[str, ...]:
    """The columns that a facet is counted from."""
    if name not in UNITS:
        return (name,)
    return ("sort_date",) if name == "year" else ("sort_date", "date_precision")


@cached_per_version(CACHED_TABLES)
def _count_all(names: Names, index: str) -> Crosstab:
    statements = Statement.objects.public()
    if set(names) in ({"outlet", "day"}, {"outlet", "month"}):
        # The index with the precision begins with the speaker: SQLite would sort all rows by outlet.
        by_outlet = statements.by_index("articles_statement_by_outlet")
        return Crosstab(by_outlet, names, precise=statements.by_index(index))
    return Crosstab(statements.by_index(index), names)


@dataclass(frozen=True)
class CrossedCounts:
    """Counts of statements by one or two facets, the most frequent first."""

    counts: Crosstab
    #: Whether all statements are counted, not only the newest.
    complete: bool

    @property
    def names(self) -> Names:
        """The facets, in the order that was asked for."""
        return self.counts.names

    @classmethod
    def of(
        cls, statements: StatementQuerySet, filters: Names, names: Names, distinct: str
    ) -> "CrossedCounts":
        """Count all ``statements``, which pass ``filters``, if an index has the columns; else the newest."""
        columns = {column for name in names for column in columns_of(name)}
        index = None if distinct or has_more_statements(INDEXED) else index_of(columns, filters)
        if index and not filters:
            return cls(_count_all(names, index), True)
        if index:
            return cls(Crosstab(statements.by_index(index), names), True)
        newest = statements.newest(NEWEST)
        return cls(Crosstab(newest, names, distinct), newest.count() < NEWEST)

    def read(self, key: list[Any] | None, limit: int) -> RowsAndKeys:
        """Up to ``limit`` rows after ``key``, and the key of each: its negated count and its values."""
        found = self.counts.after((-key[0], *key[1:]) if key else None, limit)
        return self._rows(found), [(-count, *values) for count, *values in found]

    def chunks(self) -> Iterator[list[Row]]:
        """Yield all rows in batches."""
        key: list[Any] | None = None
        while True:
            rows, keys = self.read(key, CHUNK)
            yield rows
            if len(rows) < CHUNK:
                return
            key = list(keys[-1])

    def _rows(self, keys: list[Key]) -> list[Row]:
        rows: list[Row] = [{} for _ in keys]
        for at, name in enumerate(self.names, start=1):
            shown = _records(name, {key[at] for key in keys}) if name in REFERENCES else None
            for row, key in zip(rows, keys, strict=True):
                row[name] = _known(key[at]) if shown is None else shown.get(key[at])
        for row, key in zip(rows, keys, strict=True):
            row["count"] = key[0]
        return rows


def _known(value: str) -> str | None:
    return None if value in ("", UNDATED.isoformat()[: UNITS["year"]]) else value


def _records(name: str, ids: Iterable[int]) -> dict[int, Row]:
    model, shape = REFERENCES[name]
    rows, keys = read_rows_and_keys(shape, model.objects.filter(pk__in=ids), ("id",))
    return {key: row for (key,), row in zip(keys, rows, strict=True)}
