"""Django's PostgreSQL backend with a cheaper health check of connections, and prepared statements."""

import select
import threading
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.db.backends.postgresql import base
from django.db.utils import DatabaseErrorWrapper
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format
from psycopg.types.datetime import TimestamptzLoader

from newsdb.databases import health


class JSONText(Loader):
    """Loads binary ``jsonb`` as text, as Django expects it."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        return bytes(data[1:]).decode()  # the first byte is the version of the format


class PreparedCursor(psycopg.Cursor):
    """Binds values on the server, and prepares a statement after it has run a few times.

    Django's cursors write the values into the SQL, so that the server plans each statement again; for a page
    of a list that takes as long as reading it. The option ``prepare_threshold`` is how often a statement must
    run; with ``None``, as PgBouncer in transaction mode needs it, none is prepared. Results are in binary,
    which is parsed in C, while Django parses times in Python.
    """

    def __init__(self, connection: psycopg.Connection) -> None:
        super().__init__(connection)
        self.format = Format.BINARY


class BoundCursor(PreparedCursor):
    """Binds values on the server, which plans each statement for its values."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Like psycopg's, but never prepares the statement."""
        return super().execute(query, params, **{**options, "prepare": False})


class ErrorWrapper(DatabaseErrorWrapper):
    """Django's, which also notes that the server is gone, or that a standby had to cancel a query.

    A standby cancels queries that see rows which the primary has removed since.
    """

    wrapper: "DatabaseWrapper"

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        if isinstance(exc_value, psycopg.OperationalError):
            state, alias = exc_value.sqlstate, self.wrapper.alias
            cancelled = state == "40001" and alias != DEFAULT_DB_ALIAS
            if state is None or state.startswith(health.UNAVAILABLE) or cancelled:
                health.note_failure(alias)
        super().__exit__(exc_type, exc_value, traceback)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with a cheaper health check (``CONN_HEALTH_CHECKS``), which costs no round trip per request.

    When a server stops, it notifies and closes each connection, so the socket has something to read. A
    healthy idle connection has not, and checking this takes microseconds.
    """

    health_check_enabled: bool
    health_check_done: bool
    #: Whether a commit did not wait for a synchronous standby to have it.
    unreplicated = False

    @cached_property
    def wrap_database_errors(self) -> ErrorWrapper:
        return ErrorWrapper(self)

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        connection: psycopg.Connection = super().get_new_connection(conn_params)
        connection.adapters.register_loader("jsonb", JSONText)
        connection.add_notice_handler(self._note_notice)
        return connection

    def _note_notice(self, notice: psycopg.errors.Diagnostic) -> None:
        # The message is translated by the server; the name of its function is not.
        if notice.source_function == "SyncRepWaitForLSN":
            self.unreplicated = True

    def commit(self) -> None:
        """Like Django's, but raises ``OperationalError`` if the commit may not be replicated.

        PostgreSQL does not apply its timeout while it waits for a synchronous standby, so the wait is
        cancelled from here. The transaction is then committed, but would be lost with this server.
        """
        if settings.STATEMENT_TIMEOUT and self.connection is not None:
            timer = threading.Timer(settings.STATEMENT_TIMEOUT / 1000, self.connection.cancel)
            timer.start()
            try:
                super().commit()
            finally:
                timer.cancel()
                timer.join()
        else:
            super().commit()
        if self.unreplicated:
            self.unreplicated = False
            message = "The commit may not be replicated."
            raise OperationalError(message) from psycopg.OperationalError(message)

    def create_cursor(self, name: str | None = None) -> Any:
        """Like Django's, but times in a stream of rows (``QuerySet.iterator``) are parsed in C.

        The result is the same as that of Django's parser in Python, since its connections use UTC.
        """
        cursor = super().create_cursor(name)
        if name:
            cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        return cursor

    def close_if_health_check_failed(self) -> None:
        """Close the connection if its server has gone, so that the next query opens a new one."""
        due = self.connection is not None and self.health_check_enabled and not self.health_check_done
        if due and not self.connection.closed and not _has_something_to_read(self.connection.fileno()):
            self.health_check_done = True
        super().close_if_health_check_failed()

    def has_room(self) -> bool:
        """Always true: PostgreSQL does not report a full disk in advance."""
        return True

    def without_waiting(self) -> AbstractContextManager[None]:
        """Does nothing: unlike SQLite, PostgreSQL locks only rows, which ``SKIP LOCKED`` skips."""
        return nullcontext()

    def prepared_cursor(self) -> Any:
        """A cursor for SQL that is run repeatedly with different values.

        Do not use it to search for words, since the best plan depends on the words.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        wrapper: Any = self
        with self.wrap_database_errors:
            return wrapper._prepare_cursor(PreparedCursor(self.connection))

    def bound_cursor(self) -> Any:
        """A cursor whose values appear in no log: neither the server's nor Django's debugging log."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: Any = BoundCursor(self.connection)
            return self.make_cursor(cursor)


def _has_something_to_read(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
