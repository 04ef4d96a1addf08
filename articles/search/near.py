"""Helps to find similar texts: the frequency of words in an index, and queries with many conditions.

Rare words are the best evidence: a text that shares some rare words, or a run of words, is worth comparing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from threading import Lock
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Func

from articles.search.index import ID_BITS, index_name, index_of
from articles.search.query import Phrase


@dataclass(frozen=True, slots=True)
class Condition:
    """What a text must have: each of ``required``, and of ``optional`` all but one."""

    required: tuple[Phrase, ...]
    optional: tuple[Phrase, ...] = ()


#: Rows of a large table that are read to learn its common words, each of which is in several of them.
SAMPLE_ROWS, COMMON_ROWS = 10_000, 5
#: Other words are counted, up to this many rows; in a large table up to fewer, since there they are all rare.
MAX_COUNT, MAX_RARE_COUNT = 5_000, 100


def written_for(vendor: str, conditions: Sequence[Condition]) -> list[str]:
    """The conditions as the store's own search reads them."""
    if vendor == "sqlite":
        return [_any(conditions, " + ", " AND ", " OR ")]
    # Each by itself: for one query with all of them, the index would test each row for every word.
    return [_any((condition,), " <-> ", " & ", " | ") for condition in conditions]


class MatchesAny(Func):
    """Whether a row meets any condition: ``MatchesAny("tokens", "pk", written=written_for(…))``.

    Each text may be a ``Placeholder``. On SQLite, the query must include the table of the index.
    """

    output_field = BooleanField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        tokens, params = compiler.compile(self.get_source_expressions()[0])
        written = self.extra["written"]
        each = " OR ".join([f"{tokens} @@ %s::tsquery"] * len(written))
        return f"({each})", [value for text in written for value in (*params, text)]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        key, _ = compiler.compile(self.get_source_expressions()[1])
        index = index_of(self)
        return f"({index} MATCH %s AND {key} = {index}.rowid & {2**ID_BITS - 1})", [*self.extra["written"]]


def _any(conditions: Iterable[Condition], then: str, also: str, either: str) -> str:
    def all_of(phrases: Sequence[Phrase]) -> list[str]:
        return [f"({then.join(phrase)})" for phrase in phrases]

    def all_but_one_of(phrases: Sequence[Phrase]) -> list[str]:
        # The missing phrase is in one half of the list or the other; so with n phrases the query names each
        # about log2(n) times. Listing every way to leave one out would name each phrase n - 1 times.
        if len(phrases) < 2:
            return []
        half = len(phrases) // 2
        first, second = phrases[:half], phrases[half:]
        ways = [[*all_of(first), *all_but_one_of(second)], [*all_of(second), *all_but_one_of(first)]]
        return [f"({either.join(f'({also.join(way)})' for way in ways)})"]

    return either.join(
        f"({also.join([*all_of(condition.required), *all_but_one_of(condition.optional)])})"
        for condition in conditions
    )


class WordShares:
    """The approximate share, from 0 to 1, of a model's rows that have each word.

    The shares of common words come from a sample of the rows, so that no search terms of a user are kept. It
    is the same on both stores, and read again when the table has grown by a tenth.
    """

    def __init__(self, model: Any) -> None:
        self._table, self._index = model._meta.db_table, index_name(model)
        self._lock = Lock()
        self._rows = 0
        self._common: dict[str, float] = {}

    def of(self, tokens: Iterable[str], using: str) -> tuple[Mapping[str, float], int]:
        """The shares of these tokens, and the approximate number of rows."""
        connection = connections[using]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max(id) FROM {self._table}")  # noqa: S608  # a name of our own
            rows = cursor.fetchone()[0] or 0
        with self._lock:
            if abs(rows - self._rows) * 10 > self._rows:
                self._common = self._sampled(connection, rows) if rows > SAMPLE_ROWS else {}
                self._rows = rows
            common = self._common
        wanted = set(tokens)
        others = [token for token in wanted if token not in common]
        counted = self._counted(connection, others, rows, MAX_RARE_COUNT if common else MAX_COUNT)
        return {token: common.get(token) or counted.get(token, 0.0) for token in wanted}, rows

    def _sampled(self, connection: Any, rows: int) -> dict[str, float]:
        """The shares of the common words, from rows at equal distances."""
        postgresql = connection.vendor == "postgresql"
        tokens = "array_to_string(tsvector_to_array(tokens), ' ')" if postgresql else "tokens"
        step = rows // SAMPLE_ROWS
        # Only numbers and names of our own are written into it.
        places = f"SELECT {step} UNION ALL SELECT id + {step} FROM places WHERE id + {step} <= {rows}"  # noqa: S608
        sample = f"SELECT {tokens} FROM places JOIN {self._table} USING (id)"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"WITH RECURSIVE places(id) AS ({places}) {sample}")
            counts = Counter(chain.from_iterable(set(text.split()) for (text,) in cursor.fetchall()))
        return {token: count * step / rows for token, count in counts.items() if count >= COMMON_ROWS}

    def _counted(self, connection: Any, tokens: Sequence[str], rows: int, most: int) -> dict[str, float]:
        """Count the tokens in the index, each up to ``most``.

        PostgreSQL's statistics would be cheaper, but then the stores would find different rows. And a single
        query for all tokens would look so costly to it that it would compile the query first (JIT).
        """
        if not tokens or not rows:
            return {}
        match = f"{self._index} WHERE {self._index} MATCH %s"
        if connection.vendor == "postgresql":
            match = f"{self._table} WHERE tokens @@ %s::tsquery"
        one = f"SELECT count(*) FROM (SELECT 1 FROM {match} LIMIT {most}) found"  # noqa: S608
        shares = {}
        with connection.bound_cursor() as cursor:
            for token in tokens:
                cursor.execute(one, [token])
                shares[token] = cursor.fetchone()[0] / rows
        return shares


@cache
def word_shares(model: Any) -> WordShares:
    """The word shares of ``model``, cached in this process."""
    return WordShares(model)
