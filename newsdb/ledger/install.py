"""Putting the triggers into the database: the ledger's, and those that each app writes in ``sql/``."""

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
# A session keeps the plans that it made while tables were small, and would read a table that has grown from
# end to end for each row of a large transaction. So functions read none in sequence; they look rows up by
# arrays of keys, as a kept join may read a whole index, and compare old and new rows by EXCEPT, as a kept
# join of them is a loop in a loop. A scan that cannot be avoided looks dear enough to be compiled, which
# takes a tenth of a second.
_PLANNING = "SET enable_seqscan = off SET jit = off"
_PLAN = f"SELECT 'ALTER FUNCTION ' || oid::regprocedure || ' {_PLANNING}' {_FUNCTIONS}"


def install(connection: Any) -> None:
    """Replace newsdb's triggers by today's. Safe to repeat; runs in one transaction.

    They are written for today's schema: a database that is behind it has none.
    """
    from django.db import transaction

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _execute_each(cursor, _DROP[connection.vendor])
        if _is_behind(connection):
            return
        dialect = sqlite if connection.vendor == "sqlite" else postgresql
        for statement in [*dialect.triggers(list(tables())), *_written(connection.vendor)]:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            _execute_each(cursor, _PLAN)
        fill_documents(connection)


def _execute_each(cursor: Any, query: str) -> None:
    cursor.execute(query)
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)


def _is_behind(connection: Any) -> bool:
    """Whether migrations that the triggers need are still to run."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    watched = {"newsdb", *settings.DATASET_APPS}
    newest = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in watched]
    return bool(executor.migration_plan(newest))


def _written(vendor: str) -> Iterator[str]:
    for app in apps.get_app_configs():
        path = Path(app.path) / "sql" / f"{vendor}.sql"
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            yield from _statements(text) if vendor == "sqlite" else [text]


def _statements(script: str) -> Iterator[str]:
    """SQLite takes one statement at a time; a trigger's body holds semicolons of its own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
