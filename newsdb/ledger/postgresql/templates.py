"""The SQL of the ledger's triggers for PostgreSQL, to be filled in for each table."""

#: The key (any constant) of the advisory lock under which one transaction at a time numbers its changes.
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
  -- The trigger fires for each row, but the first call numbers all, even those it adds itself. Look the row
  -- up by id alone: PostgreSQL takes the index of unnumbered rows for empty, and would read it all each time.
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
  -- If the record is unchanged in the end, delete the change and restore the record's time.
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
  -- Also delete changes of records that were created and deleted within this transaction, or that another
  -- transaction deleted after the change was recorded here.
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

#: The changes of this transaction, of one type of record. The concatenation rules out the index of histories:
#: a plan that was made while the table was small would read every change of the type by it.
PENDING = "c.transaction = this AND c.sequence IS NULL AND c.record_type || '' = '{type}'"

#: If another transaction made a record show this one in the meantime, the change could not find that record.
SHOWN = f"""\
  shown := ARRAY(
    SELECT r.id FROM {{table}} r JOIN newsdb_change c ON c.uid = r.uid
    WHERE {PENDING} AND {{now}} <> (
      SELECT {{before}} FROM (
        SELECT coalesce(c.baseline, b.snapshot) AS snapshot FROM newsdb_change b
        WHERE b.record_type = c.record_type AND b.uid = c.uid AND b.id <> c.id
        ORDER BY b.version DESC LIMIT 1) b));
  IF cardinality(shown) > 0 AND coalesce(current_setting('newsdb.batching', true), '') = '' THEN{{notes}}
  END IF;"""

#: Nor could it find siblings that others added meanwhile to the record's group or to the group that it left.
SIBLINGS = f"""\
  shown := ARRAY(
    SELECT sibling.id FROM newsdb_change c
    LEFT JOIN {{table}} r ON r.uid = c.uid
    LEFT JOIN LATERAL (
      SELECT coalesce(c.baseline, b.snapshot) AS snapshot FROM newsdb_change b
      WHERE b.record_type = c.record_type AND b.uid = c.uid AND b.id <> c.id
      ORDER BY b.version DESC LIMIT 1) b ON true
    JOIN {{table}} sibling ON sibling."{{column}}" IN (r."{{column}}", (b.snapshot->>'{{column}}')::uuid)
    WHERE {PENDING} AND {{now}} IS DISTINCT FROM {{before}});
  IF cardinality(shown) > 0 THEN{{notes}}
  END IF;"""

#: Skips records that have a change already: updating it could deadlock with a transaction waiting to number.
LATE = """\
SELECT id FROM {table} late WHERE {chosen} AND NOT EXISTS (
  SELECT 1 FROM newsdb_change noted WHERE noted.record_type = '{type}' AND noted.uid = late.uid
    AND noted.transaction = this AND noted.sequence IS NULL)"""

SNAPSHOT = f"""\
  UPDATE newsdb_change c SET snapshot = {{snapshot}}, shape = {{shape}}, public = ({{public}})
  FROM {{table}} r WHERE r.uid = c.uid AND {PENDING};"""

TIME = """\
    UPDATE {table} r SET updated_at = before.at FROM newsdb_change c JOIN newsdb_change before
      ON before.record_type = c.record_type AND before.uid = c.uid AND before.version = c.version - 1
    WHERE c.id = ANY(unchanged) AND c.record_type = '{type}' AND r.uid = c.uid;"""

#: Rows that were first recorded elsewhere keep their times.
RESTORING = "coalesce(current_setting('newsdb.restoring', true), '') <> ''"

#: Whoever changed a record rewrites the records that show it.
BATCHING = "coalesce(current_setting('newsdb.batching', true), '') <> ''"

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
    -- Of several writes in one transaction, the last one with an attribution counts.
    actor = coalesce(nullif(excluded.actor, ''), newsdb_change.actor),
    reason = coalesce(nullif(excluded.reason, ''), newsdb_change.reason);"""

#: Records changes of what records show, and sets their ``updated_at``.
NOTE_UPDATED = """
CREATE OR REPLACE FUNCTION newsdb_note_{table}(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(ids) = 0 THEN RETURN; END IF;{noted}
  IF coalesce(current_setting('newsdb.sealing', true), '') <> '' THEN
    -- Whoever has locked a record may wait to number their changes: to wait for them would be a deadlock. If
    -- they changed it, they set its time. If they only added to it, its time stays behind its change.
    ids := ARRAY(SELECT id FROM {table} WHERE id = ANY(ids) FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
  IF NOT {restoring} THEN
    UPDATE {table} SET updated_at = now() WHERE id = ANY(ids) AND updated_at <> now();
  END IF;
END $$;"""

TRIGGER = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed bigint[];
BEGIN
  -- The trigger also fires if the statement touches no row; without this check it would recurse for ever.
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
DELETE_ACTION = (
    "CASE WHEN coalesce(current_setting('newsdb.erasing', true), '') = '' THEN 'deleted' ELSE 'erased' END"
)

TRANSITIONS = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}
