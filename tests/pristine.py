"""The test database as migrating left it, put back after every test that commits.

Django's flush empties all tables, truncating each on PostgreSQL, and then has migrating's handlers fill some
and make all triggers anew: most of what a short test takes.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase


@contextmanager
def restoring_pristine() -> Iterator[None]:
    """From here on, tests leave the database as it is now."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    restore = (_kept_in_memory if connection.vendor == "sqlite" else _kept_in_tables)()
    TransactionTestCase._fixture_teardown = (lambda self: restore()) if restore else flush  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]


def _kept_in_memory() -> Callable[[], Any]:
    """SQLite copies a database page by page."""
    pristine = sqlite3.connect(":memory:", check_same_thread=False)
    connection.ensure_connection()
    (size,) = connection.connection.execute("PRAGMA page_size").fetchone()
    pristine.execute(f"PRAGMA page_size = {size}")
    connection.connection.backup(pristine)

    def restore() -> None:
        connection.ensure_connection()
        pristine.backup(connection.connection)

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
