"""Finding texts that are nearly the same: how common words are in an index, and any of several conditions.

What is rare tells most: a text that shares a few rare words, or a short run of words, is worth reading.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from threading import Lock
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Func

from articles.search.index import ID_BITS, index_name, index_of
from articles.search.query import Phrase

#: Phrases that a text has all of.
Condition = tuple[Phrase, ...]

#: From so many rows on, a word is common; how many there are exactly is not counted.
COMMON = 5_000
#: Seconds for which it is remembered how common words are.
REMEMBERED = 600


class FoundAny(Func):
    """Whether a row meets one of ``conditions``: ``FoundAny("tokens", "pk", conditions=…)``.

    On SQLite the table of its index has to be among those of the query.
    """

    output_field = BooleanField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        tokens, params = compiler.compile(self.get_source_expressions()[0])
        return f"{tokens} @@ %s::tsquery", [*params, _any(self.extra["conditions"], " <-> ", " & ", " | ")]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        key, _ = compiler.compile(self.get_source_expressions()[1])
        index = index_of(self)
        sql = f"({index} MATCH %s AND {key} = {index}.rowid & {2**ID_BITS - 1})"
        return sql, [_any(self.extra["conditions"], " + ", " AND ", " OR ")]


def _any(conditions: Iterable[Condition], then: str, also: str, either: str) -> str:
    return either.join(
        f"({also.join(f'({then.join(phrase)})' for phrase in condition)})" for condition in conditions
    )


class WordShares:
    """In what share of the rows of a model each word stands, about: from 0 to 1.

    Only common words of the dataset are cached, so that no search terms of a user are kept.
    """

    def __init__(self, model: Any) -> None:
        self._table, self._index = model._meta.db_table, index_name(model)
        self._lock = Lock()
        self._until = 0.0
        self._rows = 0
        self._common: dict[str, float] = {}
        self._rarest = 0.0

    def of(self, tokens: Iterable[str], using: str) -> tuple[Mapping[str, float], int]:
        """The shares of these tokens, and about how many rows there are."""
        connection = connections[using]
        with self._lock:
            if time.monotonic() > self._until:
                self._read(connection)
            common, rows, rarest = dict(self._common), self._rows, self._rarest
        wanted = set(tokens)
        if connection.vendor == "sqlite":
            common |= self._counted(connection, [token for token in wanted if token not in common], rows)
        return {token: common.get(token, rarest) for token in wanted}, rows

    def _read(self, connection: Any) -> None:
        """What the store knows by itself: PostgreSQL has statistics of the words of a column."""
        self._common = {}
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT unnest(most_common_elems::text::text[]), unnest(most_common_elem_freqs)"
                    " FROM pg_stats WHERE schemaname = ANY (current_schemas(false))"
                    " AND tablename = %s AND attname = 'tokens'",
                    [self._table],
                )
                # Behind the frequencies of the words are the lowest and the highest of them.
                self._common = {token: share for token, share in cursor.fetchall() if token is not None}
            cursor.execute(f"SELECT max(id) FROM {self._table}")  # noqa: S608  # a name of our own
            self._rows = cursor.fetchone()[0] or 0
        self._rarest = min(self._common.values(), default=0.0)
        self._until = time.monotonic() + REMEMBERED

    def _counted(self, connection: Any, tokens: Sequence[str], rows: int) -> dict[str, float]:
        """Counted in SQLite's index, as far as ``COMMON``."""
        if not tokens or not rows:
            return {}
        one = (
            f"SELECT count(*) FROM (SELECT 1 FROM {self._index} WHERE {self._index} MATCH %s LIMIT {COMMON})"  # noqa: S608
        )
        with connection.bound_cursor() as cursor:
            shares = {}
            for token in tokens:
                cursor.execute(one, [token])
                shares[token] = cursor.fetchone()[0] / rows
        common = {token: share for token, share in shares.items() if share * rows >= COMMON}
        with self._lock:
            self._common |= common
        return shares


@cache
def word_shares(model: Any) -> WordShares:
    """The shares of the words of ``model``, as this process knows them."""
    return WordShares(model)
