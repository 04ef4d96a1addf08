"""Who is changing records, why, and in what capacity: handed to the database's triggers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction

_NOBODY = dict.fromkeys(("actor", "reason", "restoring", "loading", "erasing"), "")
_context: ContextVar[dict[str, str]] = ContextVar("newsdb_ledger_context", default=_NOBODY)


def context(key: str) -> str:
    """What the innermost ``attributed`` or ``loading`` has set for ``key``; ``""`` outside.

    ``actor`` and ``reason`` are text; ``restoring``, ``loading`` and ``erasing`` are ``"yes"`` or ``""``.
    """
    return _context.get()[key]


#: What apps check once the rows of a fixture are there; each takes the alias of the database.
after_loading: list[Callable[[str], None]] = []


@contextmanager
def attributed(
    *,
    by: str,
    reason: str = "",
    restoring: bool = False,
    erasing: bool = False,
    using: str = DEFAULT_DB_ALIAS,
) -> Iterator[None]:
    """One transaction whose changes the ledger attributes to ``by``, for ``reason``.

    With ``restoring`` a new row is one that was recorded elsewhere: its ``updated_at`` stays as it is
    written, and is the time of its change. Otherwise both are the time of the transaction.
    With ``erasing`` what was public may be deleted, which the database refuses everybody else.

    SQLite's triggers read this context through a function of the connection, PostgreSQL's through
    settings (``newsdb.actor``, …) that end with the transaction.
    """
    values = {
        "actor": by,
        "reason": reason,
        "restoring": "yes" if restoring else "",
        "loading": "yes" if restoring else "",
        "erasing": "yes" if erasing else "",
    }
    with _within(using, values):
        yield


@contextmanager
def loading(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """One transaction whose new rows were recorded elsewhere, as those of a fixture were.

    They may begin with a status that other new rows may not have, and what cannot be refused before all rows
    are there is refused at the end (``after_loading``). All else stays as ``attributed`` has it.
    """
    with _within(using, _context.get()):
        with _within(using, {**_context.get(), "loading": "yes"}):
            yield
        for check in after_loading:
            check(using)


@contextmanager
def _within(using: str, values: dict[str, str]) -> Iterator[None]:
    before = _context.get()
    known = values == before and connections[using].in_atomic_block
    with transaction.atomic(using=using):
        token = _context.set(values)
        try:
            if not known:
                _set_session_vars(using, values)
            yield
            if not known and not transaction.get_rollback(using):  # else the settings go with the rest
                _set_session_vars(using, before)
        finally:
            _context.reset(token)


def _set_session_vars(using: str, values: dict[str, str]) -> None:
    connection = connections[using]
    if connection.vendor == "postgresql":
        each = ", ".join(["set_config(%s, %s, true)"] * len(values))
        settings = [part for key, value in values.items() for part in (f"newsdb.{key}", value)]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {each}", settings)
