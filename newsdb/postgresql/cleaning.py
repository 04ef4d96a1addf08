"""Removes deleted rows from PostgreSQL's files: dead tuples, and samples in the statistics."""

import time
from contextlib import suppress
from typing import Any

from django.db import NotSupportedError, ProgrammingError

#: Seconds to wait for older transactions.
PATIENCE = 60

#: Finds processes that may still see rows deleted before transaction %s, so that VACUUM FULL would keep them:
#: readers in this database, and writers in any, since the snapshot of VACUUM FULL is as old as they are.
_OLDER = """
SELECT string_agg(DISTINCT what, ', ') FROM (
  SELECT format('process %%s (%%s)', pid, datname) AS what FROM pg_stat_activity
  WHERE pid <> pg_backend_pid() AND (age(backend_xid) > age(%s::xid)
    OR datname = current_database() AND age(backend_xmin) > age(%s::xid))
  UNION ALL SELECT format('prepared transaction %%s', gid) FROM pg_prepared_xacts
  WHERE age(transaction) > age(%s::xid)) older"""

_TABLES = """
SELECT string_agg(format('%I', tablename), ', ' ORDER BY tablename) FROM pg_tables
WHERE schemaname = current_schema()"""

#: Text columns of empty tables with statistics. ``reltuples`` is exact after the tables were analysed.
_SAMPLES = """
SELECT format('ALTER TABLE %s ALTER %I TYPE %s', c.oid::regclass, a.attname, format_type(atttypid, atttypmod))
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
JOIN pg_stats s ON s.schemaname = current_schema() AND s.tablename = relname AND s.attname = a.attname
WHERE relkind = 'r' AND reltuples = 0 AND relnamespace = current_schema()::regnamespace
  AND atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype)"""

IN_USE = (
    "The records are erased, but {} may still read them, so that their words are still in the database's"
    " files. Wait until it ends, or end it, and run manage.py erase again."
)


def clean(connection: Any) -> str:
    """Rewrite the tables (VACUUM FULL), each locked in turn; returns what blocked it, or ""."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        try:
            return _clean(cursor)
        finally:
            cursor.execute("RESET statement_timeout")


def _clean(cursor: Any) -> str:
    if older := _wait_for_older(cursor):
        return IN_USE.format(older)
    cursor.execute(_TABLES)
    (tables,) = cursor.fetchone()
    cursor.execute(f"VACUUM (FULL, ANALYZE) {tables}")
    # ANALYZE has replaced the samples that had the words, except those of tables that are now empty.
    _forget_samples(cursor)
    if older := _wait_for_older(cursor):
        return IN_USE.format(older)
    cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
    # The old files are deleted at the next checkpoint. Without the right to request one, it takes some
    # minutes.
    with suppress(ProgrammingError):
        cursor.execute("CHECKPOINT")
    return ""


def _forget_samples(cursor: Any) -> None:
    """Drop the statistics of empty tables: altering a column's type drops its statistics."""
    cursor.execute(_SAMPLES)
    for (alter,) in cursor.fetchall():
        with suppress(NotSupportedError, ProgrammingError):  # a trigger or another column depends on it
            cursor.execute(alter)
    with suppress(ProgrammingError):  # only superusers may do this
        cursor.execute(
            "DELETE FROM pg_catalog.pg_statistic WHERE starelid IN"
            " (SELECT oid FROM pg_class WHERE relkind = 'r' AND reltuples = 0"
            " AND relnamespace = current_schema()::regnamespace)"
        )


def _wait_for_older(cursor: Any) -> str:
    cursor.execute("SELECT xmax::text, xmax::xid::text FROM pg_snapshot_xmax(pg_current_snapshot()) xmax")
    following, short = cursor.fetchone()
    deadline = time.monotonic() + PATIENCE
    while True:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) < %s::xid8", [following])
        (writing,) = cursor.fetchone()
        cursor.execute(_OLDER, [short] * 3)
        (older,) = cursor.fetchone()
        if not (older or writing):
            return ""
        if time.monotonic() > deadline:
            return older or "another transaction"  # not every role may see other roles' processes
        time.sleep(0.2)
