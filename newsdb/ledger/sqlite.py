"""The ledger's triggers for SQLite.

Only one transaction writes at a time, so a change is numbered and its snapshot taken immediately. Later
changes of the same record in the same transaction update that row. If the record is unchanged in the end, the
row is deleted.
"""

from collections.abc import Iterator

from newsdb.ledger.baseline import sqlite_triggers
from newsdb.ledger.documents import delete_sql, write_sql
from newsdb.ledger.records import Table, records_of, records_showing, records_with
from newsdb.ledger.snapshot import SQLiteSnapshot, shape_of

EVENTS = ("INSERT", "UPDATE", "DELETE")

#: Only an erasure may change the ledger, and only to clear content: rows, numbers and times stay.
APPEND_ONLY = (
    """
CREATE TRIGGER newsdb_change_update BEFORE UPDATE ON newsdb_change
WHEN OLD."transaction" IS NOT newsdb_transaction() AND NOT (
  newsdb_context('erasing') <> ''
  AND (NEW.id, NEW.sequence, NEW.record_type, NEW.uid, NEW.version, NEW.action, NEW.public, NEW.at)
    IS (OLD.id, OLD.sequence, OLD.record_type, OLD.uid, OLD.version, OLD.action, OLD.public, OLD.at)
  AND NEW."transaction" = OLD."transaction"
  AND NEW.actor IN ('', OLD.actor) AND NEW.reason IN ('', OLD.reason)
  AND (NEW.snapshot IS NULL OR coalesce(length(NEW.snapshot) <= length(OLD.snapshot), 0))
  AND (NEW.baseline IS NULL OR coalesce(length(NEW.baseline) <= length(OLD.baseline), 0)))
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """
CREATE TRIGGER newsdb_change_delete BEFORE DELETE ON newsdb_change
WHEN OLD."transaction" IS NOT newsdb_transaction()
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
)

#: The uid of an erased record is never reused.
ERASED = """
CREATE TRIGGER newsdb_erased_{table} BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM newsdb_erasure WHERE record_type = '{type}' AND uid = NEW.uid)
BEGIN SELECT RAISE(ABORT, 'a record with this uid was erased'); END"""

#: Inserting a record's id into this view records a change of it. The long SQL of the snapshot is here rather
#: than in each trigger, since every connection holds all triggers in memory.
RECORDER = """
CREATE TRIGGER newsdb_recorder_{table} INSTEAD OF INSERT ON newsdb_record_{table}
BEGIN
INSERT INTO newsdb_change
  (sequence, record_type, uid, version, action, public, actor, reason, at, snapshot, shape, "transaction")
SELECT (SELECT coalesce(max(sequence), 0) + 1 FROM newsdb_change), '{type}', r.uid,
  (SELECT coalesce(max(version), 0) + 1 FROM newsdb_change WHERE record_type = '{type}' AND uid = r.uid),
  NEW.action, {public}, newsdb_context('actor'), newsdb_context('reason'),
  CASE newsdb_context('restoring') WHEN '' THEN newsdb_now() ELSE r.updated_at END,
  {snapshot}, {shape}, newsdb_transaction()
-- If the last snapshot has other fields, this transaction's change has a baseline. If there is no such
-- change, an earlier trigger of the same write found the record unchanged and deleted it.
FROM {table} r WHERE r.id = NEW.id AND (NEW.action <> 'updated' OR NOT EXISTS (
  SELECT 1 FROM (SELECT shape, "transaction" FROM newsdb_change WHERE record_type = '{type}' AND uid = r.uid
                 ORDER BY version DESC LIMIT 1) last
  WHERE last.shape IS NOT {shape} AND last."transaction" <> newsdb_transaction()))
ON CONFLICT (record_type, uid, "transaction") DO UPDATE SET
  action = CASE WHEN action IN ('updated', 'deleted') THEN excluded.action ELSE action END,
  public = excluded.public, snapshot = excluded.snapshot, shape = excluded.shape, {attribution};
DELETE FROM newsdb_change
WHERE record_type = '{type}' AND uid = (SELECT uid FROM {table} WHERE id = NEW.id)
  AND "transaction" = newsdb_transaction() AND action = 'updated'
  AND snapshot = coalesce(baseline, (
    SELECT snapshot FROM newsdb_change before WHERE before.record_type = newsdb_change.record_type
      AND before.uid = newsdb_change.uid AND before.version = newsdb_change.version - 1));
UPDATE {table} SET updated_at = (
  SELECT at FROM newsdb_change WHERE record_type = '{type}' AND uid = {table}.uid
  ORDER BY version DESC LIMIT 1)
WHERE id = NEW.id;{document}
END"""

DELETED = """
INSERT INTO newsdb_change
  (sequence, record_type, uid, version, action, public, actor, reason, at, snapshot, "transaction")
SELECT (SELECT coalesce(max(sequence), 0) + 1 FROM newsdb_change), '{type}', OLD.uid,
  (SELECT coalesce(max(version), 0) + 1 FROM newsdb_change WHERE record_type = '{type}' AND uid = OLD.uid),
  CASE newsdb_context('erasing') WHEN '' THEN 'deleted' ELSE 'erased' END, 0,
  newsdb_context('actor'), newsdb_context('reason'), newsdb_now(), NULL, newsdb_transaction()
WHERE 1
ON CONFLICT (record_type, uid, "transaction") DO UPDATE SET
  action = excluded.action, public = 0, snapshot = NULL, shape = NULL, baseline = NULL, {attribution};
DELETE FROM newsdb_change
WHERE record_type = '{type}' AND uid = OLD.uid AND "transaction" = newsdb_transaction() AND version = 1;"""

#: Of several writes in one transaction, the last one with an attribution counts.
ATTRIBUTION = """actor = coalesce(nullif(excluded.actor, ''), actor),
  reason = coalesce(nullif(excluded.reason, ''), reason)"""

#: ``updated_at`` is always the ledger's time, whatever a writer (a fixture that is loaded again, say) sets.
STAMP = """
CREATE TRIGGER newsdb_stamp_{table} AFTER UPDATE OF updated_at ON {table}
WHEN NEW.updated_at IS NOT OLD.updated_at
BEGIN
UPDATE {table} SET updated_at = (SELECT at FROM newsdb_change WHERE record_type = '{type}' AND uid = NEW.uid
                                 ORDER BY version DESC LIMIT 1)
WHERE id = NEW.id;
END"""

IDENTITY = """
CREATE TRIGGER newsdb_identity_{table} BEFORE UPDATE OF uid ON {table}
WHEN NEW.uid IS NOT OLD.uid
BEGIN SELECT RAISE(ABORT, 'a uid never changes'); END"""


def triggers(tables: list[Table]) -> Iterator[str]:
    """``CREATE VIEW`` and ``CREATE TRIGGER`` statements for the ledger itself and every watched table."""
    yield from APPEND_ONLY
    for table in tables:
        if table.root == table:
            yield STAMP.format(table=table.name, type=table.record.type)
            yield IDENTITY.format(table=table.name)
            yield ERASED.format(table=table.name, type=table.record.type)
            yield f"CREATE VIEW newsdb_record_{table.name} AS SELECT NULL AS id, NULL AS action"
            yield _recorder(table)
        yield from sqlite_triggers(table)
        yield from _reference_triggers(table)
        yield from _left_sibling_triggers(table)
        for event in EVENTS:
            yield (
                f"CREATE TRIGGER newsdb_ledger_{table.name}_{event.lower()} AFTER {event} ON {table.name}\n"
                f"{_when_changed(table) if event == 'UPDATE' else ''}BEGIN{_body(table, event)}\nEND"
            )


def _when_changed(table: Table) -> str:
    return f"WHEN {_differs(table.columns)}\n"


def _differs(columns: list[str]) -> str:
    return " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)


def _body(table: Table, event: str) -> str:
    if table.root == table:
        if event == "DELETE":
            deleted = DELETED.format(type=table.record.type, attribution=ATTRIBUTION)
            return deleted + delete_sql(table, "= OLD.id")
        return f"\nINSERT INTO newsdb_record_{table.name} VALUES (NEW.id, {_action_sql(table, event)});"
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
    parent = table.parent
    assert parent
    parents = ", ".join(f'{row}."{table.link.column}"' for row in rows)
    return _record_updates(table.root, records_of(parent, parents))


def _reference_triggers(table: Table) -> Iterator[str]:
    """Triggers that record changes of the records that show this table's rows.

    An insert counts too where it adds a sibling. It does while a fixture is loaded, since a row may come
    after the records that show it.
    """
    if table.reference:
        records = "".join(_record_updates(root, ids) for root, ids in records_showing(table, "NEW.id"))
        for event, when in (
            ("INSERT", "" if table.siblings else "WHEN newsdb_context('loading') <> ''\n"),
            ("UPDATE", f"WHEN newsdb_context('batching') = '' AND ({_differs(table.reference)})\n"),
        ):
            yield (
                f"CREATE TRIGGER newsdb_shown_{table.name}_{event.lower()} AFTER {event} ON {table.name}\n"
                f"{when}BEGIN{records}\nEND"
            )


def _left_sibling_triggers(table: Table) -> Iterator[str]:
    """Triggers that record changes of a record's former siblings when it leaves their group."""
    if table.siblings:
        column = table.siblings.column
        records = _record_updates(table, records_with(table, f'OLD."{column}"'))
        for event, when in (("DELETE", f'OLD."{column}" IS NOT NULL'), ("UPDATE", _differs([column]))):
            yield (
                f"CREATE TRIGGER newsdb_parted_{table.name}_{event.lower()} AFTER {event} ON {table.name}\n"
                f"WHEN {when}\nBEGIN{records}\nEND"
            )


def _record_updates(root: Table, ids: str) -> str:
    return (
        f"\nINSERT INTO newsdb_record_{root.name}"
        f" SELECT id, 'updated' FROM {root.name} WHERE id IN ({ids}) ORDER BY id;"
    )


def _recorder(root: Table) -> str:
    return RECORDER.format(
        type=root.record.type,
        table=root.name,
        public=root.record.public.format(row="r"),
        snapshot=SQLiteSnapshot().of(root, "r"),
        shape=shape_of(root),
        attribution=ATTRIBUTION,
        document=write_sql(root, "sqlite", f"{root.name} r WHERE r.id = NEW.id"),
    )


def _action_sql(table: Table, event: str) -> str:
    if event == "INSERT":
        return "'created'"
    cases = "".join(
        f" WHEN {condition.format(row='NEW')} AND NOT ({condition.format(row='OLD')}) THEN '{action}'"
        for action, condition in table.record.actions.items()
    )
    return f"CASE{cases} ELSE 'updated' END" if cases else "'updated'"
