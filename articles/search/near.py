"""Helps to find similar texts: the frequency of words in an index, and queries with many conditions.

Rare words are the best evidence: a text that shares some rare words, or a run of words, is worth comparing.
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

#: Phrases that a text must all have.
Condition = tuple[Phrase, ...]

#: A word in this many rows is common; the exact number is not counted.
COMMON_ROWS = 5_000
#: Seconds for which the frequencies of words are cached.
CACHE_SECONDS = 600


class FoundAny(Func):
    """Whether a row meets any of ``conditions``: ``FoundAny("tokens", "pk", conditions=…)``.

    On SQLite, the query must include the table of the index.
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
    """The approximate share, from 0 to 1, of a model's rows that have each word.

    Only common words of the dataset are cached, so that no search terms of a user are kept.
    """

    def __init__(self, model: Any) -> None:
        self._table, self._index = model._meta.db_table, index_name(model)
        self._lock = Lock()
        self._until = 0.0
        self._rows = 0
        self._common: dict[str, float] = {}

    def of(self, tokens: Iterable[str], using: str) -> tuple[Mapping[str, float], int]:
        """The shares of these tokens, and the approximate number of rows."""
        connection = connections[using]
        with self._lock:
            if time.monotonic() > self._until:
                self._read(connection)
            common, rows = dict(self._common), self._rows
        wanted = set(tokens)
        common |= self._counted(connection, [token for token in wanted if token not in common], rows)
        return {token: common.get(token, 0.0) for token in wanted}, rows

    def _read(self, connection: Any) -> None:
        """Read the number of rows, and forget which words are common."""
        self._common = {}
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max(id) FROM {self._table}")  # noqa: S608  # a name of our own
            self._rows = cursor.fetchone()[0] or 0
        self._until = time.monotonic() + CACHE_SECONDS

    def _counted(self, connection: Any, tokens: Sequence[str], rows: int) -> dict[str, float]:
        """Count the tokens in the index, each up to ``COMMON_ROWS``.

        PostgreSQL's statistics would be cheaper, but then the stores would find different rows.
        """
        if not tokens or not rows:
            return {}
        match = f"{self._index} WHERE {self._index} MATCH %s"
        if connection.vendor == "postgresql":
            match = f"{self._table} WHERE tokens @@ %s::tsquery"
        one = f"SELECT count(*) FROM (SELECT 1 FROM {match} LIMIT {COMMON_ROWS}) found"  # noqa: S608
        with connection.bound_cursor() as cursor:
            shares = {}
            for token in tokens:
                cursor.execute(one, [token])
                shares[token] = cursor.fetchone()[0] / rows
        common = {token: share for token, share in shares.items() if share * rows >= COMMON_ROWS}
        with self._lock:
            self._common |= common
        return shares


@cache
def word_shares(model: Any) -> WordShares:
    """The word shares of ``model``, cached in this process."""
    return WordShares(model)
