"""Filling an empty database with a dataset."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.bench.dataset.columns import TABLES
from tests.bench.dataset.ledger import TYPES, note_all
from tests.bench.dataset.making import made
from tests.bench.dataset.plan import Plan
from tests.bench.dataset.postgresql import PostgreSQL
from tests.bench.dataset.rows import Rows, people_and_outlets
from tests.bench.dataset.sqlite import SQLite

LEDGER = "newsdb_change"
#: Passes on what it is given, and shows how it goes: ``watch(items, name, total)``.
Track = Callable[[Iterable[Any], str, int | None], Iterable[Any]]


def fill(plan: Plan, connection: Any, watch: Track, *, processes: int = 1) -> None:
    """Fill an empty, migrated database of either kind with the rows of ``plan``, and what follows from them.

    So many other ``processes`` make the rows while this one writes them; 0: this one does both. Memory does
    not grow with the number of rows. A database that is being filled is not safe from a crash.
    """
    store = PostgreSQL(connection) if connection.vendor == "postgresql" else SQLite(connection)
    tables = [table.name for table in TABLES.values()]
    with store.triggers_suspended([*tables, LEDGER]):
        with store.indexes_aside([LEDGER]):
            with store.indexes_aside(tables):
                _write(store, people_and_outlets(plan))
                for rows in watch(made(plan, processes), "rows", len(plan.batches)):
                    _write(store, rows)
            with connection.cursor() as cursor:
                types = TYPES if plan.ledger else TYPES[:2]
                for _ in watch(note_all(cursor, connection.vendor, types), "ledger", None):
                    pass
        for step in watch([store.fill_search, lambda: store.finish([*tables, LEDGER])], "indexes", 2):
            step()


def _write(store: PostgreSQL | SQLite, rows: Rows) -> None:
    for name, table in TABLES.items():
        if name in rows:
            store.write(table, rows[name])
