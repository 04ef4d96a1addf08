"""Counts statements by all columns of an index in one scan of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from articles.models.choices import Kind
from articles.models.statement import UNDATED
from articles.querysets import StatementQuerySet
from newsdb.models.aggregates import Day, Joined
from newsdb.models.prepared import bound_rows

#: The columns that only a scan counts by.
IN_SCAN = frozenset({("kind",), ("sort_date", "date_precision")})
_RARE_KINDS = [kind for kind in Kind.values if kind != Kind.DIRECT]
_IMPRECISE = ("year", "month")


@dataclass(frozen=True)
class Scan:
    """Numbers of statements by columns that an index has, but does not begin with.

    To count by such columns, SQLite would sort all rows, which takes several times as long as reading them.
    So only the less frequent kinds and precisions are counted; the rest follows from the counts by date.
    """

    #: All statements by outlet, if the rows are in the order of outlets.
    outlets: Counter[int | None]
    #: Those that are not direct, by kind.
    kinds: Counter[str]
    #: Those without a day, by first day and precision.
    imprecise: Counter[tuple[date, str]]

    @classmethod
    def of(cls, statements: StatementQuerySet, order: tuple[str, ...]) -> "Scan":
        """Scan the index of ``statements``, which begins with the columns ``order``."""
        rows: Any = statements.order_by().values_list(*order)
        rows = rows.annotate(
            total=Count("*"),
            undated=Count("date_precision", filter=Q(date_precision="")),
            **{kind: Count("kind", filter=Q(kind=kind)) for kind in _RARE_KINDS},
            **{each: Joined(Day("sort_date"), filter=Q(date_precision=each)) for each in _IMPRECISE},
        )
        scan = cls(Counter(), Counter(), Counter())
        for row in bound_rows(rows):
            facts = iter(row[len(order) - 1 :])
            scan.outlets[next(facts)] += next(facts)
            scan.imprecise[UNDATED, ""] += next(facts)
            for kind in _RARE_KINDS:
                scan.kinds[kind] += next(facts)
            for precision, joined in zip(_IMPRECISE, facts, strict=True):
                for day, count in Counter(Joined.split(joined) if joined else ()).items():
                    scan.imprecise[Day.read(day), precision] += count
        return scan
