import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import CommandError
from django.db import OperationalError
from django.db.models import Model

from articles.ingest.load import Outcome
from articles.ingest.run import ingest
from articles.ingest.workers import WorkersLostError
from articles.management.options import confidence
from articles.management.progress import bytes_progress
from articles.management.workers import add_worker_arguments, open_workers
from articles.models import Article, Outlet
from articles.reading.documents import (
    Document,
    DocumentError,
    Refused,
    SubmissionDefaults,
    apply_defaults,
    read_documents,
)
from articles.reading.documents.rows import read_captured_at, read_language, read_source_url
from articles.reading.page import DeclaredMetadata
from articles.reading.quotations import AUTOMATIC
from newsdb.management.migrated import MigratedCommand
from newsdb.models.write_errors import is_disk_full

DISK_FULL = "The disk of the database is full. Make room, then run this again."
KEPT = "What was loaded is kept, and is not loaded twice."


def checked(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Parses the value of an option as in JSON Lines."""

    def read_option(text: str) -> Any:
        try:
            return read(text.strip())
        except DocumentError as error:
            raise ArgumentTypeError(str(error)) from None

    return read_option


def bounded(model: type[Model], name: str, described: str) -> Callable[[str], str]:
    """Parses the value of an option that has to fit into a field."""
    longest: int = cast(Any, model._meta.get_field(name)).max_length

    def read_option(text: str) -> str:
        if not 1 <= len(text.strip()) <= longest:
            raise ArgumentTypeError(f"{described} has 1 to {longest} characters")
        return text.strip()

    return read_option


class Command(MigratedCommand):
    help = (
        "Load captured pages: plain text, HTML, or JSON Lines of both, optionally compressed by gzip, bzip2"
        " or Zstandard. Each is kept word for word with its article, and its quotations are proposed for"
        " review. Loading it again changes nothing, and a run that was killed can simply be run again."
        " Nothing is fetched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="A file, or - for standard input.")
        parser.add_argument(
            "--publish",
            type=confidence,
            metavar="CONFIDENCE",
            help="Publish proposals with at least this confidence and a known speaker at once, without"
            f" review; {AUTOMATIC}, for example. By default all proposals wait for review.",
        )

        given = parser.add_argument_group("of the pages, where JSON Lines do not say it themselves")
        given.add_argument(
            "--outlet",
            type=bounded(Outlet, "name", "an outlet's name"),
            metavar="NAME",
            help="The outlet that published the pages.",
        )
        given.add_argument(
            "--headline",
            type=bounded(Article, "headline", "a headline"),
            metavar="WORDS",
            help="The headline of the page. Only with a single page.",
        )
        given.add_argument(
            "--source-url",
            type=checked(read_source_url),
            metavar="URL",
            help="The URL of the page or of an archived copy. Only with a single page.",
        )
        given.add_argument(
            "--captured-at",
            type=checked(read_captured_at),
            metavar="TIME",
            help="When the pages were captured, with the time zone: 2024-10-23T06:00:00Z.",
        )
        given.add_argument(
            "--language",
            type=checked(read_language),
            metavar="TAG",
            help="The language of the pages: en, pt-BR.",
        )
        add_worker_arguments(parser)

    def handle(self, *, files: list[str], publish: float | None, verbosity: int, **options: Any) -> None:
        counts: Counter[str] = Counter()
        given = SubmissionDefaults(
            DeclaredMetadata(
                outlet=options["outlet"] or "",
                headline=options["headline"] or "",
                language=options["language"] or "",
            ),
            options["source_url"] or "",
            options["captured_at"],
        )
        source = _Files(files)
        with bytes_progress(source.total, verbosity=verbosity if sys.stderr.isatty() else 0) as show:
            try:
                with open_workers(options["jobs"], options["scheduler"]) as workers:
                    results = ingest(apply_defaults(source, given), workers=workers, publish=publish)
                    for number, (where, result) in enumerate(results, 1):
                        counts.update(self._report(where, result, verbosity))
                        show(source.read, number)
            except WorkersLostError as error:
                raise CommandError(f"{error} {KEPT}") from None
            except OperationalError as error:
                if not is_disk_full(error):
                    raise
                raise CommandError(f"{DISK_FULL} {KEPT}") from None
        if verbosity:
            self.stdout.write(
                f"{counts['created']} created, {counts['updated']} updated, {counts['unchanged']} unchanged,"
                f" {counts['refused']} refused; {counts['proposed']} statements proposed,"
                f" {counts['published']} published."
            )
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} of the documents were refused; see above.")

    def _report(self, where: str, result: Outcome | Refused, verbosity: int) -> dict[str, int]:
        """Print what a person has to know; returns the counts for the summary."""
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


class _Files(Iterable[Document | Refused]):
    """The documents of all files, each with the number of bytes read so far."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.read = 0
        sizes = [_size(name) for name in names]
        self.total = None if None in sizes else sum(filter(None, sizes))

    def __iter__(self) -> Iterator[Document | Refused]:
        for name in self.names:
            if name == "-":
                yield from read_documents(sys.stdin.buffer)
                continue
            try:
                with Path(name).open("rb") as stream:
                    yield from read_documents(cast(BinaryIO, _Counted(stream, self)), name=name)
            except OSError as error:
                yield Refused(name, f"It cannot be read: {error.strerror or error}.")


class _Counted:
    """A stream of which the bytes are counted."""

    def __init__(self, stream: BinaryIO, files: _Files) -> None:
        self.stream, self.files = stream, files

    def read(self, size: int) -> bytes:
        piece = self.stream.read(size)
        self.files.read += len(piece)
        return piece


def _size(name: str) -> int | None:
    """The size of a file in bytes; None if it is not known beforehand."""
    try:
        return Path(name).stat().st_size if name != "-" and Path(name).is_file() else None
    except OSError:
        return None
