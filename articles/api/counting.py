"""How many statements have each value: counted whole where an index tells it, else among the newest."""

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
from newsdb.models.remembered import remembered

Names = tuple[str, ...]

#: How many statements are counted that have to be read one by one. They lie scattered in the table, and where
#: it is not in memory each is read from the disk.
NEWEST = MOST_COUNTED
#: Of how many statements, at most, the entries of an index are counted: that takes seconds.
INDEXED = 10_000_000


#: What there is to count by.
COLUMNS = ("speaker", "outlet", "kind", "sort_date", "date_precision")
#: What the rows of a joint statement have in common; read last, so that what is counted stands before it.
JOINT = "joint_uid"


@dataclass(frozen=True)
class Counts:
    """How many statements have each value of a column, or each tuple of several columns' values."""

    by_value: Mapping[Any, int]
    #: Whether they are all there are, rather than the newest.
    complete: bool


class Counting:
    """Counts the statements that pass some filters, which ``select`` applies by name.

    With ``jointly`` the rows of a joint statement that have the same value are counted as one.
    """

    def __init__(self, select: Callable[[Names], StatementQuerySet], *, jointly: bool = False) -> None:
        self.select, self.jointly = select, jointly
        #: The newest are read once for all that is counted under the same filters.
        self.newest = cache(lambda filters: newest_of(select(filters)))

    def by(self, columns: tuple[str, ...], filters: Names) -> Counts:
        """The counts by some of ``COLUMNS`` under these filters."""
        value: Any = itemgetter(*(COLUMNS.index(column) for column in columns))
        if in_an_index(columns, filters) and _few_enough():
            statements = self.select(filters)
            counts = Counter(statements.counts_by(*columns))
            if self.jointly:
                joint = statements.filter(joint_uid__isnull=False).order_by()
                counts.subtract(_repeated(joint.values_list(*COLUMNS, JOINT), value))
            return Counts(+counts, complete=True)
        rows = self.newest(filters)
        counts = Counter(map(value, rows))
        if self.jointly:
            counts.subtract(_repeated(rows, value))
        return Counts(+counts, complete=len(rows) < NEWEST)


def _repeated(rows: Iterable[tuple[Any, ...]], value: Callable[[Any], Any]) -> Counter[Any]:
    """By value, how many rows of joint statements repeat a value of another row of the same statement."""
    seen: set[Any] = set()
    repeated: Counter[Any] = Counter()
    for row in rows:
        if (joint := row[-1]) is not None:
            repeated[value(row)] += (joint, value(row)) in seen
            seen.add((joint, value(row)))
    return repeated


@remembered(1)
def total() -> int:
    """How many statements are public. To count them and no more SQLite would read the table."""
    return sum(Statement.objects.public().counts_by("sort_date").values())


def newest_of(statements: StatementQuerySet) -> Sequence[tuple[Any, ...]]:
    """The ``COLUMNS`` and ``JOINT`` of the newest of ``statements``, at most ``NEWEST``."""
    newest = statements.order_by(*statements.newest_first)[:NEWEST]
    columns = (*COLUMNS, JOINT)
    return list(newest.values_list(*columns))


def in_an_index(columns: Collection[str], filters: Collection[str]) -> bool:
    """Whether an index of what is public begins with what is filtered by, and has the columns too."""
    for index in Statement._meta.indexes:
        names = [name.removeprefix("-") for name in index.fields]
        begins = set(names[: len(filters)]) == set(filters)
        if index.condition == Q(status="published") and begins and set(columns) <= set(names):
            return True
    return False


def _few_enough() -> bool:
    """Whether there can be no more than ``INDEXED``, by the latest's id."""
    return (Statement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) <= INDEXED
