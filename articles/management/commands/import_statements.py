import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from articles.ingest.spreadsheet import (
    OPTIONAL,
    REQUIRED,
    Imported,
    Refused,
    SpreadsheetError,
    import_row,
    read_spreadsheet,
)
from newsdb.ledger import attributed
from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand):
    help = (
        "Import statements from a spreadsheet, saved as CSV in UTF-8: all its rows, or none if one is wrong."
        f" Its columns are {', '.join(REQUIRED)} and, optionally, {', '.join(OPTIONAL)}. Missing outlets,"
        " articles and speakers are created. Importing it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", help="The spreadsheet; - for standard input.")
        parser.add_argument("--dry-run", action="store_true", help="Only show what would be created.")

    def handle(self, *, file: str, dry_run: bool, verbosity: int, **options: Any) -> None:
        counts: Counter[str] = Counter()
        try:
            content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            with attributed(by="", reason="Imported from a spreadsheet."):
                for line, cells in read_spreadsheet(content):
                    counts.update(self._report(import_row(line, cells), verbosity))
                if dry_run or counts["refused"]:
                    transaction.set_rollback(True)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except SpreadsheetError as error:
            raise CommandError(f"{file}: {error}") from None
        if counts["refused"]:
            wrong = "1 row is" if counts["refused"] == 1 else f"{counts['refused']} rows are"
            raise CommandError(f"{wrong} wrong, see above; nothing was imported.")
        if verbosity:
            would = "would be " if dry_run else ""
            self.stdout.write(
                f"{counts['created']} statements {would}created, {counts['unchanged']} unchanged."
            )

    def _report(self, result: Imported | Refused, verbosity: int) -> list[str]:
        """Print what a person has to know; returns the result of the row."""
        if isinstance(result, Refused):
            self.stderr.write(self.style.ERROR(f"line {result.line}: {result.reason}"))
            return ["refused"]
        if verbosity:
            for record in result.created:
                self.stdout.write(f"line {result.line}: new {record._meta.verbose_name} {record}")
            if result.is_new:
                self.stdout.write(f"line {result.line}: {result.statement}")
        return ["created" if result.is_new else "unchanged"]
