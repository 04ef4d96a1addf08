"""Counts statements by one facet or by two, and keeps the counts in eight bytes each."""

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from articles.api.counting import Names
from articles.api.serializers.facets import UNITS
from articles.models.choices import Kind
from articles.models.statement import UNDATED
from articles.querysets import StatementQuerySet
from newsdb.models.aggregates import Day, PackedArrayAgg
from newsdb.models.literal import FirstCharacters
from newsdb.models.prepared import bound_rows

#: A count, and the values of the one or two facets that were counted by.
Key = tuple[Any, ...]

#: Facets with numbers for values, which are the ids of records; 0 for none.
RECORDS = ("speaker", "outlet")
_KINDS = sorted(Kind.values)
_HALF = 32  # bits


class Crosstab:
    """The number of statements by value of one facet, or by pair of values of two.

    Grouping and sorting in the database would be the slowest step. So the database only packs the values of
    one facet for each value of the other, in the order of an index, and they are counted here. A pair is
    stored as one integer, and pairs with equal counts are sorted only when they are requested.

    If the index of the ``statements`` lacks the precision of dates, ``precise`` are the same statements by an
    index that has it. Then all are counted by their day, and the few less precise ones are corrected.
    """

    def __init__(
        self,
        statements: StatementQuerySet,
        names: Names,
        distinct: str = "",
        *,
        precise: StatementQuerySet | None = None,
    ) -> None:
        self.names = names
        pairs: defaultdict[int, array[int]] = defaultdict(lambda: array("Q"))
        if len(names) == 2 and not distinct:
            self._count_packed(statements, precise, pairs)
        else:
            for *values, count in _grouped(statements, names, distinct):
                pairs[count].append(self._code(values))
        self._counts = sorted(pairs, reverse=True)
        self._pairs = dict(pairs)
        self._is_sorted: set[int] = set()

    def after(self, key: Key | None, limit: int) -> list[Key]:
        """Up to ``limit`` keys after ``key``: the highest counts first, equal ones in order of values."""
        keys: list[Key] = []
        for count in self._counts:
            if key and count > key[0]:
                continue
            pairs = self._with_count(count)
            start = bisect_right(pairs, self._code(key[1:])) if key and count == key[0] else 0
            keys += [(count, *self._values(pair)) for pair in pairs[start : start + limit - len(keys)]]
            if len(keys) == limit:
                break
        return keys

    def _count_packed(
        self, statements: StatementQuerySet, precise: StatementQuerySet | None, pairs: dict[int, Any]
    ) -> None:
        lead, other = grouping(self.names)
        shift, other_shift = (_HALF, 0) if lead == self.names[0] else (0, _HALF)
        codes = _Codes(lambda value: _encode(other, _read_packed(other, value)) << other_shift)
        less_precise = {} if precise is None else _less_precise(precise, lead, other)
        for value, packed in packed_values(statements, self.names, precise=precise is None):
            counts = Counter(map(codes.__getitem__, PackedArrayAgg.split(packed)))
            for day, count in less_precise.get(value, ()):
                counts[codes[day]] -= count
                counts[_encode(other, "") << other_shift] += count
            code = _encode(lead, value or 0) << shift
            for other_code, count in counts.items():
                if count:
                    pairs[count].append(code | other_code)

    def _with_count(self, count: int) -> "array[int]":
        if count not in self._is_sorted:
            self._pairs[count] = array("Q", sorted(self._pairs[count]))
            self._is_sorted.add(count)
        return self._pairs[count]

    def _code(self, values: Iterable[Any]) -> int:
        first, second = [*map(_encode, self.names, values), 0][:2]
        return first << _HALF | second

    def _values(self, pair: int) -> Iterator[Any]:
        return map(_decode, self.names, (pair >> _HALF, pair & (1 << _HALF) - 1))


def grouping(names: Names) -> tuple[str, str]:
    """Of two facets, the one whose values are found fastest, and the other."""
    lead = min(names, key=["kind", *RECORDS, *UNITS].index)
    return lead, names[names[0] == lead]


def packed_values(
    statements: StatementQuerySet, names: Names, *, precise: bool = True
) -> Iterable[tuple[Any, str | bytes]]:
    """The values of the first facet of ``grouping``, each with those of the other, one for each statement.

    Unless ``precise``, the first day of each statement's date is packed, whatever the date's precision.
    """
    lead, other = grouping(names)
    values = _packed_value(other) if precise else Day("sort_date")
    if lead == "kind":  # no index is in this order, and sorting is the slowest step
        by_kind = {kind: PackedArrayAgg(values, filter=Q(kind=kind)) for kind in _KINDS}
        return [(kind, packed) for kind, packed in statements.aggregate(**by_kind).items() if packed]
    rows: Any = statements.order_by().values_list(lead)
    return bound_rows(rows.annotate(packed=PackedArrayAgg(values)))


def _packed_value(name: str) -> Any:
    """The value to pack for a facet; for a month it is the day, which the database formats faster."""
    if name in RECORDS:
        return _value(name)
    if name == "year":  # see _value
        return Day("sort_date")
    return Day(_known(name, F("sort_date"), Value(UNDATED)))


def _read_packed(name: str, value: int | str) -> Any:
    """The value of a facet, from its packed form."""
    if name in RECORDS:
        return value
    day = Day.read(value)
    return "" if day == UNDATED and name != "year" else day.isoformat()[: UNITS[name]]


def _less_precise(statements: StatementQuerySet, lead: str, unit: str) -> Mapping[Any, list[Any]]:
    """For each value of ``lead``, the packed days less precise than ``unit``, each with its number."""
    for precision in UNITS:
        if UNITS[precision] >= UNITS[unit]:
            statements = statements.exclude(date_precision=precision)
    rows: Any = statements.order_by().values_list(lead, Day("sort_date"))
    counts = defaultdict(list)
    for value, day, count in bound_rows(rows.annotate(count=Count("*"))):
        counts[value].append((day, count))
    return counts


def _grouped(statements: StatementQuerySet, names: Names, distinct: str) -> QuerySet:
    rows: Any = statements.order_by().values_list(*map(_value, names))
    grouped: QuerySet = rows.annotate(count=_count(distinct))
    return grouped


def _value(name: str) -> Any:
    """The value of a facet; 0 or "" instead of null."""
    if name in RECORDS:
        return Coalesce(f"{name}_id", 0)
    if name not in UNITS:
        return F(name)
    period = FirstCharacters(Cast("sort_date", CharField()), length=UNITS[name])
    # No date is less precise than a year, and UNDATED falls in a year of its own.
    return period if name == "year" else _known(name, period, Value("", output_field=TextField()))


def _known(unit: str, period: Any, unknown: Value) -> Case:
    """The period of a date that is at least as precise as ``unit``; the undated have no precision."""
    # A condition for each precision is faster than one for all.
    known = [When(date_precision=each, then=period) for each in UNITS if UNITS[each] >= UNITS[unit]]
    return Case(*known, default=unknown)


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


class _Codes(dict[int | str, int]):
    """Computes each value once."""

    def __init__(self, compute: Callable[[int | str], int]) -> None:
        self.compute = compute

    def __missing__(self, value: int | str) -> int:
        self[value] = code = self.compute(value)
        return code


def _encode(name: str, value: Any) -> int:
    """A value of a facet as an integer of at most 32 bits; these are in the same order."""
    if name == "kind":
        return _KINDS.index(value)
    return int(value.replace("-", "") or 0) if name in UNITS else int(value)


def _decode(name: str, code: int) -> Any:
    if name == "kind":
        return _KINDS[code]
    if name not in UNITS:
        return code
    digits = f"{code:04}"
    return "-".join(filter(None, (digits[:4], digits[4:6], digits[6:]))) if code else ""
