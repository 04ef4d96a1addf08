import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from articles.checks.checking import Finding, check
from articles.checks.drafts import NotReadError, quotations_in
from articles.models import Statement
from articles.reading.budget import OverBudgetError
from newsdb.management.migrated import MigratedCommand

#: Results that mean that the dataset has the words as quoted, if no omission changes the sense.
AS_QUOTED = ("exact", "same", "contained", "elided")
#: Characters of a quotation that are shown in a line.
SHOWN = 70


class Command(MigratedCommand):
    help = (
        "Check the quotations of a draft in English against the dataset: what it has of their words and"
        " speakers. It fails if any of them is not in the dataset as quoted; that does not mean that it was"
        " never said."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", metavar="FILE", help="The draft, in UTF-8; - for standard input."
        )

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            quotations = quotations_in(content.decode("utf-8-sig"), seconds=settings.INGEST_SECONDS)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not text in UTF-8.") from None
        except (NotReadError, OverBudgetError) as error:
            raise CommandError(f"{file}: {error}") from None
        findings, not_reached = check(quotations)
        for finding in findings:
            self._show(finding)
        for quotation in not_reached:
            self.stdout.write(f"not checked, the search took too long: {_shortened(quotation.words)}")
        differing = [finding for finding in findings if not _is_as_quoted(finding)]
        if differing or not_reached:
            count = len(differing) + len(not_reached)
            raise CommandError(
                f"{count} of {len(quotations)} quotations are not in the dataset as quoted; see above."
            )
        self.stdout.write(f"{len(quotations)} of {len(quotations)} quotations are in the dataset as quoted")

    def _show(self, finding: Finding) -> None:
        speaker = f"{finding.quotation.speaker}: " if finding.quotation.speaker else ""
        self.stdout.write(f"{_headline(finding)}: {speaker}{_shortened(finding.quotation.words)}")
        for match in finding.matches[:1]:
            statement = Statement.objects.select_related("speaker").get(pk=match.statement.pk)
            said = statement.speaker or statement.speaker_label or "unnamed"
            self.stdout.write(f"  held: {said}: {_shortened(match.held.printed(_compared(match)))}")
            self.stdout.write(f"  statement {statement.uid}, {statement.date or 'date unknown'}")
        for match in finding.retracted[:1]:
            self.stdout.write(f"  retracted: {match.statement.uid}, {match.statement.retraction_reason}")


def _is_as_quoted(finding: Finding) -> bool:
    if finding.words not in AS_QUOTED or finding.speaker not in ("same", "not_given"):
        return False
    closest = finding.matches[0]
    return not closest.comparison.changes and not closest.statement.is_paraphrase


def _headline(finding: Finding) -> str:
    """The result in a few words."""
    told = [finding.words.replace("_", " ")]
    if finding.matches:
        told += [f"another {change}" for change in finding.matches[0].comparison.changes]
        if finding.matches[0].statement.is_paraphrase:
            told.append("printed as a paraphrase")
    if finding.speaker == "different":
        told.append("from another speaker")
    if finding.speaker == "unresolved":
        told.append("speaker not resolved")
    return ", ".join(told)


def _compared(match: Any) -> range:
    """The words of the statement that the quotation was compared with."""
    held = [step.held for step in match.comparison.steps if step.held]
    return range(held[0].start, held[-1].stop)


def _shortened(words: str) -> str:
    plain = " ".join(words.split())
    return f"“{plain}”" if len(plain) <= SHOWN else f"“{plain[: SHOWN - 1]}…”"
