"""Loading the tables that grow with the dataset: many rows at once, and in the end what follows from them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction

from articles.export.columns import Columns, Found
from articles.export.dataset import Public
from articles.export.instances import Numbered, blame, instance_of
from articles.export.naming import Names, name_in
from articles.export.reading import ReleaseError, check_row
from articles.export.settling import anchored_elsewhere, let_statements_wait, settle
from articles.models import Anchor, Article, Statement
from articles.search.index import fill_index
from newsdb.ledger.created import note_created
from newsdb.models.bulk import next_id, reserve_ids, rules_aside, write_rows


def load_in_bulk(
    tables: Sequence[Public], batches: Callable[[Public], Iterable[list[Numbered]]], names: Names
) -> dict[str, int]:
    """Load articles and all that hangs on them into empty tables; return how many rows each has, by name.

    ``tables`` are those of the dataset that do, in their order; ``batches`` gives the rows of each, with the
    numbers of their lines. Raises ReleaseError with file and line of what cannot be loaded.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    loads = [_Load(public, names, connection) for public in tables]
    with rules_aside(connection, [load.table for load in loads]):
        for load in loads:
            if load.public.model is Statement:
                let_statements_wait(connection)
            for batch in batches(load.public):
                load.write(batch)
            if load.public.model is Anchor and (id := anchored_elsewhere(connection)):
                load.refuse(id, "an anchor stands in a capture of its statement's article")
        settle(connection)
    for load in loads:
        reserve_ids(connection, load.table, load.first + load.count)
    for model in (Article, Statement):
        fill_index(connection, model)
        note_created(connection, model)
    if connection.vendor == "postgresql":  # which otherwise plans for empty tables until it looks by itself
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(load.table for load in loads)}, newsdb_change")
    return {load.public.name: load.count for load in loads}


class _Load:
    """Loads one table: the row in line 1 gets the id ``first``."""

    def __init__(self, public: Public, names: Names, connection: Any) -> None:
        self.public, self._names, self._connection = public, names, connection
        self.table = public.model._meta.db_table
        self.columns = Columns(public, connection)
        self.first, self.count = next_id(connection, self.table), 0

    def write(self, batch: list[Numbered]) -> None:
        """Check and insert rows."""
        doubtful = [numbered for numbered in batch if not self.columns.taken(numbered[1])]
        for number, row in doubtful:
            check_row(self.public.table, number, row)
        rows = [row for _, row in batch]
        found = self.columns.found(rows, self._names)
        for numbered in batch:
            if not self.columns.resolved(numbered[1], found):
                doubtful.append(numbered)
        for numbered in doubtful:
            instance_of(self.public, numbered, found)
        try:
            with transaction.atomic():
                self._insert(batch, found)
        except (Error, ValidationError):
            blame(self.public, batch, found, lambda numbered, _: self._insert([numbered], found))
        self.count += len(batch)
        if self.public.key:
            paths = tuple(self.public.columns[name] for name in self.public.key)
            ids = ((name_in(row, self.public.key), self._id(number)) for number, row in batch)
            self._names.learn(self.public.model, paths, ids)

    def refuse(self, id: int, why: str) -> None:
        """Raise ReleaseError for the row that has this id."""
        raise ReleaseError(f"{self.public.name}.jsonl, line {id - self.first + 1}: {why}")

    def _insert(self, batch: list[Numbered], found: Found) -> None:
        rows = (self.columns.values(self._id(number), row, found) for number, row in batch)
        write_rows(self._connection, self.table, self.columns.names, rows)

    def _id(self, number: int) -> int:
        return self.first + number - 1
