"""Putting the triggers into the database: the ledger's, and those that each app writes in ``sql/``."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps

from newsdb.ledger import postgresql, sqlite
from newsdb.ledger.records import tables

_PRESENT = {
    "sqlite": "SELECT 'DROP TRIGGER ' || name FROM sqlite_master"
    " WHERE type = 'trigger' AND name LIKE 'newsdb_%'",
    "postgresql": "SELECT 'DROP FUNCTION ' || oid::regprocedure || ' CASCADE' FROM pg_proc"
    " WHERE proname LIKE 'newsdb\\_%' AND pronamespace = current_schema()::regnamespace",
}


def install(connection: Any) -> None:
    """Replace newsdb's triggers by today's. Safe to repeat; runs in one transaction."""
    from django.db import transaction

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        for (drop,) in cursor.fetchall():
            cursor.execute(drop)
        present = set(connection.introspection.table_names(cursor))
        watched = [table for table in tables() if table.name in present]
        if not {"newsdb_change", "newsdb_erasure"} <= present or any(
            table.root.name not in present for table in watched
        ):
            return
        dialect = sqlite if connection.vendor == "sqlite" else postgresql
        for statement in [*dialect.triggers(watched), *_written(connection.vendor)]:
            cursor.execute(statement)


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
