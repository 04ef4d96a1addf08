from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from articles.export.loading import NotEmptyError, load_release
from articles.export.reading import ReleaseError
from articles.management.progress import progress_bars
from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand):
    help = (
        "Load a release, as export_dataset writes it, into an empty database of either kind: all"
        " of it or nothing. Every file is checked against SHA256SUMS first, and every row against the rules"
        " of the dataset. It reads the JSON Lines; the CSV beside them is for people."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="A release.")

    def handle(self, *, directory: Path, verbosity: int, **options: Any) -> None:
        try:
            with progress_bars(verbosity) as track:
                release = load_release(directory, track=track)
        except (OSError, ReleaseError, NotEmptyError) as error:
            raise CommandError(str(error)) from None
        if verbosity:
            self.stdout.write(
                f"Loaded {sum(release.counts.values())} rows of version {release.version} from {directory}."
            )
