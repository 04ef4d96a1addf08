"""Records in the ledger, all at once, rows that were inserted while its triggers were disabled."""

from typing import Any

from newsdb.ledger.context import context
from newsdb.ledger.postgresql import LOCK
from newsdb.ledger.records import table_of
from newsdb.ledger.snapshot import PostgreSQLSnapshot, SQLiteSnapshot, shape_of

_CREATED = """
INSERT INTO newsdb_change
  (sequence, record_type, uid, version, action, public, actor, reason, at, snapshot, shape, "transaction")
SELECT (SELECT coalesce(max(sequence), 0) FROM newsdb_change) + row_number() OVER (ORDER BY r.id),
  '{type}', r.uid,
  coalesce((SELECT max(version) FROM newsdb_change WHERE record_type = '{type}' AND uid = r.uid), 0) + 1,
  'created', {public}, %s, %s, r.updated_at, {snapshot}, {shape}, {transaction}
FROM {table} r WHERE r.id >= %s ORDER BY r.id"""


def record_bulk_creation(connection: Any, model: Any, first: int = 0, *, bare: bool = False) -> None:
    """Record rows of ``model``, from the id ``first`` on, as created at their ``updated_at``, as triggers do.

    ``bare`` rows have no parts and no siblings yet. Use it in the transaction that wrote the rows, and under
    ``attributed``.
    """
    table, postgresql = table_of(model), connection.vendor == "postgresql"
    sql = _CREATED.format(
        type=table.record.type,
        public=table.record.public.format(row="r"),
        snapshot=(PostgreSQLSnapshot if postgresql else SQLiteSnapshot)(bare=bare).of(table, "r"),
        shape=shape_of(table),
        transaction="pg_current_xact_id()::text::bigint" if postgresql else "newsdb_transaction()",
        table=table.name,
    )
    with connection.cursor() as cursor:
        if postgresql:
            # The lock under which changes are numbered at commit: no other transaction can number any now.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(sql, [context("actor"), context("reason"), first])
