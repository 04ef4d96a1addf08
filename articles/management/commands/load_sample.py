from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from articles.export.loading import NotEmptyError
from articles.export.sample.loading import load_sample
from articles.management.progress import progress_bars
from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand):
    help = (
        "Load 3,000 invented statements of invented people in 12 outlets over three years into an empty"
        " database, to look at pages and to try queries. Every page says that it is a sample."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="Another seed gives other statements.")

    def handle(self, *, seed: int, verbosity: int, **options: Any) -> None:
        try:
            with progress_bars(verbosity) as track:
                counts = load_sample(seed, track=track)
        except NotEmptyError as error:
            raise CommandError(str(error)) from None
        if verbosity:
            self.stdout.write(
                f"Loaded {counts['statements']} invented statements in {counts['outlets']} invented outlets."
            )
