"""Django's SQLite backend with a statement timeout, and with SQL functions for newsdb's triggers."""

import hashlib
import json
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.backends.sqlite3 import base, operations

from newsdb.ledger.context import context
from newsdb.sqlite.schema import SchemaEditor, triggers_suspended

#: Instructions of SQLite's virtual machine between checks of the timeout: about a millisecond.
INSTRUCTIONS = 10_000
#: Milliseconds that SQLite itself waits for another writer. Meanwhile the connection is locked: a thread
#: that frees one of its cursors waits too, such as the main thread during a garbage collection.
BUSY_TIMEOUT = 50
#: Bytes of disk space that a write may need for the file and its log.
ROOM = 2**20

# An array is passed as JSON, for `json_each`. PostgreSQL has arrays.
sqlite3.register_adapter(list, json.dumps)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _number(value: float | None) -> str:
    """A number in JSON, as PostgreSQL writes it."""
    return "null" if value is None else str(int(value)) if value.is_integer() else repr(value)


class Operations(operations.DatabaseOperations):
    def integer_field_range(self, internal_type: str) -> tuple[int, int]:
        """The same as on PostgreSQL, so that both databases refuse the same values."""
        return self.integer_field_ranges[internal_type]

    # SQLite has no types for dates, times and UUIDs. They are text, always in the format that Django writes.

    def convert_datefield_value(self, value: Any, expression: Any, connection: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)

    def convert_uuidfield_value(self, value: Any, expression: Any, connection: Any) -> UUID | None:
        return None if value is None else UUID(value)

    def sql_flush(self, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        """Like Django's, but also empties a table's full-text index (an FTS5 table named ``…_search``)."""
        sql: list[str] = super().sql_flush(style, tables, **options)
        indexes = {f"{table}_search" for table in tables}
        with self.connection.cursor() as cursor:
            present = indexes.intersection(self.connection.introspection.table_names(cursor))
        return sql + [f"INSERT INTO {index} ({index}) VALUES ('delete-all');" for index in sorted(present)]  # noqa: S608

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        with triggers_suspended(self.connection):
            super().execute_sql_flush(sql_list)


class Cursor(base.SQLiteCursorWrapper):
    """Notifies the wrapper when a statement runs, and when it may begin a transaction.

    SQLite computes rows as they are fetched, so the timeout applies to each fetch, as on PostgreSQL, where
    each fetch from a cursor is a statement. The time that a client takes to read a stream does not count.
    """

    def __init__(self, connection: sqlite3.Connection, wrapper: "DatabaseWrapper") -> None:
        super().__init__(connection)
        self.wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        return self._run(super().execute, query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        return self._run(super().executemany, query, param_list)

    def _run(self, run: Callable[..., Any], query: str, params: Any) -> Any:
        """Run a statement, again and again while another connection writes and no transaction has begun."""
        self.wrapper.mark_transaction()
        until = time.monotonic() + self.wrapper.patience
        with self.wrapper.naming_refusals():
            while True:
                self.wrapper.start_clock()
                try:
                    return run(query, params)
                except sqlite3.OperationalError as error:
                    busy = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
                    if not busy or self.connection.in_transaction or time.monotonic() > until:
                        raise

    def fetchone(self) -> Any:
        self.wrapper.start_clock()
        return super().fetchone()

    def fetchmany(self, size: int | None = None) -> Any:
        self.wrapper.start_clock()
        return super().fetchmany(self.arraysize if size is None else size)

    def fetchall(self) -> Any:
        self.wrapper.start_clock()
        return super().fetchall()

    def __next__(self) -> Any:
        self.wrapper.start_clock()
        return super().__next__()


class PreparedCursor(Cursor):
    """For SQL that is run repeatedly. The driver itself caches prepared statements."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        return _with_question_marks(query)


@lru_cache(maxsize=1024)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Transaction:
    """The facts about a transaction that triggers use, computed when needed: most transactions only read."""

    @cached_property
    def number(self) -> int:
        """A random number that identifies the transaction, like PostgreSQL's transaction id."""
        return secrets.randbits(62)

    @cached_property
    def began(self) -> str:
        """The time of its first write, in the format that Django writes."""
        return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with the option ``statement_timeout``, in milliseconds; 0 for no limit.

    A statement that takes longer raises ``OperationalError``, as on PostgreSQL.
    """

    SchemaEditorClass = SchemaEditor
    ops_class = Operations

    transaction: "Transaction"
    statement_timeout = 0
    #: Seconds that a write waits for other writers.
    patience = 0.0
    overdue_at = 0.0
    refusal = ""

    def start_clock(self) -> None:
        """Restart the statement timeout."""
        self.overdue_at = time.monotonic() + self.statement_timeout / 1000

    def mark_transaction(self) -> None:
        if not self.connection.in_transaction:
            self.transaction = Transaction()

    def refuse(self, message: str, uid: str) -> None:
        """An SQL function for triggers that fails with a message and a uid; ``RAISE`` takes only literals."""
        self.refusal = f"{message} {UUID(uid)}."
        raise ValueError(self.refusal)

    @contextmanager
    def naming_refusals(self) -> Iterator[None]:
        """Context manager: errors from ``newsdb_refuse`` in a trigger become ``IntegrityError``."""
        try:
            yield
        except sqlite3.OperationalError as error:
            refusal, self.refusal = self.refusal, ""
            if refusal:
                raise sqlite3.IntegrityError(refusal) from error
            raise

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        self.statement_timeout = parameters.pop("statement_timeout", 0)
        self.patience = parameters.get("timeout", 5.0)  # the driver's default
        # Otherwise the driver would call a converter in Python for each value, in addition to Django's.
        parameters["detect_types"] = 0
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        if self.statement_timeout:
            connection.set_progress_handler(lambda: time.monotonic() > self.overdue_at, INSTRUCTIONS)
        connection.create_function("newsdb_context", 1, context)
        connection.create_function("newsdb_transaction", 0, lambda: self.transaction.number)
        connection.create_function("newsdb_now", 0, lambda: self.transaction.began)
        connection.create_function("newsdb_refuse", 2, self.refuse)
        connection.create_function("newsdb_sha256", 1, _sha256, deterministic=True)
        connection.create_function("newsdb_number", 1, _number, deterministic=True)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return Cursor(self.connection, self)

    def has_room(self) -> bool:
        """Whether the file's disk has room for another write."""
        try:
            disk = os.statvfs(Path(self.settings_dict["NAME"]).parent)
        except OSError:  # a database in memory has no disk
            return True
        return disk.f_bavail * disk.f_frsize >= ROOM

    @contextmanager
    def without_waiting(self) -> Iterator[None]:
        """Context manager: a write fails immediately if another connection is writing."""
        self.ensure_connection()
        patience, self.patience = self.patience, 0.0
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.patience = patience
            if self.connection is not None:
                self.connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")

    def prepared_cursor(self) -> Any:
        """A cursor for SQL that is run repeatedly with different values."""
        self.ensure_connection()
        wrapper: Any = self
        with self.wrap_database_errors:
            return wrapper._prepare_cursor(PreparedCursor(self.connection, self))

    def bound_cursor(self) -> Any:
        """A cursor whose values do not appear in Django's debugging log."""
        self.ensure_connection()
        with self.wrap_database_errors:
            return self.make_cursor(self.create_cursor())
