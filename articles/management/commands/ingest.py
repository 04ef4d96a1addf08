import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError

from articles.ingest.load import Outcome
from articles.ingest.run import ingest
from articles.management.progress import progress_bars
from articles.reading.documents import Document, Refused, read_documents
from articles.reading.quotations import AUTOMATIC
from newsdb.management.migrated import MigratedCommand
from newsdb.models.write_errors import is_disk_full

DISK_FULL = (
    "The disk of the database is full. Make room, then run this again: what was loaded stays as it is,"
    " and is not loaded twice."
)


def confidence(text: str) -> float:
    """A number from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise ArgumentTypeError(f"a confidence is a number from 0 to 1, not {text}")
    return number


class Command(MigratedCommand):
    help = (
        "Load captured pages: plain text, HTML, or JSON Lines of both, packed by gzip or Zstandard or not."
        " Each is kept word for word with its article, and what it quotes is proposed to a person. Loading it"
        " again changes nothing, and a run that was killed is simply run again. Nothing is ever fetched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="A file, or - for standard input.")
        parser.add_argument(
            "--publish",
            type=confidence,
            metavar="CONFIDENCE",
            help="Publish at once, unreviewed, what is at least so sure and has a known speaker; such as"
            f" {AUTOMATIC}. Without it all of it waits for a person.",
        )

    def handle(self, *, files: list[str], publish: float | None, verbosity: int, **options: Any) -> None:
        counts: Counter[str] = Counter()
        with progress_bars(verbosity if sys.stderr.isatty() else 0) as track:
            for name in files:
                documents = track(_documents(name), Path(name).name, None)
                try:
                    for where, result in ingest(documents, publish=publish):
                        counts.update(self._report(where, result, verbosity))
                except OperationalError as error:
                    if not is_disk_full(error):
                        raise
                    raise CommandError(DISK_FULL) from None
        if verbosity:
            self.stdout.write(
                f"{counts['created']} created, {counts['updated']} updated, {counts['unchanged']} unchanged,"
                f" {counts['refused']} refused; {counts['proposed']} statements proposed,"
                f" {counts['published']} published."
            )
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} of the documents were refused; see above.")

    def _report(self, where: str, result: Outcome | Refused, verbosity: int) -> dict[str, int]:
        """Say what a person has to know; the numbers for the summary."""
        if isinstance(result, Refused):
            self.stderr.write(self.style.ERROR(f"{where}: {result.reason}"))
            return {"refused": 1}
        for note in result.notes:
            self.stderr.write(self.style.WARNING(f"{where}: {note}."))
        if verbosity > 1:
            self.stdout.write(f"{where}: {result.action}, {result.article} ({result.article.outlet})")
        published = sum(each.statement.status == "published" for each in result.proposals)
        proposed = len(result.proposals) - published
        return {result.action: 1, "proposed": proposed, "published": published}


def _documents(name: str) -> Iterator[Document | Refused]:
    return read_documents(sys.stdin.buffer) if name == "-" else read_documents(Path(name))
