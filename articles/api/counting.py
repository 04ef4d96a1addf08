"""Counts statements by value: exactly if an index has the numbers, otherwise among the newest."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import DateField, Q

from articles.api.scan import IMPRECISE, NEED_SCAN, Scan
from articles.models import Statement
from articles.models.choices import Kind
from articles.models.holdings import count_public_by
from articles.models.statement import UNDATED
from articles.querysets import StatementQuerySet
from newsdb.api.endpoints.lists import MOST_COUNTED
from newsdb.models.literal import Unconverted
from newsdb.models.prepared import bound_rows

Names = tuple[str, ...]

#: How many statements are counted if they must be read one by one. They are scattered over the table, so each
#: may be a read from disk.
NEWEST = MOST_COUNTED
#: The most index entries that are counted, which takes seconds.
INDEXED = 10_000_000


#: The columns that statements can be counted by.
COLUMNS = ("speaker", "outlet", "kind", "sort_date", "date_precision")
#: For each value of ``distinct``, the column whose equal values are counted as one.
DISTINCT = {"joint": "joint_uid", "words": "words_key"}
#: The index of joint statements.
JOINT = "articles_statement_joint"


@dataclass(frozen=True)
class Counts:
    """The number of statements by value of a column, or by tuple of values of several columns."""

    by_value: Mapping[Any, int]
    #: Whether all statements were counted, not only the newest.
    is_exact: bool


class StatementCounter:
    """Counts the statements that pass some filters, which ``select`` applies by name.

    ``distinct`` says which rows are counted as one: ``joint``, the rows of a joint statement; ``words``,
    those with the same words of the same speaker. ``asked`` are all the columns that it will count by.
    """

    def __init__(
        self,
        select: Callable[[Names], StatementQuerySet],
        *,
        distinct: str = "",
        asked: Collection[Names] = (),
    ) -> None:
        self.select, self.distinct = select, distinct
        self.scans = not NEED_SCAN.isdisjoint(asked)
        #: Cached, so that the newest, and an index, are read once per set of filters.
        self.newest = cache(lambda filters: newest_of(select(filters), distinct))
        self.all, self.scan, self.joint = cache(self._all), cache(self._scan), cache(self._joint)

    def by(self, columns: Names, filters: Names) -> Counts:
        """Count by some of ``COLUMNS`` under these filters."""
        if self.distinct != "words" and index_of(columns, filters) and not self.are_too_many:
            counts = Counter(self.all(columns, filters))
            if self.distinct:
                counts.subtract(self.joint(filters).repeated(columns))
            return Counts(+counts, is_exact=True)
        newest = self.newest(filters)
        counts = newest.counts(columns)
        counts.subtract(newest.repeated(columns))
        return Counts(+counts, is_exact=newest.total < NEWEST)

    @cached_property
    def are_too_many(self) -> bool:
        """Whether there are more statements than an index is counted for."""
        return has_more_statements(INDEXED)

    def _all(self, columns: Names, filters: Names) -> Mapping[Any, int]:
        """Count all by an index that has the columns."""
        if columns == ("kind",):
            kinds, total = self.scan(filters).kinds, sum(self.all(("sort_date",), filters).values())
            return {**kinds, Kind.DIRECT.value: total - kinds.total()}
        if columns == ("sort_date", "date_precision"):
            return self._by_date(filters)
        if columns == ("outlet",) and self.scans and filters:
            return self.scan(filters).by_last
        if not filters:
            return count_public_by(*columns)
        return self._by_index(columns, filters).counts_by(*columns)

    def _by_date(self, filters: Names) -> Mapping[Any, int]:
        days = self.all(("sort_date",), filters)
        counts = Counter({(day, "" if day == UNDATED else "day"): count for day, count in days.items()})
        if self.scan(filters).imprecise:
            columns = ("sort_date", "date_precision")
            imprecise = self._by_index(columns, filters).filter(IMPRECISE).counts_by(*columns)
            for (day, precision), count in imprecise.items():
                counts[day, precision] = count
                counts[day, "day"] -= count
        return counts

    def _scan(self, filters: Names) -> Scan:
        statements = self._by_index(("kind", "date_precision"), filters)
        return Scan.of(statements, ("speaker", "outlet") if filters else ("speaker",))

    def _joint(self, filters: Names) -> "Columns":
        # By its index: SQLite would search all that pass the filters for the few that are joint.
        joint = self.select(filters).filter(joint_uid__isnull=False).by_index(JOINT)
        return _read(joint.order_by(), self.distinct)

    def _by_index(self, columns: Names, filters: Names) -> StatementQuerySet:
        return self.select(filters).by_index(index_of(columns, filters) or "").order_by()


class Columns:
    """The ``COLUMNS`` of some statements, each a sequence with a value per statement.

    ``same`` maps the index of a statement to a key: statements with equal keys are counted as one.
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]], same: Mapping[int, Any]) -> None:
        self.columns, self.same = columns, same
        self.total = len(columns["kind"])

    def values(self, columns: Names) -> Iterable[Any]:
        """The value of each statement; a tuple if there are several columns."""
        chosen = [self.columns[column] for column in columns]
        return zip(*chosen, strict=True) if len(chosen) > 1 else chosen[0]

    def counts(self, columns: Names) -> Counter[Any]:
        """The number of statements by value."""
        if columns != ("sort_date", "date_precision"):
            return Counter(self.values(columns))
        # A tuple for each statement would take longer than all other columns.
        days = Counter(self.columns["sort_date"])
        counts = Counter({(day, "day"): number for day, number in days.items()})
        for day, precision in self.values(columns):
            if precision != "day":
                counts[day, precision] += 1
                counts[day, "day"] -= 1
        return counts

    def repeated(self, columns: Names) -> Counter[Any]:
        """For each value, how many statements repeat an earlier one and must not be counted again."""
        values = list(self.values(columns)) if self.same else []
        times = Counter((same, values[at]) for at, same in self.same.items())
        repeated: Counter[Any] = Counter()
        for (_, value), count in times.items():
            repeated[value] += count - 1
        return repeated


def newest_of(statements: StatementQuerySet, distinct: str) -> Columns:
    """The newest ``statements``, at most ``NEWEST``."""
    return _read(statements.order_by(*statements.newest_first)[:NEWEST], distinct)


def _read(statements: StatementQuerySet, distinct: str) -> Columns:
    """Read all ``statements``. Only days are converted from what the database returns, each once."""
    names = [*COLUMNS, DISTINCT[distinct]] if distinct else COLUMNS
    read = bound_rows(statements.values_list(*(Unconverted(name) for name in names)))
    columns = {column: [row[at] for row in read] for at, column in enumerate(names)}
    days = {day: DateField().to_python(day) for day in set(columns["sort_date"])}
    columns["sort_date"] = [days[day] for day in columns["sort_date"]]
    one = columns[DISTINCT[distinct]] if distinct else []
    same = {at: value for at, value in enumerate(one) if value}
    if distinct == "words":  # of the same speaker; the rows of a joint statement have different speakers
        same = {at: (columns["speaker"][at], value) for at, value in same.items()}
    return Columns(columns, same)


def index_of(columns: Collection[str], filters: Collection[str]) -> str | None:
    """The index of public statements that begins with the columns of the filters and includes ``columns``."""
    for index in Statement._meta.indexes:
        names = [name.removeprefix("-") for name in index.fields]
        begins = set(names[: len(filters)]) == set(filters)
        if index.condition == Q(status="published") and begins and set(columns) <= set(names):
            return index.name
    return None


def has_more_statements(number: int) -> bool:
    """Whether there are more statements than ``number``, estimated from the latest id."""
    return (Statement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) > number
