"""Filling PostgreSQL: COPY into tables whose indexes, foreign keys and triggers come back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.dataset.columns import Table
from tests.bench.dataset.rows import Row

#: How to take away and to make again: foreign keys before the unique keys that they need, plain indexes last.
_ASIDE = """
SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', t.relname, c.conname),
  format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s', t.relname, c.conname, pg_get_constraintdef(c.oid))
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE c.contype IN ('f', 'u') AND t.relname = ANY(%(tables)s)
  AND t.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT format('DROP INDEX %%I', indexname), indexdef FROM pg_indexes
WHERE tablename = ANY(%(tables)s) AND schemaname = current_schema()
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"""

#: Building indexes takes memory, and nothing is lost that could not be made again.
_SESSION = "SET maintenance_work_mem = '1GB'; SET synchronous_commit = off; SET jit = off"


class PostgreSQL:
    """An empty database that is being filled."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._execute(_SESSION)

    @contextmanager
    def triggers_suspended(self, tables: list[str]) -> Iterator[None]:
        """No trigger of ours on these tables fires."""
        for state in ("DISABLE", "ENABLE"):
            for table in tables:
                self._execute(f"ALTER TABLE {table} {state} TRIGGER USER")
            if state == "DISABLE":
                yield

    @contextmanager
    def indexes_aside(self, tables: list[str]) -> Iterator[None]:
        """These tables have their primary keys only; what else they have is made again as it was."""
        with self.connection.cursor() as cursor:
            cursor.execute(_ASIDE, {"tables": tables})
            aside = cursor.fetchall()
        aside.sort(key=lambda pair: ("FOREIGN KEY" not in pair[1], "ADD CONSTRAINT" not in pair[1], pair[1]))
        for drop, _ in aside:
            self._execute(drop)
        yield
        for _, make in reversed(aside):
            self._execute(make)
        for table in tables:
            self._execute(f"ANALYZE {table}")

    def write(self, table: Table, rows: list[Row]) -> None:
        """Add rows."""
        same = tuple(table.same.values())
        columns = ", ".join(f'"{name}"' for name in table.columns)
        place = table.columns.index("tokens") if "tokens" in table.columns else 0
        prepared = table.model._meta.get_field("tokens").get_db_prep_save if place else None
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                if prepared:
                    row = (*row[:place], prepared(row[place], self.connection), *row[place + 1 :])
                copy.write_row(row + same)

    def finish(self, tables: list[str]) -> None:
        """Go on counting ids where the rows end, and gather statistics as autovacuum would."""
        for table in tables:
            self._execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(max(id), 1)) FROM {table}"
            )
            self._execute(f"VACUUM (FREEZE, ANALYZE) {table}")

    def fill_search(self) -> None:
        """The index of words is one like any other."""

    def _execute(self, sql: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(sql)
