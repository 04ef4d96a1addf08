"""Loads a release into an empty database, completely or not at all."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import Error, reset_queries, transaction

from articles.export.bulk import load_in_bulk
from articles.export.dataset import TABLES, Public
from articles.export.instances import Numbered, blame, instance_of
from articles.export.naming import Names, name_in
from articles.export.reading import check_row, read_rows, verify
from articles.export.release import Release, Track, untracked
from newsdb.fixtures import is_empty
from newsdb.ledger import attributed
from newsdb.models.slugs import Address

#: Rows that are checked and inserted together.
BATCH = 2000
#: Small tables, whose rows are created through their models.
SMALL = (
    "actors",
    "actor_slugs",
    "actor_names",
    "roles",
    "outlets",
    "outlet_slugs",
    "outlet_names",
    "outlet_domains",
)


class NotEmptyError(Exception):
    """The database already has records; a release needs an empty one."""


def load_release(directory: Path, *, track: Track = untracked) -> Release:
    """Load a release into an empty database, in one transaction.

    Records keep their ``uid`` and ``updated_at``, and rows their order; so a release of the result has the
    same data files, on either store. Derived columns are computed again. Raises NotEmptyError, and
    ReleaseError with file and line for a row that cannot be loaded.
    """
    description = verify(directory, [public.table for public in TABLES])
    version = int(description["version"])

    def read(public: Public) -> Iterable[Numbered]:
        rows: Any = track(read_rows(directory, public.table), public.name, _rows_in(directory, public))
        return rows

    with attributed(by="", reason=f"Loaded from release {version}.", restoring=True):
        if not is_empty():
            raise NotEmptyError(
                "The dataset already has records. A release can only be loaded into an empty one."
            )
        return Release(version, load_rows(read))


def load_rows(read: Callable[[Public], Iterable[Numbered]]) -> dict[str, int]:
    """Load numbered rows of each table into empty tables; returns the number of rows by table.

    Call it in a transaction within ``attributed``. Raises ReleaseError.
    """

    def batches(public: Public) -> Iterator[list[Numbered]]:
        rows = iter(read(public))
        while batch := list(islice(rows, BATCH)):
            yield batch
            reset_queries()  # with DEBUG, Django keeps all queries with their parameters

    names = Names()
    counts = {
        public.name: sum(_create(public, batch, names) for batch in batches(public))
        for public in TABLES
        if public.name in SMALL
    }
    return counts | load_in_bulk([public for public in TABLES if public.name not in SMALL], batches, names)


def _rows_in(directory: Path, public: Public) -> int:
    if public.table.optional and not (directory / f"{public.name}.jsonl").exists():
        return 0
    with (directory / f"{public.name}.jsonl").open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _create(public: Public, batch: list[Numbered], names: Names) -> int:
    for number, row in batch:
        public.table.complete(row)
        check_row(public.table, number, row)
    found = {
        key: names.ids(
            key.related_model,
            tuple(columns.values()),
            (name_in(row, tuple(columns)) for _, row in batch),
        )
        for key, columns in public.references.items()
    }
    made = [(numbered, instance_of(public, numbered, found)) for numbered in batch]
    if issubclass(public.model, Address):
        made = _without_present(public.model, made)
    try:
        with transaction.atomic():
            public.model._base_manager.bulk_create([instance for _, instance in made])
    except (Error, ValidationError):
        blame(public, [numbered for numbered, _ in made], found, lambda _, row: row.save(force_insert=True))
    return len(batch)


def _without_present(model: Any, made: list[tuple[Numbered, Any]]) -> list[tuple[Numbered, Any]]:
    """Leave out current slugs, which the database recorded when their records were loaded."""
    name = f"{model.owner}_id"
    slugs = [row.slug for _, row in made]
    present = set(model.objects.filter(slug__in=slugs).values_list("slug", name))
    return [(numbered, row) for numbered, row in made if (row.slug, getattr(row, name)) not in present]
