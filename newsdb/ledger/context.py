"""Tells the database's triggers who is changing records, why, and in which mode."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction

_MODES = ("restoring", "loading", "erasing", "batching")
_NOBODY = dict.fromkeys(("actor", "reason", *_MODES), "")
_context: ContextVar[dict[str, str]] = ContextVar("newsdb_ledger_context", default=_NOBODY)


def context(key: str) -> str:
    """The value of ``key`` set by the innermost ``attributed`` or ``loading``; ``""`` outside of them.

    ``actor`` and ``reason`` are any text; the others are ``"yes"`` or ``""``.
    """
    return _context.get()[key]


#: Checks that apps run after all rows of a fixture are loaded; each takes the database's alias.
after_loading: list[Callable[[str], None]] = []


@contextmanager
def attributed(
    *,
    by: str,
    reason: str = "",
    restoring: bool = False,
    erasing: bool = False,
    batching: bool = False,
    using: str = DEFAULT_DB_ALIAS,
) -> Iterator[None]:
    """Context manager: one transaction whose changes the ledger attributes to ``by``, with ``reason``.

    With ``restoring``, new rows were first recorded elsewhere: their ``updated_at`` is stored as given, and
    is the time of the change. Otherwise both are the time of the transaction. With ``erasing``, public
    records may be deleted, which the database otherwise refuses. With ``batching``, a changed record does not
    rewrite the records that show it: the caller does so.

    SQLite's triggers read this context through an SQL function of the connection, PostgreSQL's through
    transaction-local settings (``newsdb.actor``, …).
    """
    values = {
        "actor": by,
        "reason": reason,
        "restoring": "yes" if restoring else "",
        "loading": "yes" if restoring else "",
        "erasing": "yes" if erasing else "",
        "batching": "yes" if batching else "",
    }
    with _within(using, values):
        yield


@contextmanager
def loading(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Context manager: one transaction whose new rows were first recorded elsewhere, as a fixture's are.

    They may start with a status that other new rows may not have. Checks that need all rows are run at the
    end (``after_loading``). The rest of the context stays as it was.
    """
    with _within(using, _context.get()):
        with _within(using, {**_context.get(), "loading": "yes"}):
            yield
        for check in after_loading:
            check(using)


@contextmanager
def _within(using: str, values: dict[str, str]) -> Iterator[None]:
    before = _context.get()
    nested = connections[using].in_atomic_block
    is_set = values == before and nested
    # PostgreSQL resets the settings after COMMIT, but deferred triggers run before that, and must not see a
    # mode.
    resets = nested or any(values[mode] != before[mode] for mode in _MODES)
    with transaction.atomic(using=using):
        token = _context.set(values)
        try:
            if not is_set:
                _set_session_vars(using, values)
            yield
            if resets and not is_set and not transaction.get_rollback(using):  # a rollback also reverts them
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
