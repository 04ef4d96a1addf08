"""Who is changing records, why, and whether anew: handed to the database's triggers."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction

_NOBODY = {"actor": "", "reason": "", "restoring": ""}
_context: ContextVar[dict[str, str]] = ContextVar("newsdb_ledger_context", default=_NOBODY)


def context(key: str) -> str:
    """``actor``, ``reason`` or ``restoring`` as set by the innermost ``attributed``; ``""`` outside."""
    return _context.get()[key]


@contextmanager
def attributed(
    *, by: str, reason: str = "", restoring: bool = False, using: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """One transaction whose changes the ledger attributes to ``by``, for ``reason``.

    With ``restoring`` a new row is one that was recorded elsewhere: its ``updated_at`` stays as it is
    written, and is the time of its change. Otherwise both are the time of the transaction.

    SQLite's triggers read this context through a function of the connection, PostgreSQL's through
    a setting that ends with the transaction.
    """
    before = _context.get()
    with transaction.atomic(using=using):
        told = {"actor": by, "reason": reason, "restoring": "yes" if restoring else ""}
        token = _context.set(told)
        try:
            _tell(using, told)
            yield
            if not transaction.get_rollback(using):  # else the settings go with the rest
                _tell(using, before)
        finally:
            _context.reset(token)


def _tell(using: str, told: dict[str, str]) -> None:
    connection = connections[using]
    if connection.vendor == "postgresql":
        each = ", ".join(["set_config(%s, %s, true)"] * len(told))
        settings = [part for key, value in told.items() for part in (f"newsdb.{key}", value)]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {each}", settings)
