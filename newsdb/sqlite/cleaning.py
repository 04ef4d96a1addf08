"""Removes deleted rows from SQLite's files, in which free pages and the log still have them."""

from typing import Any

from django.db import OperationalError

IN_USE = (
    "The records are erased, but their words are still in the database's files: another process is using"
    " them. Stop newsdb's services or wait until they are idle, then run manage.py erase again."
)


def clean(connection: Any) -> str:
    """Rewrite the database (VACUUM) and empty its log; returns what blocked it, or ""."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            # The first column of the result is 1 if a reader still needs the log.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_) = cursor.fetchone()
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        return IN_USE
    return IN_USE if busy else ""
