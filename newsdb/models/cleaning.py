"""Removing deleted rows from the files of a store, PostgreSQL or SQLite."""

from typing import Any

from newsdb.postgresql import cleaning as postgresql
from newsdb.sqlite import cleaning as sqlite


class CleaningError(Exception):
    """The files cannot be cleaned now; the message says why, and what to do."""


def clean_files(connection: Any) -> None:
    """Rewrite the files of the database without what was deleted.

    Outside of any transaction. Raises ``CleaningError``.
    """
    clean = (postgresql if connection.vendor == "postgresql" else sqlite).clean
    if obstacle := clean(connection):
        raise CleaningError(obstacle)
