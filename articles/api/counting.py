"""Counts statements by value: exactly if an index has the numbers, otherwise among the newest."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from django.db.models import Q

from articles.models import Statement
from articles.querysets import StatementQuerySet
from newsdb.api.endpoints.lists import MOST_COUNTED
from newsdb.models.version_cache import cached_per_version

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
    those with the same words of the same speaker.
    """

    def __init__(self, select: Callable[[Names], StatementQuerySet], *, distinct: str = "") -> None:
        self.select, self.distinct = select, distinct
        #: Cached, so that the newest are read once per set of filters.
        self.newest = cache(lambda filters: newest_of(select(filters), distinct))

    def by(self, columns: tuple[str, ...], filters: Names) -> Counts:
        """Count by some of ``COLUMNS`` under these filters."""
        value: Any = itemgetter(*(COLUMNS.index(column) for column in columns))
        index = index_of(columns, filters)
        if self.distinct != "words" and index and not has_more_statements(INDEXED):
            statements = self.select(filters)
            counts = Counter(statements.by_index(index).counts_by(*columns))
            if self.distinct:
                # SQLite would search all that pass the filters for the few that are joint.
                joint = statements.filter(joint_uid__isnull=False).by_index(JOINT).order_by()
                counts.subtract(_repeated(joint.values_list(*COLUMNS, DISTINCT[self.distinct]), value))
            return Counts(+counts, is_exact=True)
        rows = self.newest(filters)
        counts = Counter(map(value, rows))
        if self.distinct:
            counts.subtract(_repeated(rows, value))
        return Counts(+counts, is_exact=len(rows) < NEWEST)


def _repeated(rows: Iterable[tuple[Any, ...]], value: Callable[[Any], Any]) -> Counter[Any]:
    """For each value, how many rows repeat an earlier row and must not be counted again."""
    seen: set[Any] = set()
    repeated: Counter[Any] = Counter()
    for row in rows:
        if common := row[-1]:
            # The same words count once per speaker; the rows of a joint statement have different speakers.
            whose = row[0] if isinstance(common, str) else None
            repeated[value(row)] += (common, whose, value(row)) in seen
            seen.add((common, whose, value(row)))
    return repeated


@cached_per_version(1)
def count_public() -> int:
    """The number of public statements, from an index: counting rows, SQLite would read the whole table."""
    return sum(Statement.objects.public().counts_by("sort_date").values())


def newest_of(statements: StatementQuerySet, distinct: str) -> Sequence[tuple[Any, ...]]:
    """The ``COLUMNS``, and that of ``distinct``, of the newest ``statements``, at most ``NEWEST``."""
    newest = statements.order_by(*statements.newest_first)[:NEWEST]
    columns = (*COLUMNS, DISTINCT[distinct]) if distinct else COLUMNS
    return list(newest.values_list(*columns))


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
