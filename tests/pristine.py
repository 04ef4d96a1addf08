"""The test database as migrating left it, put back after every test that commits.

Django's flush empties all tables, truncating each on PostgreSQL, and then has migrating's handlers fill some
and make all triggers anew: most of what a short test takes.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

#: Puts the database back, once ``restoring_pristine`` knows how.
_restore: Callable[[], Any] | None = None


def empty_database() -> None:
    """Put the database back as migrating left it, in the midst of a test."""
    if _restore:
        _restore()
    else:
        call_command("flush", interactive=False, verbosity=0)


@contextmanager
def restoring_pristine() -> Iterator[None]:
    """From here on, tests leave the database as it is now, and connected.

    What a connection has compiled and learned of the database is worth more than a short test.
    """
    global _restore
    _restore = (_kept_in_memory if connection.vendor == "sqlite" else _kept_in_tables)()
    with pytest.MonkeyPatch.context() as patch:
        if _restore:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: empty_database())
            patch.setattr(TransactionTestCase, "_should_reload_connections", lambda self: False)
        yield
    _restore = None


def _kept_in_memory() -> Callable[[], Any]:
    """SQLite copies a database page by page, and says then that the schema is another.

    Unless a test has altered it, it is not: what was compiled for it can be used again.
    """
    pristine = sqlite3.connect(":memory:", check_same_thread=False)

    def ask(pragma: str) -> int:
        connection.ensure_connection()
        (answer,) = connection.connection.execute(f"PRAGMA {pragma}").fetchone()
        return int(answer)

    pristine.execute(f"PRAGMA page_size = {ask('page_size')}")
    connection.connection.backup(pristine)
    version = ask("schema_version")

    def restore() -> None:
        if ask("schema_version") != version:
            connection.close()
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as file:
            pristine.backup(file)
            file.execute(f"PRAGMA schema_version = {version}")

    return restore


def _kept_in_tables() -> Callable[[], Any] | None:
    """PostgreSQL keeps what there is in a schema of its own; None where no trigger can be put aside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() != (True,):
            return None
        cursor.execute("CREATE SCHEMA pristine")
        sql = ["SET LOCAL session_replication_role = replica"]  # in which no trigger fires
        for table in connection.introspection.table_names(cursor):
            sql.append(f"DELETE FROM {table}")
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
            if cursor.fetchone() == (True,):
                cursor.execute(f"CREATE TABLE pristine.{table} AS TABLE {table}")
                sql.append(f"INSERT INTO {table} SELECT * FROM pristine.{table}")

    def restore() -> None:
        with connection.cursor() as cursor:
            cursor.execute("; ".join(sql))  # one transaction, since it is sent at once

    return restore
