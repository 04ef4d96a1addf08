"""PostgreSQL as Django drives it, and two things more.

A kept connection is tried only where it may have died, and what is asked over and over is planned once.
"""

import select
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format
from psycopg.types.datetime import TimestamptzLoader


class JSONText(Loader):
    """Reads binary ``jsonb`` as text, which is what Django expects of it."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        return bytes(data[1:]).decode()  # the first byte is the version of the format


class PreparedCursor(psycopg.Cursor):
    """Binds values on the server, which plans a statement once that it has seen a few times before.

    Django's cursors write the values into the SQL, so that the server plans each statement anew: for a page
    of a list that takes as long as to read it. How often it has to be seen is the option
    ``prepare_threshold``; ``None``, as PgBouncer needs it in transaction mode, is never. Values come in
    binary, which is read in C, while Django reads times in Python.
    """

    def __init__(self, connection: psycopg.Connection) -> None:
        super().__init__(connection)
        self.format = Format.BINARY


class BoundCursor(PreparedCursor):
    """Binds values on the server, which plans each statement for them."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """As psycopg's, and never prepared."""
        return super().execute(query, params, **{**options, "prepare": False})


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, whose health check (``CONN_HEALTH_CHECKS``) would be a round trip with every request.

    A server that ends tells each connection so, and closes it. Nothing is there to be read from an idle one
    while all is well, and to look whether there is takes microseconds.
    """

    health_check_enabled: bool
    health_check_done: bool

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        connection: psycopg.Connection = super().get_new_connection(conn_params)
        connection.adapters.register_loader("jsonb", JSONText)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """As Django's; but times in a stream of rows (``QuerySet.iterator``) are read in C.

        They are the same as Django reads in Python: its connections speak UTC.
        """
        cursor = super().create_cursor(name)
        if name:
            cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        return cursor

    def close_if_health_check_failed(self) -> None:
        """Close the connection if its server has gone, so that the next query opens another."""
        due = self.connection is not None and self.health_check_enabled and not self.health_check_done
        if due and not self.connection.closed and not _has_something_to_read(self.connection.fileno()):
            self.health_check_done = True
        super().close_if_health_check_failed()

    def has_room(self) -> bool:
        """True: a server does not report a full disk in advance."""
        return True

    def without_waiting(self) -> AbstractContextManager[None]:
        """As on SQLite, where another writer locks the whole store; here ``SKIP LOCKED`` passes rows by."""
        return nullcontext()

    def prepared_cursor(self) -> Any:
        """A cursor for SQL that stays the same from one time to the next but for its values.

        Not for a search by words: which plan is best depends on the words.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        wrapper: Any = self
        with self.wrap_database_errors:
            return wrapper._prepare_cursor(PreparedCursor(self.connection))

    def bound_cursor(self) -> Any:
        """A cursor whose values are in no log: neither the server's nor Django's own for debugging."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: Any = BoundCursor(self.connection)
            return self.make_cursor(cursor)


def _has_something_to_read(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
