"""The ledger's rows as its triggers would have written them, had each record been loaded on its own day."""

from collections.abc import Iterator, Sequence
from typing import Any

from newsdb.ledger.records import Table, tables
from newsdb.ledger.snapshot import PostgreSQLSnapshot, SQLiteSnapshot, shape_of

TYPES = ("actor", "outlet", "article", "statement")
#: Records noted by one statement.
AT_ONCE = 20_000

_NOTED = """
INSERT INTO newsdb_change
  (sequence, record_type, uid, version, action, public, actor, reason, at, snapshot, shape, "transaction")
SELECT {before} + row_number() OVER (ORDER BY r.id), '{type}', r.uid, 1, 'created', {public}, '', '',
  r.updated_at, {snapshot}, {shape}, 1
FROM {table} r WHERE r.id > {first} AND r.id <= {last} ORDER BY r.id"""


def note_all(cursor: Any, vendor: str, types: Sequence[str] = TYPES) -> Iterator[int]:
    """Note the creation of every record, in order of type and id; yields how many were noted at a time."""
    before = 0
    for type in types:
        table = next(t for t in tables() if t.root == t and t.record.type == type)
        cursor.execute(f"SELECT max(id) FROM {table.name}")
        (last,) = cursor.fetchone()
        for first in range(0, last or 0, AT_ONCE):
            cursor.execute(_sql(table, vendor, before, first))
            before += cursor.rowcount
            yield cursor.rowcount


def _sql(table: Table, vendor: str, before: int, first: int) -> str:
    snapshot = PostgreSQLSnapshot() if vendor == "postgresql" else SQLiteSnapshot()
    return _NOTED.format(
        before=before,
        type=table.record.type,
        public=table.record.public.format(row="r"),
        snapshot=snapshot.of(table, "r"),
        shape=shape_of(table),
        table=table.name,
        first=first,
        last=first + AT_ONCE,
    )
