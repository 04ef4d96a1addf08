"""How many statements have each value: exact where an index has the numbers, otherwise among the newest."""

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

#: How many statements are counted that must be read one by one. They are scattered over the table: each may
#: be a read from disk.
NEWEST = MOST_COUNTED
#: How many entries of an index are counted at most, which takes seconds.
INDEXED = 10_000_000


#: Columns that can be counted by.
COLUMNS = ("speaker", "outlet", "kind", "sort_date", "date_precision")
#: What the rows of a joint statement have in common; the last column that is read, after those counted.
JOINT = "joint_uid"


@dataclass(frozen=True)
class Counts:
    """How many statements have each value of a column, or each tuple of several columns' values."""

    by_value: Mapping[Any, int]
    #: Whether all are counted, and not just the newest.
    is_exact: bool


class StatementCounter:
    """Counts the statements that pass some filters, which ``select`` applies by name.

    With ``jointly`` the rows of a joint statement that have the same value are counted as one.
    """

    def __init__(self, select: Callable[[Names], StatementQuerySet], *, jointly: bool = False) -> None:
        self.select, self.jointly = select, jointly
        #: The newest are read once for everything counted under the same filters.
        self.newest = cache(lambda filters: newest_of(select(filters)))

    def by(self, columns: tuple[str, ...], filters: Names) -> Counts:
        """The counts by some of ``COLUMNS`` under these filters."""
        value: Any = itemgetter(*(COLUMNS.index(column) for column in columns))
        if has_index(columns, filters) and _few_enough_for_index():
            statements = self.select(filters)
            counts = Counter(statements.counts_by(*columns))
            if self.jointly:
                joint = statements.filter(joint_uid__isnull=False).order_by()
                counts.subtract(_repeated(joint.values_list(*COLUMNS, JOINT), value))
            return Counts(+counts, is_exact=True)
        rows = self.newest(filters)
        counts = Counter(map(value, rows))
        if self.jointly:
            counts.subtract(_repeated(rows, value))
        return Counts(+counts, is_exact=len(rows) < NEWEST)


def _repeated(rows: Iterable[tuple[Any, ...]], value: Callable[[Any], Any]) -> Counter[Any]:
    """By value, how many rows of joint statements repeat a value of another row of the same statement."""
    seen: set[Any] = set()
    repeated: Counter[Any] = Counter()
    for row in rows:
        if (joint := row[-1]) is not None:
            repeated[value(row)] += (joint, value(row)) in seen
            seen.add((joint, value(row)))
    return repeated


@cached_per_version(1)
def count_public() -> int:
    """How many statements are public. Counting the rows, SQLite would read the table; this reads an index."""
    return sum(Statement.objects.public().counts_by("sort_date").values())


def newest_of(statements: StatementQuerySet) -> Sequence[tuple[Any, ...]]:
    """The ``COLUMNS`` and ``JOINT`` of the newest of ``statements``, at most ``NEWEST``."""
    newest = statements.order_by(*statements.newest_first)[:NEWEST]
    columns = (*COLUMNS, JOINT)
    return list(newest.values_list(*columns))


def has_index(columns: Collection[str], filters: Collection[str]) -> bool:
    """Whether an index of public statements begins with the columns of the filters, and has ``columns``."""
    for index in Statement._meta.indexes:
        names = [name.removeprefix("-") for name in index.fields]
        begins = set(names[: len(filters)]) == set(filters)
        if index.condition == Q(status="published") and begins and set(columns) <= set(names):
            return True
    return False


def _few_enough_for_index() -> bool:
    """Whether there are at most ``INDEXED`` statements, judging by the latest id."""
    return (Statement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) <= INDEXED
