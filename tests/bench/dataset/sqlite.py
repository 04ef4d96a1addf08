"""Filling SQLite: big batches into tables whose indexes and triggers come back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from articles.models import Article, Statement
from articles.search.index import ID_BITS, index_name
from newsdb.sqlite.schema import triggers_suspended
from tests.bench.dataset.columns import Table
from tests.bench.dataset.rows import Row

#: Nothing is lost that could not be made again, and that rows keep to the constraints is tested.
_LOADING = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA cache_size = -1000000",  # kibibytes
)
_SERVING = (
    "PRAGMA cache_size = -2000",
    "PRAGMA ignore_check_constraints = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA journal_mode = WAL",
)


class SQLite:
    """An empty database that is being filled."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    @contextmanager
    def triggers_suspended(self, tables: list[str]) -> Iterator[None]:
        """No trigger of ours fires, and nothing is checked or safe from a crash."""
        self._execute(*_LOADING)
        with triggers_suspended(self.connection):
            yield
        self._execute(*_SERVING)

    @contextmanager
    def indexes_aside(self, tables: list[str]) -> Iterator[None]:
        """These tables have only the indexes that SQLite makes itself, for their unique columns."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
            aside = [(name, sql) for name, table, sql in cursor.fetchall() if table in tables]
        self._execute(*(f'DROP INDEX "{name}"' for name, _ in aside))
        yield
        self._execute(*(sql for _, sql in aside))

    def write(self, table: Table, rows: list[Row]) -> None:
        """Add rows."""
        same = tuple(table.same.values())
        columns = ", ".join(f'"{name}"' for name in table.columns)
        places = ", ".join(["%s"] * len(table.columns))
        sql = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            cursor.executemany(sql, [row + same for row in rows])

    def fill_search(self) -> None:
        """Fill the indexes of words, in the order in which they keep rows."""
        for model in (Article, Statement):
            self._execute(
                f"INSERT INTO {index_name(model)} (rowid, tokens)"
                f" SELECT CAST(julianday(sort_date) AS INTEGER) << {ID_BITS} | id, tokens"
                f" FROM {model._meta.db_table} ORDER BY 1"
            )

    def finish(self, tables: list[str]) -> None:
        """Gather statistics, as the README says to do after loading."""
        self._execute("ANALYZE")

    def _execute(self, *statements: str) -> None:
        with self.connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)
