"""One state of the database for as long as it takes to read all of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def one_snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction that sees what was committed when it began and nothing later, and blocks no writer."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # Queries are planned for all their rows; PostgreSQL thinks that of a stream only some are wanted.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
            yield
        return
    # Transactions here begin as writers (IMMEDIATE); a reader of the WAL need not keep those waiting.
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(using=using):
            yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]
