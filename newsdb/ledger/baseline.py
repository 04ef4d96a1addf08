"""Triggers that keep a record as it was before a change, where its last snapshot has other fields.

A migration may add, drop or rename fields. The last snapshot of a record then does not tell what the next
change altered. Just before that change the record is kept in today's fields: its ``baseline``, with which the
new snapshot is compared.
"""

from collections.abc import Callable, Iterator

from newsdb.ledger.records import OneOf, Table, any_of, listed_in, records_of, records_showing, records_with
from newsdb.ledger.snapshot import PostgreSQLSnapshot, SQLiteSnapshot, shape_of

#: Inserting an id into this view keeps that record. A snapshot's SQL stands here once, not in each trigger:
#: every connection holds all triggers in memory. ``IS NOT`` here, and ``IS DISTINCT FROM`` below, since a
#: change from before there were shapes has none.
SQLITE = """
CREATE TRIGGER newsdb_keep_baseline_{table} INSTEAD OF INSERT ON newsdb_baseline_{table}
BEGIN
INSERT INTO newsdb_change
  (sequence, record_type, uid, version, action, public, actor, reason, at, baseline, "transaction")
SELECT (SELECT coalesce(max(sequence), 0) + 1 FROM newsdb_change), '{type}', r.uid,
  (SELECT max(version) + 1 FROM newsdb_change WHERE record_type = '{type}' AND uid = r.uid),
  'updated', 0, '', '', CASE newsdb_context('restoring') WHEN '' THEN newsdb_now() ELSE r.updated_at END,
  {snapshot}, newsdb_transaction()
FROM {table} r WHERE r.id = NEW.id AND EXISTS (
  SELECT 1 FROM (SELECT shape FROM newsdb_change WHERE record_type = '{type}' AND uid = r.uid
                 ORDER BY version DESC LIMIT 1) last
  WHERE last.shape IS NOT {shape})
ON CONFLICT DO NOTHING;
END"""

POSTGRESQL = """
CREATE OR REPLACE FUNCTION newsdb_keep_baseline_{table}(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO newsdb_change
    (record_type, uid, version, action, public, actor, reason, at, baseline, transaction)
  SELECT '{type}', r.uid, 0, 'updated', false, '', '',
    CASE WHEN coalesce(current_setting('newsdb.restoring', true), '') = '' THEN now() ELSE r.updated_at END,
    {snapshot}, pg_current_xact_id()::text::bigint
  FROM {table} r WHERE r.id = ANY(ids) AND EXISTS (
    SELECT 1 FROM (SELECT shape FROM newsdb_change WHERE record_type = '{type}' AND uid = r.uid
                   ORDER BY version DESC LIMIT 1) last
    WHERE last.shape IS DISTINCT FROM {shape})
  ON CONFLICT DO NOTHING;
END $$;"""

SQLITE_TRIGGER = """
CREATE TRIGGER newsdb_{name} BEFORE {event} ON {table}
{when}BEGIN{body}
END"""

#: Named so that it comes last of those before the write: others still alter the row. What a trigger is for
#: stands in its function, since no column that its WHEN names can be altered.
POSTGRESQL_TRIGGER = """
CREATE OR REPLACE FUNCTION newsdb_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {when} THEN{body}
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER newsdb_zz_{name} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION newsdb_{name}();"""


def sqlite_triggers(table: Table) -> Iterator[str]:
    """``CREATE VIEW`` and ``CREATE TRIGGER`` statements for one watched table."""
    if table.root == table:
        yield f"CREATE VIEW newsdb_baseline_{table.name} AS SELECT NULL AS id"
        yield _keeping(table, SQLITE, SQLiteSnapshot().of(table, "r"))
    for name, event, columns, records in _changes(table, listed_in, ", ".join):
        differs = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)
        body = "".join(
            f"\nINSERT INTO newsdb_baseline_{root.name}"
            f" SELECT id FROM {root.name} WHERE id IN ({ids}) ORDER BY id;"
            for root, ids in records
        )
        when = f"WHEN {differs}\n" if columns else ""
        yield SQLITE_TRIGGER.format(name=name, event=event, table=table.name, when=when, body=body)


def postgresql_triggers(table: Table) -> Iterator[str]:
    """``CREATE FUNCTION`` and ``CREATE TRIGGER`` statements for one watched table."""
    if table.root == table:
        yield _keeping(table, POSTGRESQL, PostgreSQLSnapshot().of(table, "r"))
    for name, event, columns, records in _changes(table, any_of, _rows_of_values):
        old, new = (", ".join(f'{row}."{c}"' for c in columns) for row in ("OLD", "NEW"))
        body = "".join(
            f"\n    PERFORM newsdb_keep_baseline_{root.name}(ARRAY({ids}));" for root, ids in records
        )
        when = f"({old}) IS DISTINCT FROM ({new})" if columns else "true"
        yield POSTGRESQL_TRIGGER.format(name=name, event=event, table=table.name, when=when, body=body)


def _keeping(root: Table, template: str, snapshot: str) -> str:
    return template.format(type=root.record.type, table=root.name, snapshot=snapshot, shape=shape_of(root))


def _rows_of_values(values: list[str]) -> str:
    return "VALUES " + ", ".join(f"({value})" for value in values)


def _changes(
    table: Table, one_of: OneOf, listed: Callable[[list[str]], str]
) -> Iterator[tuple[str, str, list[str], list[tuple[Table, str]]]]:
    """What changes records: a name, the event, the columns that count, and the records by SQL for ids."""
    if table.parent:
        for event, rows in {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}.items():
            parents = listed([f'{row}."{table.link.column}"' for row in rows])
            columns = table.columns if event == "UPDATE" else []
            records = [(table.root, records_of(table.parent, parents, one_of))]
            yield f"baseline_{table.name}_{event.lower()}", event, columns, records
    else:
        yield f"baseline_{table.name}", "UPDATE", table.columns, [(table, listed(["OLD.id"]))]
    if table.reference:
        shown = list(records_showing(table, listed(["OLD.id"]), one_of))
        yield f"baseline_shown_{table.name}", "UPDATE", table.reference, shown
    if table.siblings:
        column = table.siblings.column
        for event, rows in {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}.items():
            values = listed([f'{row}."{column}"' for row in rows])
            records = [(table, records_with(table, values, one_of))]
            columns = [column] if event == "UPDATE" else []
            yield f"baseline_siblings_{table.name}_{event.lower()}", event, columns, records
