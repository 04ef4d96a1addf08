"""Counts statements by all columns of an index in one scan of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from articles.models.choices import Kind
from articles.querysets import StatementQuerySet
from newsdb.models.prepared import bound_rows

#: The columns that need a scan to be counted by.
NEED_SCAN = frozenset({("kind",), ("sort_date", "date_precision")})
#: Precisions other than that of a day, of statements that have a date.
IMPRECISE = Q(date_precision__in=("year", "month"))
_RARE_KINDS = [kind for kind in Kind.values if kind != Kind.DIRECT]


@dataclass
class Scan:
    """Numbers of statements by columns that an index has, but does not begin with.

    To count by such columns, SQLite would sort all rows, which takes several times as long as reading them.
    So only the less frequent kinds and precisions are counted; the rest follows from the counts by date.
    """

    by_last: Counter[int | None]
    """All statements by the last of the columns that the index begins with."""
    kinds: Counter[str]
    """Those that are not direct, by kind."""
    imprecise: int = 0
    """Those with a month or a year for a date."""

    @classmethod
    def of(cls, statements: StatementQuerySet, order: tuple[str, ...]) -> "Scan":
        """Scan the index of ``statements``, which begins with the columns ``order``."""
        rows: Any = statements.order_by().values_list(*order)
        rows = rows.annotate(
            total=Count("*"),
            imprecise=Count("date_precision", filter=IMPRECISE),
            **{kind: Count("kind", filter=Q(kind=kind)) for kind in _RARE_KINDS},
        )
        scan = cls(Counter(), Counter())
        for row in bound_rows(rows):
            last, total, imprecise, *kinds = row[len(order) - 1 :]
            scan.by_last[last] += total
            scan.imprecise += imprecise
            scan.kinds.update(dict(zip(_RARE_KINDS, kinds, strict=True)))
        return scan
