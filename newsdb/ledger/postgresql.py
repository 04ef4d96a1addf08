"""The ledger's triggers for PostgreSQL.

Statement triggers note which records were touched; a deferred trigger numbers them at commit, under an
advisory lock that is held until the commit is visible: whoever has read up to a sequence number has seen
every lower one. (A plain sequence is drawn before commit, and a reader would pass over the late ones.)
"""

from collections.abc import Iterator

from newsdb.ledger.baseline import postgresql_triggers
from newsdb.ledger.documents import dropping, writing
from newsdb.ledger.records import Table, any_of, records_of, records_showing, records_with
from newsdb.ledger.snapshot import PostgreSQLSnapshot, shape_of

#: Any constant; writers number their changes one transaction at a time.
LOCK = 7_305_417_320

#: Only an erasure may change the ledger, and only to clear content: rows, numbers and times stay.
APPEND_ONLY = """
CREATE OR REPLACE FUNCTION newsdb_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.transaction = pg_current_xact_id()::text::bigint THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  ELSIF TG_OP = 'UPDATE' AND coalesce(current_setting('newsdb.erasing', true), '') <> '' THEN
    IF (NEW.id, NEW.sequence, NEW.record_type, NEW.uid, NEW.version, NEW.action, NEW.public, NEW.at)
      IS NOT DISTINCT FROM
      (OLD.id, OLD.sequence, OLD.record_type, OLD.uid, OLD.version, OLD.action, OLD.public, OLD.at)
      AND NEW.transaction = OLD.transaction
      AND NEW.actor IN ('', OLD.actor) AND NEW.reason IN ('', OLD.reason)
      AND (NEW.snapshot IS NULL
        OR coalesce(length(NEW.snapshot::text) <= length(OLD.snapshot::text), false))
      AND (NEW.baseline IS NULL
        OR coalesce(length(NEW.baseline::text) <= length(OLD.baseline::text), false)) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER newsdb_change_append_only BEFORE UPDATE OR DELETE ON newsdb_change
FOR EACH ROW EXECUTE FUNCTION newsdb_append_only();"""

SEAL = """
CREATE OR REPLACE FUNCTION newsdb_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  this bigint := pg_current_xact_id()::text::bigint;
  shown bigint[];
  unchanged bigint[];
  restoring text := coalesce(current_setting('newsdb.restoring', true), '');
BEGIN
  -- The first row's turn numbers all, those too that it notes itself. A row is looked for by its id alone:
  -- the index of the unnumbered, which PostgreSQL takes for empty, would be read whole for each.
  IF current_setting('newsdb.sealing', true) = this::text
    OR NOT coalesce((SELECT sequence IS NULL FROM newsdb_change WHERE id = NEW.id), false) THEN
    RETURN NULL;
  END IF;
  PERFORM set_config('newsdb.sealing', this::text, true);
  PERFORM pg_advisory_xact_lock({lock});
{shown}
{snapshots}
  UPDATE newsdb_change c SET version = 1 + coalesce((SELECT max(version) FROM newsdb_change before
    WHERE before.record_type = c.record_type AND before.uid = c.uid AND before.id <> c.id), 0)
  WHERE c.transaction = this AND c.sequence IS NULL;
  -- What changed nothing leaves no mark: not here, and not as the record's time.
  unchanged := ARRAY(
    SELECT c.id FROM newsdb_change c JOIN newsdb_change before
      ON before.record_type = c.record_type AND before.uid = c.uid AND before.version = c.version - 1
    WHERE c.transaction = this AND c.sequence IS NULL AND c.action = 'updated'
      AND coalesce(c.baseline, before.snapshot) = c.snapshot);
  IF cardinality(unchanged) > 0 THEN
    PERFORM set_config('newsdb.restoring', 'true', true);
{times}
    PERFORM set_config('newsdb.restoring', restoring, true);
    DELETE FROM newsdb_change WHERE id = ANY(unchanged);
  END IF;
  -- Nor does what came and went, or what another deleted after it was noted here.
  DELETE FROM newsdb_change WHERE transaction = this AND sequence IS NULL AND snapshot IS NULL
    AND (action NOT IN ('deleted', 'erased') OR version = 1);
{documents}
  UPDATE newsdb_change c SET sequence = numbered.sequence
  FROM (SELECT id, (SELECT coalesce(max(sequence), 0) FROM newsdb_change) + row_number() OVER (ORDER BY id)
          AS sequence
        FROM newsdb_change WHERE transaction = this AND sequence IS NULL) numbered
  WHERE c.id = numbered.id;
  PERFORM set_config('newsdb.sealing', '', true);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER newsdb_change_seal AFTER INSERT OR UPDATE OF sequence ON newsdb_change
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.sequence IS NULL) EXECUTE FUNCTION newsdb_seal();"""

#: A record that came to show this one while its change was under way could not be found by the change.
SHOWN = """\
  shown := ARRAY(
    SELECT r.id FROM {table} r JOIN newsdb_change c ON c.record_type = '{type}' AND c.uid = r.uid
    WHERE c.transaction = this AND c.sequence IS NULL AND {now} <> (
      SELECT {before} FROM (
        SELECT coalesce(c.baseline, b.snapshot) AS snapshot FROM newsdb_change b
        WHERE b.record_type = c.record_type AND b.uid = c.uid AND b.id <> c.id
        ORDER BY b.version DESC LIMIT 1) b));
  IF cardinality(shown) > 0 THEN{notes}
  END IF;"""

#: Nor could siblings that others added meanwhile, to the group of the record or to the one that it left.
SIBLINGS = """\
  shown := ARRAY(
    SELECT sibling.id FROM newsdb_change c
    LEFT JOIN {table} r ON r.uid = c.uid
    LEFT JOIN LATERAL (
      SELECT coalesce(c.baseline, b.snapshot) AS snapshot FROM newsdb_change b
      WHERE b.record_type = c.record_type AND b.uid = c.uid AND b.id <> c.id
      ORDER BY b.version DESC LIMIT 1) b ON true
    JOIN {table} sibling ON sibling."{column}" IN (r."{column}", (b.snapshot->>'{column}')::uuid)
    WHERE c.record_type = '{type}' AND c.transaction = this AND c.sequence IS NULL
      AND {now} IS DISTINCT FROM {before});
  IF cardinality(shown) > 0 THEN{notes}
  END IF;"""

#: What was noted before is left alone: writing it could wait for a transaction that waits to be numbered.
LATE = """\
SELECT id FROM {table} late WHERE {chosen} AND NOT EXISTS (
  SELECT 1 FROM newsdb_change noted WHERE noted.record_type = '{type}' AND noted.uid = late.uid
    AND noted.transaction = this AND noted.sequence IS NULL)"""

SNAPSHOT = """\
  UPDATE newsdb_change c SET snapshot = {snapshot}, shape = {shape}, public = ({public})
  FROM {table} r WHERE r.uid = c.uid AND c.record_type = '{type}' AND c.transaction = this
    AND c.sequence IS NULL;"""

TIME = """\
    UPDATE {table} r SET updated_at = before.at FROM newsdb_change c JOIN newsdb_change before
      ON before.record_type = c.record_type AND before.uid = c.uid AND before.version = c.version - 1
    WHERE c.id = ANY(unchanged) AND c.record_type = '{type}' AND r.uid = c.uid;"""

#: Rows that are written as they were recorded elsewhere keep their times.
RESTORING = "coalesce(current_setting('newsdb.restoring', true), '') <> ''"

NOTE = """
  INSERT INTO newsdb_change (record_type, uid, version, action, public, actor, reason, at, transaction)
  SELECT '{type}', touched.uid, 0, touched.action, false, coalesce(current_setting('newsdb.actor', true), ''),
    coalesce(current_setting('newsdb.reason', true), ''),
    CASE WHEN {restoring} THEN touched.updated_at ELSE now() END, pg_current_xact_id()::text::bigint
  FROM ({touched}) touched ORDER BY touched.id
  ON CONFLICT (record_type, uid, transaction) DO UPDATE SET sequence = NULL, public = false, action = CASE
    WHEN excluded.action IN ('deleted', 'erased') THEN excluded.action
    WHEN newsdb_change.action IN ('updated', 'deleted') THEN excluded.action ELSE newsdb_change.action END,
    snapshot = CASE WHEN excluded.action NOT IN ('deleted', 'erased') THEN newsdb_change.snapshot END,
    shape = CASE WHEN excluded.action NOT IN ('deleted', 'erased') THEN newsdb_change.shape END,
    baseline = CASE WHEN excluded.action NOT IN ('deleted', 'erased') THEN newsdb_change.baseline END,
    -- Of several writes in one transaction the last that is attributed to somebody counts.
    actor = coalesce(nullif(excluded.actor, ''), newsdb_change.actor),
    reason = coalesce(nullif(excluded.reason, ''), newsdb_change.reason);"""

#: Notes that records changed in what they show, and when.
NOTE_UPDATED = """
CREATE OR REPLACE FUNCTION newsdb_note_{table}(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(ids) = 0 THEN RETURN; END IF;{noted}
  IF NOT {restoring} THEN
    UPDATE {table} SET updated_at = now() WHERE id = ANY(ids) AND updated_at <> now();
  END IF;
END $$;"""

TRIGGER = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed bigint[];
BEGIN
  -- It fires for a statement that touches no row too, and would go round in circles.
  IF NOT EXISTS (SELECT 1 FROM {rows}) THEN RETURN NULL; END IF;{body}
  RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {transition}
FOR EACH STATEMENT EXECUTE FUNCTION {name}();"""

STAMP = """
CREATE OR REPLACE FUNCTION newsdb_stamp_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {restoring} THEN
    RETURN NEW;
  ELSIF TG_OP = 'INSERT' OR {changed} THEN
    NEW.updated_at := now();
  ELSIF NEW.updated_at IS DISTINCT FROM now() THEN
    NEW.updated_at := OLD.updated_at;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER newsdb_stamp_{table} BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION newsdb_stamp_{table}();"""

IDENTITY = """
CREATE OR REPLACE FUNCTION newsdb_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a uid never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;"""

IDENTITY_OF = """
CREATE TRIGGER newsdb_identity BEFORE UPDATE OF uid ON {table}
FOR EACH ROW WHEN (NEW.uid <> OLD.uid) EXECUTE FUNCTION newsdb_identity();"""

#: The uid of an erased record is never reused.
ERASED = """
CREATE OR REPLACE FUNCTION newsdb_erased_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM newsdb_erasure WHERE record_type = '{type}' AND uid = NEW.uid) THEN
    RAISE EXCEPTION 'a record with this uid was erased' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER newsdb_erased_{table} BEFORE INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION newsdb_erased_{table}();"""

#: The action recorded for a deleted row.
GONE = "CASE WHEN coalesce(current_setting('newsdb.erasing', true), '') = '' THEN 'deleted' ELSE 'erased' END"

TRANSITIONS = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}


def triggers(tables: list[Table]) -> Iterator[str]:
    """``CREATE FUNCTION`` and ``CREATE TRIGGER`` statements for the ledger itself and every watched table."""
    yield APPEND_ONLY
    roots = [table for table in tables if table.root == table]
    yield SEAL.format(
        lock=LOCK,
        shown="\n".join(_shown(root) for root in roots if root.reference),
        snapshots="\n".join(map(_snapshot, roots)),
        documents="".join(
            writing(
                root,
                "postgresql",
                f"{root.name} r JOIN newsdb_change c ON c.uid = r.uid"
                f" WHERE c.record_type = '{root.record.type}'"
                " AND c.transaction = this AND c.sequence IS NULL",
            )
            for root in roots
        ),
        times="\n".join(TIME.format(table=root.name, type=root.record.type) for root in roots),
    )
    yield IDENTITY
    for root in roots:
        yield IDENTITY_OF.format(table=root.name)
        yield ERASED.format(table=root.name, type=root.record.type)
        yield STAMP.format(table=root.name, changed=_differs(root.columns), restoring=RESTORING)
        updated = f"SELECT id, uid, updated_at, 'updated' AS action FROM {root.name} WHERE id = ANY(ids)"
        yield NOTE_UPDATED.format(table=root.name, noted=_noted(root, updated), restoring=RESTORING)
    for table in tables:
        yield from postgresql_triggers(table)
        for event, transition in TRANSITIONS.items():
            yield TRIGGER.format(
                name=f"newsdb_ledger_{table.name}_{event.lower()}",
                body=_body(table, event),
                event=event,
                table=table.name,
                rows="before" if event == "DELETE" else "after",
                transition=transition,
            )


def _shown(root: Table) -> str:
    names = root.model.reference
    before = ", ".join(f"'{name}', b.snapshot->'{name}'" for name in names)
    shown = "SELECT unnest(shown)"
    records = [(root, shown)] if root.siblings else records_showing(root, shown, any_of)
    return (SIBLINGS if root.siblings else SHOWN).format(
        table=root.name,
        type=root.record.type,
        column=root.siblings.column if root.siblings else "",
        now=PostgreSQLSnapshot().shown(root.model, "r"),
        before=f"jsonb_build_object({before})",
        notes="".join(_note_late(*record) for record in records),
    )


def _snapshot(root: Table) -> str:
    return SNAPSHOT.format(
        snapshot=PostgreSQLSnapshot().of(root, "r"),
        shape=shape_of(root),
        public=root.record.public.format(row="r"),
        table=root.name,
        type=root.record.type,
    )


def _body(table: Table, event: str) -> str:
    if table.root == table:
        body = _noted_root(table, event)
    else:
        parent = table.parent
        assert parent
        body = _note(table.root, records_of(parent, _parents(table, event), any_of))
    if event == "UPDATE" and table.reference:
        body += _keep_changed(table.reference)
        shown = records_showing(table, "SELECT unnest(changed)", any_of)
        body += "".join(_note(root, ids) for root, ids in shown)
    if table.siblings:
        body += _note(table, records_with(table, _groups_left_or_joined(table, event), any_of))
    return body


def _noted_root(table: Table, event: str) -> str:
    if event == "INSERT":
        return _noted(table, "SELECT id, uid, updated_at, 'created' AS action FROM after")
    if event == "DELETE":
        gone = _noted(table, f"SELECT id, uid, updated_at, {GONE} AS action FROM before")
        return gone + dropping(table, "= ANY(ARRAY(SELECT id FROM before))")
    cases = "".join(
        f" WHEN id IN (SELECT id FROM after WHERE {condition.format(row='after')}"
        f" EXCEPT SELECT id FROM before WHERE {condition.format(row='before')}) THEN '{action}'"
        for action, condition in table.record.actions.items()
    )
    action = f"CASE{cases} ELSE 'updated' END" if cases else "'updated'"
    touched = f"SELECT id, uid, updated_at, {action} AS action FROM {table.name} WHERE id = ANY(changed)"
    return _keep_changed(table.columns) + _noted(table, touched)


def _keep_changed(columns: list[str]) -> str:
    return f"\n  changed := ARRAY(SELECT id FROM ({_rows_changed(columns)}) changed_rows);"


def _rows_changed(columns: list[str], now: str = "after", then: str = "before") -> str:
    listed = ", ".join(dict.fromkeys(["id", *(f'"{column}"' for column in columns)]))
    return f"SELECT {listed} FROM {now} EXCEPT SELECT {listed} FROM {then}"


def _parents(table: Table, event: str) -> str:
    column = f'"{table.link.column}"'
    if event == "UPDATE":
        return (
            f"SELECT {column} FROM ({_rows_changed(table.columns)}) now"
            f" UNION SELECT {column} FROM ({_rows_changed(table.columns, 'before', 'after')}) earlier"
        )
    return f"SELECT {column} FROM {'after' if event == 'INSERT' else 'before'}"


def _groups_left_or_joined(table: Table, event: str) -> str:
    """SQL for the sibling values of the rows that were added or removed."""
    assert table.siblings
    column = table.siblings.column
    if event == "UPDATE":  # the groups that they joined are among those that show them
        rows = f"({_rows_changed([column], 'before', 'after')}) left_groups"
    else:
        rows = "after" if event == "INSERT" else "before"
    return f'SELECT "{column}" FROM {rows} WHERE "{column}" IS NOT NULL'


def _note(root: Table, ids: str) -> str:
    return f"\n  PERFORM newsdb_note_{root.name}(ARRAY({ids}));"


def _note_late(root: Table, ids: str) -> str:
    return _note(root, LATE.format(table=root.name, chosen=any_of("id", ids), type=root.record.type))


def _noted(root: Table, touched: str) -> str:
    return NOTE.format(type=root.record.type, touched=touched, restoring=RESTORING)


def _differs(columns: list[str]) -> str:
    old, new = (", ".join(f'{row}."{c}"' for c in columns) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"
