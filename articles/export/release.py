"""Writes a release of the public dataset."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from articles.export.dataset import TABLES
from articles.export.directory import whole_directory
from articles.export.package import describe
from articles.export.parquet import require_parquet
from articles.export.snapshot import one_snapshot
from articles.export.tables import Row
from articles.export.writers import Written, write_table
from newsdb.models import Change

#: Passes rows through and reports progress; takes the rows, the table's name and the number of rows.
Track = Callable[[Iterable[Row], str, int], Iterable[Row]]


def untracked(rows: Iterable[Row], table: str, total: int) -> Iterable[Row]:
    return rows


@dataclass(frozen=True)
class Release:
    """The result: the dataset's version, and the number of rows by table."""

    version: int
    counts: dict[str, int]


def write_release(
    directory: Path, *, spreadsheet_safe: bool = False, parquet: bool = False, track: Track = untracked
) -> Release:
    """Write a release of every public record to ``directory``, which appears once it is complete.

    It is a consistent snapshot of the database, however long it takes. Memory does not grow with the dataset.
    Raises FileExistsError if ``directory`` exists, FileNotFoundError if its parent does not, and
    ParquetUnavailableError if ``parquet`` is requested but pyarrow is not installed.
    """
    if parquet:
        require_parquet()
    files: list[Written] = []
    counts = {}
    with whole_directory(directory) as partial, one_snapshot():
        version, _ = Change.objects.public().version()
        created = timezone.now()
        for public in TABLES:
            rows = track(public.stream(), public.name, public.rows.count())
            written, counts[public.name] = write_table(
                partial, public.table, rows, spreadsheet_safe=spreadsheet_safe, parquet=parquet
            )
            files += written
        describe(
            partial,
            files,
            version=version,
            created=created,
            licence=settings.DATASET_LICENCE,
            spreadsheet_safe=spreadsheet_safe,
        )
    return Release(version, counts)
