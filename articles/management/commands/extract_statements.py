import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.ingest.tasks import extract_line
from articles.ingest.workers import ReaderKilledError, Workers, WorkersLostError, read_in_order
from articles.management.progress import progress_bars
from articles.management.workers import add_worker_arguments, open_workers
from articles.reading.budget import OverBudgetError
from articles.reading.documents.json_lines import cut_lines
from articles.reading.documents.records import MAX_DOCUMENT
from articles.reading.quotations.lines import Document, LineError, read_lines, read_text


class Command(BaseCommand):
    help = (
        "Find who said what in a text, and print it as a line of JSON: every quotation with its place, its"
        " speaker as printed and as resolved within the text, and the confidence. No database is read or"
        " written."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", metavar="FILE", help="Text in UTF-8; - for standard input."
        )
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help='FILE is JSON Lines, {"id": …, "text": …} per line; each gives one line of output. A line'
            " that is not a document is reported and skipped, and the command ends with an error.",
        )
        add_worker_arguments(parser)

    def handle(self, *, file: str, jsonl: bool, verbosity: int, **options: Any) -> None:
        try:
            with _opened(file) as stream, open_workers(options["jobs"], options["scheduler"]) as workers:
                refused = self._extract(_documents(file, stream, jsonl=jsonl), workers, verbosity)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from None
        except WorkersLostError as error:
            raise CommandError(str(error)) from None
        if refused:
            raise CommandError(f"{refused} of the documents could not be read; see above.")

    def _extract(
        self, documents: Iterable[Document | LineError], workers: Workers | None, verbosity: int
    ) -> int:
        """Write the findings for each document; returns the number of documents that could not be read."""
        refused = 0
        with progress_bars(verbosity if sys.stderr.isatty() else 0) as track:
            for document, extracted in read_in_order(
                track(documents, "documents", None),
                extract_line,
                settings.INGEST_SECONDS,
                skip=lambda document: isinstance(document, LineError),
                workers=workers,
            ):
                if isinstance(document, LineError) or not extracted:
                    self.stderr.write(str(document))
                    refused += 1
                    continue
                try:
                    line, foreign = extracted()
                except (OverBudgetError, ReaderKilledError) as error:
                    self.stderr.write(f"{document.id}: {error}")
                    refused += 1
                else:
                    if foreign:
                        self.stderr.write(f"{document.id}: not in English ({foreign}); nothing is proposed.")
                    self.stdout.write(line)
        return refused


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    if file == "-":
        yield sys.stdin.buffer
    else:
        with Path(file).open("rb") as stream:
            yield stream


def _documents(file: str, stream: IO[bytes], *, jsonl: bool) -> Iterable[Document | LineError]:
    if jsonl:
        return read_lines(cut_lines(stream))
    try:
        return [read_text(file, stream.read(MAX_DOCUMENT + 1))]
    except ValueError as error:
        raise CommandError(f"{file}: {error}") from None
