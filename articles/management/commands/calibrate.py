from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from articles.ingest.material import EXTRACTOR
from articles.reading.quotations import VERSION
from articles.reading.quotations.calibration import write_calibration
from articles.services.calibration import Bucket, calibrate, calibration_error, count_decisions
from newsdb.management.migrated import MigratedCommand

NOTHING = "Nobody has decided on a proposal of this reader yet."


class Command(MigratedCommand):
    help = (
        "Compare what reviewers decided with the confidence with which it was proposed: how many proposals of"
        " each confidence were decided on one by one, and how many of them were right in words and speaker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--write",
            action="store_true",
            help="Write these shares to CALIBRATION_FILE. Pages read from then on get them as confidence,"
            " and the extractor's version shows it.",
        )
        parser.add_argument(
            "--all-versions",
            action="store_true",
            help=f"Also count proposals from earlier versions of the reader; this one is {VERSION}.",
        )

    def handle(self, *, write: bool, all_versions: bool, **options: Any) -> None:
        if write and not settings.CALIBRATION_FILE:
            raise CommandError("Set CALIBRATION_FILE to the file to which the table should be written.")
        buckets = count_decisions(extractor=EXTRACTOR, reader=None if all_versions else VERSION)
        if not buckets:
            if write:
                raise CommandError(f"{NOTHING} Nothing is written.")
            self.stdout.write(NOTHING)
            return
        self.stdout.write(
            f"{'confidence':>10} {'decided':>8} {'right':>6} {'share':>7}   95% interval (Wilson)"
        )
        for row in buckets:
            self.stdout.write(_line(row))
        decided = sum(row.decided for row in buckets)
        self.stdout.write(
            f"Expected calibration error: {calibration_error(buckets):.3f}, of {decided} decisions."
        )
        if write:
            self._write(buckets)

    def _write(self, buckets: list[Bucket]) -> None:
        path = Path(settings.CALIBRATION_FILE)
        calibration = calibrate(buckets, reader=VERSION)
        partial = path.with_name(f"{path.name}.partial")
        try:
            partial.write_text(write_calibration(calibration), encoding="utf-8")
            partial.replace(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"Wrote {path}; the extractor's version is now {calibration.version}.")


def _line(row: Bucket) -> str:
    low, high = row.interval
    counts = f"{row.confidence:>10} {row.decided:>8} {row.right:>6} {row.share:>7.1%}"
    return f"{counts}   {low:.1%} to {high:.1%}{'' if row.is_true else '   outside'}"
