"""Provides a consistent snapshot of the database for long reads."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def one_snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction that sees only data committed before it began, and blocks no writer."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # By default PostgreSQL plans cursors for a fraction of their rows; here all rows are read.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
            yield
        return
    # Transactions on SQLite are IMMEDIATE by default, which would block writers; readers of the WAL need not.
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(using=using):
            yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]
