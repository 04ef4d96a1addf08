"""Bulk-loads the large tables of a release, then computes the derived columns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction

from articles.export.columns import Cells, Columns, Found
from articles.export.dataset import Public
from articles.export.derivation import (
    anchored_elsewhere,
    defer_statement_derivation,
    derive_statements,
    find_divided_joint,
    find_duplicate,
    find_erased,
    find_said_later,
)
from articles.export.instances import Numbered, blame, instance_of
from articles.export.naming import Names, names_in
from articles.export.reading import ReleaseError, check_row
from articles.models import Anchor, Article, Statement
from articles.search.index import fill_index
from newsdb.ledger.bulk_creation import record_bulk_creation
from newsdb.ledger.documents import fill_documents
from newsdb.models.bulk import constraints_disabled, next_id, reserve_ids, write_rows


def load_in_bulk(
    tables: Sequence[Public], batches: Callable[[Public], Iterable[list[Numbered]]], names: Names
) -> dict[str, int]:
    """Load articles and their dependent tables into empty tables; returns the rows per table name.

    ``tables`` are these tables in order; ``batches`` yields the rows of a table with their line numbers.
    Raises ReleaseError, with file and line, for a row that cannot be loaded.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    loads = [_Load(public, names, connection) for public in tables]
    with constraints_disabled(connection, [load.table for load in loads]):
        for load in loads:
            if load.public.model is Statement:
                defer_statement_derivation(connection)
            for batch in batches(load.public):
                load.write(batch)
            if load.public.model is Anchor and (id := anchored_elsewhere(connection)):
                load.refuse(id, "an anchor stands in a capture of its statement's article")
        derive_statements(connection)
    _refuse_contradictions(loads, connection)
    for load in loads:
        reserve_ids(connection, load.table, load.first + load.count)
    for model in (Article, Statement):
        fill_index(connection, model)
        record_bulk_creation(connection, model)
    fill_documents(connection)
    if connection.vendor == "postgresql":  # its statistics are of the empty tables
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(load.table for load in loads)}, newsdb_change")
    return {load.public.name: load.count for load in loads}


def _refuse_contradictions(loads: Sequence["_Load"], connection: Any) -> None:
    """Raise ReleaseError for a row that was erased here, or contradicts another."""
    for load in loads:
        if hasattr(load.public.model, "uid") and (id := find_erased(load.public.model)):
            load.refuse(id, "a record with this uid was erased")
    statements = next(load for load in loads if load.public.model is Statement)
    if late := find_said_later(connection):
        statements.refuse(late, "its article was published before these words were said")
    if twice := find_duplicate(connection):
        row, other = twice
        line = statements.line(other)
        statements.refuse(row, f"these words of this speaker are already published at this place, in {line}")
    if divided := find_divided_joint(connection):
        row, other = divided
        why = "a joint statement has one article; another row of it has a different one, in"
        statements.refuse(row, f"{why} {statements.line(other)}")


class _Load:
    """Loads one table; the row in line 1 gets the id ``first``."""

    def __init__(self, public: Public, names: Names, connection: Any) -> None:
        self.public, self._names, self._connection = public, names, connection
        self.table = public.model._meta.db_table
        self.columns = Columns(public, connection)
        self.first, self.count = next_id(connection, self.table), 0

    def write(self, batch: list[Numbered]) -> None:
        """Check and insert rows."""
        rows = [row for _, row in batch]
        doubtful = not self.columns.taken(rows)
        if doubtful:
            for number, row in batch:
                self.public.table.complete(row)
                check_row(self.public.table, number, row)
        cells = self.columns.cells(rows)
        found = self.columns.found(cells, self._names)
        if doubtful or not self.columns.resolved(cells, found):
            for numbered in batch:
                instance_of(self.public, numbered, found)
        try:
            with transaction.atomic():
                self._insert(batch, cells, found)
        except (Error, ValidationError):

            def insert(numbered: Numbered, _: Any) -> None:
                self._insert([numbered], self.columns.cells([numbered[1]]), found)

            blame(self.public, batch, found, insert)
        self.count += len(batch)
        if self.public.key:
            paths = tuple(self.public.columns[name] for name in self.public.key)
            ids = zip(names_in(cells, self.public.key), self._ids(batch), strict=True)
            self._names.learn(self.public.model, paths, ids)

    def refuse(self, id: int, why: str) -> None:
        """Raise ReleaseError for the row with this id."""
        raise ReleaseError(f"{self.public.name}.jsonl, {self.line(id)}: {why}")

    def line(self, id: int) -> str:
        """The line, in the table's file, of the row with this id."""
        return f"line {id - self.first + 1}"

    def _insert(self, batch: list[Numbered], cells: Cells, found: Found) -> None:
        rows = self.columns.rows(self._ids(batch), cells, found)
        write_rows(self._connection, self.table, self.columns.names, rows)

    def _ids(self, batch: list[Numbered]) -> Iterator[int]:
        return (self.first + number - 1 for number, _ in batch)
