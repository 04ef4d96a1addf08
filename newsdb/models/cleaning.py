"""Ridding the files of a store of rows that were deleted, on whichever store it is."""

from typing import Any

from newsdb.postgresql import cleaning as postgresql
from newsdb.sqlite import cleaning as sqlite


class CleaningError(Exception):
    """The files could not be cleaned just now; says why, and what to do."""


def clean_files(connection: Any) -> None:
    """Rewrite the files of the database without what was deleted.

    Outside of any transaction. Raises ``CleaningError``.
    """
    clean = (postgresql if connection.vendor == "postgresql" else sqlite).clean
    if obstacle := clean(connection):
        raise CleaningError(obstacle)
