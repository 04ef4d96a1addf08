"""Triggers that store a record as it was before a change, if its last snapshot has different fields.

A migration may add, drop or rename fields. Comparing a record's last snapshot with the next one then does not
show what the change altered. So just before that change, the record is stored with the current fields: its
``baseline``, which the new snapshot is compared with.
"""

from collections.abc import Callable, Iterator

from newsdb.ledger.records import OneOf, Table, any_of, listed_in, records_of, records_showing, records_with
from newsdb.ledger.snapshot import PostgreSQLSnapshot, SQLiteSnapshot, shape_of

#: Inserting an id into this view stores the record's baseline. The long SQL of the snapshot is here rather
#: than in each trigger, since every connection holds all triggers in memory. The comparison of shapes allows
#: for nulls, since old changes have none.
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
  -- Most statements have no siblings, and planning the rest takes a millisecond.
  IF cardinality(ids) = 0 THEN RETURN; END IF;
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

#: The name sorts it last among the BEFORE triggers, after those that modify the row. The condition is in the
#: function, since a column that a trigger's WHEN clause names could not be altered.
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
        yield _fill(SQLITE, table, SQLiteSnapshot().of(table, "r"))
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
        yield _fill(POSTGRESQL, table, PostgreSQLSnapshot().of(table, "r"))
    for name, event, columns, records in _changes(table, any_of, _rows_of_values):
        old, new = (", ".join(f'{row}."{c}"' for c in columns) for row in ("OLD", "NEW"))
        body = "".join(
            f"\n    PERFORM newsdb_keep_baseline_{root.name}(ARRAY({ids}));" for root, ids in records
        )
        when = f"({old}) IS DISTINCT FROM ({new})" if columns else "true"
        yield POSTGRESQL_TRIGGER.format(name=name, event=event, table=table.name, when=when, body=body)


def _fill(template: str, root: Table, snapshot: str) -> str:
    return template.format(type=root.record.type, table=root.name, snapshot=snapshot, shape=shape_of(root))


def _rows_of_values(values: list[str]) -> str:
    return "VALUES " + ", ".join(f"({value})" for value in values)


def _changes(
    table: Table, one_of: OneOf, listed: Callable[[list[str]], str]
) -> Iterator[tuple[str, str, list[str], list[tuple[Table, str]]]]:
    """The writes to ``table`` that change records, one for each trigger.

    Each has a name, the event, the columns whose change matters (empty for any), and the changed records, as
    pairs of a table and SQL for ids in it.
    """
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
