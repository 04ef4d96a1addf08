"""Removes deleted rows from the database's files, on PostgreSQL and SQLite."""

from typing import Any

from newsdb.postgresql import cleaning as postgresql
from newsdb.sqlite import cleaning as sqlite


class CleaningError(Exception):
    """The files cannot be cleaned now. The message says why, and what to do."""


def clean_files(connection: Any) -> None:
    """Rewrite the database's files without deleted rows.

    Call it outside any transaction. Raises ``CleaningError``.
    """
    clean = (postgresql if connection.vendor == "postgresql" else sqlite).clean
    if obstacle := clean(connection):
        raise CleaningError(obstacle)
