"""Many rows at once, into tables whose rules are put aside meanwhile: COPY on PostgreSQL, else batches."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from newsdb.sqlite.base import triggers_suspended

#: How to take away, and to make again, what is made at once at less cost than it is kept row by row. Unique
#: keys stay: they say which row is there twice.
_ASIDE = {
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
    """Within a transaction, take triggers, foreign keys and plain indexes off ``tables`` until the end.

    What newsdb's triggers derive, note and forbid is the caller's to see to. Foreign keys hold again at the
    end, on SQLite all the time. On PostgreSQL others wait for these tables until the transaction ends.
    """
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            # A table whose rows are still to be checked cannot be altered. (So the ledger numbers them, too.)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(_ASIDE[connection.vendor])
        aside = [(drop, make) for table, drop, make in cursor.fetchall() if table in tables]
        for drop, _ in aside:
            cursor.execute(drop)
        with _triggers_disabled(cursor, tables) if postgresql else triggers_suspended(connection):
            yield
        for _, make in aside:
            cursor.execute(make)


@contextmanager
def _triggers_disabled(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def write_rows(connection: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values as the store takes them. Raises ``django.db.Error`` where it refuses one."""
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
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608


def next_id(connection: Any, table: str) -> int:
    """An id that no row of ``table`` has or ever had, nor any above."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        else:
            cursor.execute("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = %s", [table])
        return cursor.fetchone()[0]


def reserve_ids(connection: Any, table: str, below: int) -> None:
    """Give rows of ``table`` no id below this from now on. SQLite sees to that by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, below])
