from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError

from articles.checks.claim_reviews import Unlinked, link_reviews
from articles.ingest.corpus import CorpusImport
from articles.management.options import confidence
from articles.management.progress import bytes_progress
from articles.models.corpus import CORPORA
from articles.reading.documents import DocumentError
from newsdb.management.migrated import MigratedCommand

#: The format of published checks, which are linked to statements and create none.
CLAIM_REVIEWS = "claimreview"
#: Characters of a claim that are shown in a line.
SHOWN = 200

#: Imports a file, and calls the second argument with the number of statements or checks so far.
Import = Callable[[BinaryIO, Callable[[int], None]], Counter[str]]


class Command(MigratedCommand):
    help = (
        "Import quotations of a published corpus as proposed statements: JSON Lines, optionally compressed by"
        " gzip, bzip2 or Zstandard. Speakers are found by Wikidata id, outlets by domain. With the format"
        f" {CLAIM_REVIEWS}, link published checks, in schema.org's ClaimReview, to the published statements"
        " whose words they are about; a file may also be one JSON list or DataFeed. What was imported before"
        " is left as it is, so an import that was broken off can be run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--format", required=True, choices=[*CORPORA, CLAIM_REVIEWS], dest="corpus")
        parser.add_argument(
            "--publish",
            type=confidence,
            metavar="P",
            help="Publish, unreviewed, what the corpus attributes with at least this probability.",
        )
        parser.add_argument(
            "--unlinked",
            type=Path,
            metavar="LIST",
            help=f"With {CLAIM_REVIEWS}: write the checks that got no link to this file, each with the"
            " reason. By default they are written to the output.",
        )

    def handle(
        self,
        *,
        files: list[Path],
        corpus: str,
        publish: float | None,
        unlinked: Path | None,
        verbosity: int,
        **options: Any,
    ) -> None:
        if corpus == CLAIM_REVIEWS:
            if publish is not None:
                raise CommandError(f"--publish is not for {CLAIM_REVIEWS}: checks make no statements.")
            self._link(files, unlinked, verbosity)
            return
        if unlinked:
            raise CommandError(f"--unlinked is only for {CLAIM_REVIEWS}.")
        counts: Counter[str] = Counter()
        for path in files:

            def report(line: int, reason: str, path: Path = path) -> None:
                self.stderr.write(f"{path}, line {line}: {reason}")

            counts += self._import(path, CorpusImport(corpus, publish, report).run, "statements", verbosity)
        summary = f"{counts['created']:,} statements created, {counts['known']:,} already there or erased"
        if counts["bad"]:
            raise CommandError(f"{summary}; {counts['bad']:,} could not be imported, see above.")
        if verbosity:
            self.stdout.write(f"{summary}.")

    def _link(self, files: list[Path], unlinked: Path | None, verbosity: int) -> None:
        counts: Counter[str] = Counter()
        with ExitStack() as stack:
            try:
                listed = stack.enter_context(unlinked.open("w", encoding="utf-8")) if unlinked else None
            except OSError as error:
                raise CommandError(f"{unlinked} cannot be written: {error.strerror}.") from None
            for path in files:

                def report(found: Unlinked, path: Path = path) -> None:
                    (listed or self.stdout).write(f"{_line(path, found)}\n")

                def importing(
                    file: BinaryIO, track: Callable[[int], None], report: Any = report
                ) -> Counter[str]:
                    return link_reviews(file, report, track)

                counts += self._import(path, importing, "checks", verbosity)
        summary = (
            f"{counts['linked']:,} links made; {counts['known']:,} checks already attached,"
            f" {counts['unmatched']:,} match no statement"
        )
        if counts["bad"]:
            raise CommandError(
                f"{summary}; {counts['bad']:,} could not be imported, see {unlinked or 'above'}."
            )
        if verbosity:
            self.stdout.write(f"{summary}.")

    def _import(self, path: Path, importing: Import, of: str, verbosity: int) -> Counter[str]:
        try:
            with (
                path.open("rb") as file,
                bytes_progress(path.stat().st_size, verbosity=verbosity, of=of) as progress,
            ):
                return importing(file, lambda done: progress(file.tell(), done))
        except (OSError, DocumentError) as error:
            raise CommandError(f"{path} cannot be read: {error}") from None


def _line(path: Path, found: Unlinked) -> str:
    said = ""
    if found.review:
        claim = found.review.claim
        said = f": {found.review.url}: {claim if len(claim) <= SHOWN else f'{claim[: SHOWN - 1]}…'}"
    return f"{path}, {found.place}: {found.reason}{said}"
