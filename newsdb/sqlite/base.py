"""SQLite as Django drives it, and what newsdb needs: a limit of time, and for its triggers who and why.

Triggers also have to outlive the rebuilding of tables, by which SQLite alters them.
"""

import hashlib
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

from django.db.backends.sqlite3 import base, operations, schema

from newsdb.ledger.context import context

#: Of SQLite's virtual machine, between two looks at the clock: about a thousandth of a second.
INSTRUCTIONS = 10_000
#: Bytes that a write may need at once, of the file and its log.
ROOM = 2**20


@contextmanager
def triggers_suspended(connection: Any) -> Iterator[None]:
    """Drop newsdb's triggers and put the same ones back afterwards.

    SQLite rebuilds a table by dropping it, which silently drops its triggers, and refuses to rename the
    new one into place while another table's trigger names it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'newsdb_%'"
        )
        triggers = cursor.fetchall()
        for name, _, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor, include_views=True)
        for _, table, sql in triggers:
            if table in tables:
                cursor.execute(sql)


def _aside(method: str) -> Callable[..., Any]:
    original = getattr(schema.DatabaseSchemaEditor, method)

    def changed(self: Any, *args: Any, **kwargs: Any) -> Any:
        with triggers_suspended(self.connection):
            return original(self, *args, **kwargs)

    changed.__name__ = method
    return changed


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _number(value: float | None) -> str:
    """As PostgreSQL writes it in JSON."""
    return "null" if value is None else str(int(value)) if value.is_integer() else repr(value)


class SchemaEditor(schema.DatabaseSchemaEditor):
    _remake_table = _aside("_remake_table")
    alter_db_table = _aside("alter_db_table")
    alter_field = _aside("alter_field")
    remove_field = _aside("remove_field")
    delete_model = _aside("delete_model")


class Operations(operations.DatabaseOperations):
    def integer_field_range(self, internal_type: str) -> tuple[int, int]:
        """As PostgreSQL has it: what one store refuses the other refuses too."""
        return self.integer_field_ranges[internal_type]

    # SQLite has no types for dates, times and UUIDs: they are text, in the one form that Django writes.

    def convert_datefield_value(self, value: Any, expression: Any, connection: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)

    def convert_uuidfield_value(self, value: Any, expression: Any, connection: Any) -> UUID | None:
        return None if value is None else UUID(value)

    def sql_flush(self, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        """As Django's, and the index of a table's words (an FTS5 table with ``_search`` behind its name)."""
        sql: list[str] = super().sql_flush(style, tables, **options)
        indexes = {f"{table}_search" for table in tables}
        with self.connection.cursor() as cursor:
            present = indexes.intersection(self.connection.introspection.table_names(cursor))
        return sql + [f"INSERT INTO {index} ({index}) VALUES ('delete-all');" for index in sorted(present)]  # noqa: S608

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        with triggers_suspended(self.connection):
            super().execute_sql_flush(sql_list)


class Cursor(base.SQLiteCursorWrapper):
    """Tells the wrapper when a statement begins a transaction, its own or an explicit one, and when it runs.

    SQLite finds rows as they are fetched, so each fetch may take as long as PostgreSQL gives each of the
    statements that fetch from a cursor there; the time in which a client reads a stream does not count.
    """

    def __init__(self, connection: sqlite3.Connection, wrapper: "DatabaseWrapper") -> None:
        super().__init__(connection)
        self.wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        self.wrapper.mark_transaction()
        self.wrapper.start_clock()
        with self.wrapper.naming_refusals():
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        self.wrapper.mark_transaction()
        self.wrapper.start_clock()
        with self.wrapper.naming_refusals():
            return super().executemany(query, param_list)

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
    """For SQL that stays the same, with its placeholders in a row; its plan the driver keeps by itself."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        return _with_question_marks(query)


@lru_cache(maxsize=1024)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Transaction:
    """What triggers may ask of a transaction; of most, which only read, they ask nothing."""

    @cached_property
    def number(self) -> int:
        """Any, as PostgreSQL's transactions have one."""
        return secrets.randbits(62)

    @cached_property
    def began(self) -> str:
        """When it first wrote, as Django writes times."""
        return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with the option ``statement_timeout``: milliseconds a statement may take, 0 for no limit.

    One that takes longer ends in an ``OperationalError``, as on PostgreSQL.
    """

    SchemaEditorClass = SchemaEditor
    ops_class = Operations

    transaction: "Transaction"
    statement_timeout = 0
    overdue_at = 0.0
    refusal = ""

    def start_clock(self) -> None:
        """Count from now the time that a statement may take."""
        self.overdue_at = time.monotonic() + self.statement_timeout / 1000

    def mark_transaction(self) -> None:
        if not self.connection.in_transaction:
            self.transaction = Transaction()

    def refuse(self, message: str, uid: str) -> None:
        """For triggers: fail with ``message`` and a uid. ``RAISE`` takes only a literal."""
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
        # By the column's declared type the driver would call Python for each value, and Django once more.
        parameters["detect_types"] = 0
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
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
        """Whether the disk of the file has room for another write."""
        try:
            disk = os.statvfs(Path(self.settings_dict["NAME"]).parent)
        except OSError:  # in memory it is on none
            return True
        return disk.f_bavail * disk.f_frsize >= ROOM

    @contextmanager
    def without_waiting(self) -> Iterator[None]:
        """Context manager: a write fails at once while another connection is writing."""
        self.ensure_connection()
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            if self.connection is not None:
                patience = self.settings_dict["OPTIONS"].get("timeout", 5)  # seconds, as the driver has it
                self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")

    def prepared_cursor(self) -> Any:
        """A cursor for SQL that stays the same from one time to the next but for its values."""
        self.ensure_connection()
        wrapper: Any = self
        with self.wrap_database_errors:
            return wrapper._prepare_cursor(PreparedCursor(self.connection, self))

    def bound_cursor(self) -> Any:
        """A cursor whose values are not among the queries that Django keeps for debugging."""
        self.ensure_connection()
        with self.wrap_database_errors:
            return self.make_cursor(self.create_cursor())
