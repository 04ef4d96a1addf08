import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.management.progress import progress_bars
from articles.reading.budget import Budget, OverBudgetError, check_length
from articles.reading.documents.json_lines import cut_lines
from articles.reading.documents.records import MAX_DOCUMENT
from articles.reading.language import foreign_language
from articles.reading.quotations import extract
from articles.reading.quotations.lines import Document, LineError, read_lines, read_text, write_line


class Command(BaseCommand):
    help = (
        "Say who said what in a text, as a line of JSON: every quotation with its place, its speaker as"
        " printed and as resolved within the text, and how sure that is. No database is read or written."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", metavar="FILE", help="Text in UTF-8; - is standard input."
        )
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help='FILE is JSON Lines, {"id": …, "text": …} a line; a line comes out for each. A line that is'
            " no document is named and passed over, and the command then ends with an error.",
        )

    def handle(self, *, file: str, jsonl: bool, verbosity: int, **options: Any) -> None:
        try:
            with _opened(file) as stream:
                refused = self._extract(_documents(file, stream, jsonl=jsonl), verbosity)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from None
        if refused:
            raise CommandError(f"{refused} of the documents could not be read; see above.")

    def _extract(self, documents: Iterable[Document | LineError], verbosity: int) -> int:
        """Write what is found in each document; the number of those that could not be read."""
        refused = 0
        with progress_bars(verbosity if sys.stderr.isatty() else 0) as track:
            for document in track(documents, "documents", None):
                if isinstance(document, LineError):
                    self.stderr.write(str(document))
                    refused += 1
                    continue
                try:
                    check_length(document.text)
                    foreign = foreign_language(document.text)
                    if foreign:
                        self.stderr.write(f"{document.id}: not in English ({foreign}); nothing is proposed.")
                    budget = Budget(settings.INGEST_SECONDS)
                    quotations = [] if foreign else extract(document.text, budget=budget)
                except OverBudgetError as error:
                    self.stderr.write(f"{document.id}: {error}")
                    refused += 1
                else:
                    self.stdout.write(write_line(document, quotations))
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
