"""Inserts many rows at once, with triggers and, if you like, indexes disabled: by COPY on PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from newsdb.sqlite.schema import triggers_suspended

#: Queries for the statements that drop and recreate indexes and, on PostgreSQL, foreign keys: building them
#: once is cheaper than updating them for each row. Unique indexes stay, since they detect duplicate rows.
_DROP_AND_CREATE = {
    "postgresql": """
SELECT conrelid::regclass::text,
  format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
  format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f'
UNION ALL
SELECT indrelid::regclass::text, format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE NOT indisunique""",
    "sqlite": """
SELECT tbl_name, format('DROP INDEX "%w"', name), sql FROM sqlite_master
WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'""",
}


@contextmanager
def constraints_disabled(connection: Any, tables: Sequence[str]) -> Iterator[None]:
    """Context manager: disables triggers, foreign keys and non-unique indexes of ``tables``.

    Use it within a transaction. The caller must do what newsdb's triggers would: derive columns, record
    changes and enforce rules. Foreign keys are checked again at the end; on SQLite they are never disabled.
    On PostgreSQL, other connections wait for these tables until the transaction ends.
    """
    with connection.cursor() as cursor, triggers_disabled(connection, tables):
        cursor.execute(_DROP_AND_CREATE[connection.vendor])
        statements = [(drop, create) for table, drop, create in cursor.fetchall() if table in tables]
        for drop, _ in statements:
            cursor.execute(drop)
        yield
        for _, create in statements:
            cursor.execute(create)


@contextmanager
def triggers_disabled(connection: Any, tables: Sequence[str]) -> Iterator[None]:
    """Context manager: disables the triggers of ``tables``, and keeps others from writing to them.

    Use it within a transaction, until whose end others wait. The caller must do what newsdb's triggers would:
    derive columns, record changes and enforce rules. On SQLite, all triggers are disabled.
    """
    if connection.vendor == "sqlite":
        with triggers_suspended(connection):
            yield
        return
    with connection.cursor() as cursor:
        # A table with pending deferred triggers cannot be altered. (Running them also numbers the changes.)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def write_rows(connection: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values that are already in the database's form. Raises ``django.db.Error``."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        else:
            placeholders = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({placeholders})", rows)  # noqa: S608


def next_id(connection: Any, table: str) -> int:
    """The next id for ``table``: neither it nor any higher one was ever used."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        else:
            cursor.execute("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = %s", [table])
        return cursor.fetchone()[0]


def reserve_ids(connection: Any, table: str, below: int) -> None:
    """Make sure that new rows of ``table`` get no id lower than ``below``. SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, below])


def transaction_time(connection: Any) -> datetime:
    """The time of this transaction, at which the ledger says that its changes were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()" if connection.vendor == "postgresql" else "SELECT newsdb_now()")
        (now,) = cursor.fetchone()
    return now if isinstance(now, datetime) else datetime.fromisoformat(now).replace(tzinfo=UTC)
