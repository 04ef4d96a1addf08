"""Loading a release into an empty database: the same public dataset again, whole or not at all."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import Error, reset_queries, transaction
from django.db.models import ForeignKey

from actors.models import ActorSlug
from articles.export.dataset import TABLES, Public
from articles.export.reading import ReleaseError, read_rows, verify
from articles.export.release import Release, Watch, unwatched
from newsdb.fixtures import is_empty
from newsdb.ledger import attributed

#: Rows checked and inserted together.
BATCH = 500

Numbered = tuple[int, dict[str, Any]]


class NotEmptyError(Exception):
    """There are records already; a release is loaded into an empty database only."""


def load_release(directory: Path, *, watch: Watch = unwatched) -> Release:
    """Load a release into an empty database, in one transaction.

    Records keep their ``uid`` and ``updated_at``, and rows the order they have in the release; so a release
    of what was loaded has the same data files, whichever stores wrote and read it. What follows from other
    columns is worked out anew. Raises NotEmptyError, and ReleaseError with file and line of what cannot be
    loaded.
    """
    description = verify(directory, [public.table for public in TABLES])
    version = str(description.get("version", "?"))
    counts = {}
    with attributed(by="", reason=f"Loaded from release {version}.", restoring=True):
        if not is_empty():
            raise NotEmptyError(
                "The dataset already holds records. A release is loaded into an empty one only."
            )
        for public in TABLES:
            rows = watch(read_rows(directory, public.table), public.name, _rows_in(directory, public))
            counts[public.name] = sum(_load(public, batch) for batch in _batches(rows))
    return Release(int(version) if version.isdecimal() else 0, counts)


def _rows_in(directory: Path, public: Public) -> int:
    with (directory / f"{public.name}.jsonl").open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _batches(rows: Iterable[Any]) -> Iterator[list[Numbered]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _load(public: Public, batch: list[Numbered]) -> int:
    found = {key: _rows_named(key, columns, batch) for key, columns in public.references.items()}
    made = []
    for number, row in batch:
        try:
            made.append((number, _instance(public, row, found)))
        except ValidationError as error:
            raise ReleaseError(f"{public.name}.jsonl, line {number}: {_said(error)}") from None
    if public.model is ActorSlug:
        made = _without_present(made)
    try:
        with transaction.atomic():
            public.model._base_manager.bulk_create([row for _, row in made])
    except (Error, ValidationError):
        _blame(public, made)
    # In development Django keeps what it has sent, rows and all.
    reset_queries()
    return len(batch)


def _rows_named(
    foreign_key: ForeignKey, columns: dict[str, str], batch: list[Numbered]
) -> dict[tuple[Any, ...], Any]:
    """The ids of the rows that ``columns`` of the batch name."""
    first, path = next(iter(columns.items()))
    names = {row[first] for _, row in batch if row[first] is not None}
    rows = foreign_key.related_model._base_manager.filter(**{f"{path}__in": names})
    return {
        tuple(str(part) for part in known_by): pk
        for pk, *known_by in rows.values_list("pk", *columns.values()).order_by()
    }


def _instance(public: Public, row: dict[str, Any], found: dict[Any, dict[tuple[Any, ...], Any]]) -> Any:
    facts = {}
    for foreign_key, columns in public.references.items():
        names = tuple(str(row[name]) for name in columns)
        facts[foreign_key.attname] = found[foreign_key].get(names)
        if facts[foreign_key.attname] is None and any(row[name] is not None for name in columns):
            raise ValidationError(f"{', '.join(columns)}: nothing is known as {', '.join(names)}.")
    for name, path in public.columns.items():
        if path == name and name not in public.derived:
            facts[name] = row[name]
    instance = public.model(**facts)
    # References were looked up already; asking for each again would take a query a row.
    instance.clean_fields(exclude=[foreign_key.name for foreign_key in public.references])
    return instance


def _without_present(made: list[tuple[int, ActorSlug]]) -> list[tuple[int, ActorSlug]]:
    """Less the present addresses: the database noted those when the actors came in."""
    present = set(
        ActorSlug.objects.filter(slug__in=[row.slug for _, row in made]).values_list("slug", "actor_id")
    )
    return [(number, row) for number, row in made if (row.slug, row.actor_id) not in present]


def _blame(public: Public, made: list[tuple[int, Any]]) -> None:
    """Find the row that the database refused, and say in words why."""
    for number, row in made:
        row.pk = None
        try:
            row.validate_unique()
            row.validate_constraints()
            with transaction.atomic():
                row.save(force_insert=True)
        except ValidationError as error:
            raise ReleaseError(f"{public.name}.jsonl, line {number}: {_said(error)}") from None
        except Error as error:
            raise ReleaseError(f"{public.name}.jsonl, line {number}: {str(error).splitlines()[0]}") from None
    raise ReleaseError(f"{public.name}.jsonl, lines {made[0][0]} to {made[-1][0]}: refused by the database.")


def _said(error: ValidationError) -> str:
    if hasattr(error, "error_dict"):
        return " ".join(
            f"{'' if name == '__all__' else f'{name}: '}{' '.join(messages)}"
            for name, messages in error.message_dict.items()
        )
    return " ".join(error.messages)
