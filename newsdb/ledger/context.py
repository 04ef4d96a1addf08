"""Who is changing records, and why: handed to the database's triggers."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction

_NOBODY = {"actor": "", "reason": ""}
_context: ContextVar[dict[str, str]] = ContextVar("newsdb_ledger_context", default=_NOBODY)


def context(key: str) -> str:
    """``actor`` or ``reason`` as set by the innermost ``attributed``; ``""`` outside."""
    return _context.get()[key]


@contextmanager
def attributed(*, by: str, reason: str = "", using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """One transaction whose changes the ledger attributes to ``by``, for ``reason``.

    SQLite's triggers read this context through a function of the connection, PostgreSQL's through
    a setting that ends with the transaction.
    """
    before = _context.get()
    with transaction.atomic(using=using):
        token = _context.set({"actor": by, "reason": reason})
        try:
            _tell(using, by, reason)
            yield
            _tell(using, before["actor"], before["reason"])
        finally:
            _context.reset(token)


def _tell(using: str, actor: str, reason: str) -> None:
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('newsdb.actor', %s, true), set_config('newsdb.reason', %s, true)",
                [actor, reason],
            )
