from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from articles.ingest.corpus import CorpusImport
from articles.management.options import confidence
from articles.management.progress import bytes_progress
from articles.models.corpus import CORPORA
from articles.reading.documents import DocumentError
from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand):
    help = (
        "Import quotations of a published corpus as proposed statements: JSON Lines, optionally compressed by"
        " gzip, bzip2 or Zstandard. Speakers are found by Wikidata id, outlets by domain. What was imported"
        " before is left as it is, so an import that was broken off can be run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--format", required=True, choices=list(CORPORA), dest="corpus")
        parser.add_argument(
            "--publish",
            type=confidence,
            metavar="P",
            help="Publish, unreviewed, what the corpus attributes with at least this probability.",
        )

    def handle(
        self, *, files: list[Path], corpus: str, publish: float | None, verbosity: int, **options: Any
    ) -> None:
        counts: Counter[str] = Counter()
        for path in files:
            counts += self._import(path, corpus, publish, verbosity)
        summary = f"{counts['created']:,} statements created, {counts['known']:,} already there or erased"
        if counts["bad"]:
            raise CommandError(f"{summary}; {counts['bad']:,} could not be imported, see above.")
        if verbosity:
            self.stdout.write(f"{summary}.")

    def _import(self, path: Path, corpus: str, publish: float | None, verbosity: int) -> Counter[str]:
        def report(line: int, reason: str) -> None:
            self.stderr.write(f"{path}, line {line}: {reason}")

        importing, done = CorpusImport(corpus, publish, report), 0
        try:
            with (
                path.open("rb") as file,
                bytes_progress(path.stat().st_size, verbosity=verbosity) as progress,
            ):

                def track() -> None:
                    nonlocal done
                    done += 1
                    progress(file.tell(), done)

                return importing.run(file, track)
        except (OSError, DocumentError) as error:
            raise CommandError(f"{path} cannot be read: {error}") from None
