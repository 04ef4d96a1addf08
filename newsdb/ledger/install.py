"""Installs the triggers in the database: the ledger's, and those in each app's ``sql/`` directory."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from newsdb.ledger import postgresql, sqlite
from newsdb.ledger.documents import fill_documents
from newsdb.ledger.records import tables

_FUNCTIONS = "FROM pg_proc WHERE proname LIKE 'newsdb\\_%' AND pronamespace = current_schema()::regnamespace"
_DROP = {
    "sqlite": "SELECT 'DROP ' || type || ' ' || name FROM sqlite_master"
    " WHERE type IN ('trigger', 'view') AND name LIKE 'newsdb_%' ORDER BY type",
    "postgresql": f"SELECT 'DROP FUNCTION ' || oid::regprocedure || ' CASCADE' {_FUNCTIONS}",
}
# A session caches the plans of functions. A plan made while a table was small would scan the whole table,
# once it has grown, for each row of a large transaction; hence no sequential scans. For the same reason
# functions look rows up by arrays of keys (a cached join may read a whole index), and compare old and new
# rows with EXCEPT (a cached join of them is a nested loop). With sequential scans off, one that cannot be
# avoided looks expensive enough for JIT compilation, which takes a tenth of a second; hence no JIT. And since
# the plans suit any number of keys, they are generic: planning each call took longer than running it.
_SETTINGS = "SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan"
_CONFIGURE = f"SELECT 'ALTER FUNCTION ' || oid::regprocedure || ' {_SETTINGS}' {_FUNCTIONS}"


def install(connection: Any) -> None:
    """Replace newsdb's triggers with the current ones, in one transaction. Safe to repeat.

    A database with unapplied migrations gets no triggers, since they are written for the current schema.
    """
    from django.db import transaction

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _execute_each(cursor, _DROP[connection.vendor])
        if _is_behind(connection):
            return
        dialect = sqlite if connection.vendor == "sqlite" else postgresql
        for statement in [*dialect.triggers(list(tables())), *_app_statements(connection.vendor)]:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            _execute_each(cursor, _CONFIGURE)
        fill_documents(connection)


def _execute_each(cursor: Any, query: str) -> None:
    cursor.execute(query)
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)


def _is_behind(connection: Any) -> bool:
    """Whether migrations that the triggers need have not been applied yet."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    watched = {"newsdb", *settings.DATASET_APPS}
    newest = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in watched]
    return bool(executor.migration_plan(newest))


def _app_statements(vendor: str) -> Iterator[str]:
    for app in apps.get_app_configs():
        path = Path(app.path) / "sql" / f"{vendor}.sql"
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            yield from _statements(text) if vendor == "sqlite" else [text]


def _statements(script: str) -> Iterator[str]:
    """Split a script, since SQLite executes one statement at a time. Triggers contain semicolons too."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
