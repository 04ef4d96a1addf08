from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from articles.export.parquet import ParquetUnavailableError
from articles.export.release import write_release
from articles.management.progress import progress_bars
from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand):
    help = (
        "Write a release: every public record as CSV and JSON Lines, described by a Data Package"
        " (datapackage.json), with SHA256SUMS. Publishers' texts are never part of it. The directory appears"
        " when it is complete; what a killed run leaves is hidden, ends in .partial and may be deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "directory", type=Path, metavar="DIR", help="The directory to create; it must not exist yet."
        )
        parser.add_argument(
            "--spreadsheet-safe",
            action="store_true",
            help="In CSV, put an apostrophe before cells that a spreadsheet would take for a formula (those"
            " that begin with =, +, -, @, a tab or a carriage return). This is lossy: an added apostrophe"
            " cannot be told from one in the text. The JSON Lines files stay exact.",
        )

        parser.add_argument(
            "--parquet",
            action="store_true",
            help="Also write each table as Apache Parquet. This needs pyarrow, from requirements-extras.txt.",
        )

    def handle(
        self, *, directory: Path, spreadsheet_safe: bool, parquet: bool, verbosity: int, **options: Any
    ) -> None:
        try:
            with progress_bars(verbosity) as track:
                release = write_release(
                    directory, spreadsheet_safe=spreadsheet_safe, parquet=parquet, track=track
                )
        except (OSError, ParquetUnavailableError) as error:
            raise CommandError(str(error)) from None
        if verbosity:
            self.stdout.write(
                f"Wrote version {release.version}, {sum(release.counts.values())} rows, to {directory}."
            )
