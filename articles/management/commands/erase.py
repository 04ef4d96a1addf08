import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from articles.services.erasure import Plan, erase, find_target, finish_cleaning, listed, plan_erasure, replay
from articles.services.erasure.planning import MODELS
from newsdb.management.migrated import MigratedCommand
from newsdb.models.cleaning import CleaningError
from newsdb.models.erasure import ReasonCode


class Command(MigratedCommand):
    help = (
        "Erase a statement, an article with everything it printed, or an actor with all statements"
        " attributed to it: the row, its words in captured texts, its history. Its uid, the day and the"
        " reason code are kept. Without --yes, show what would be erased and what else contains the words."
        " Read"
        " docs/how-to/erasure.md first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("record_type", nargs="?", choices=list(MODELS), metavar="statement|actor|article")
        parser.add_argument("id", nargs="?", help="Its uid, or its integer id or slug.", metavar="ID")
        parser.add_argument("--reason-code", choices=ReasonCode.values, help="Why; public.")
        doing = parser.add_mutually_exclusive_group()
        doing.add_argument("--yes", action="store_true", help="Erase. This cannot be undone.")
        doing.add_argument(
            "--dry-run", action="store_true", help="Show what would be erased; change nothing (default)."
        )
        doing.add_argument(
            "--list", action="store_true", help="Write all erasures, as JSON Lines, for --replay."
        )
        doing.add_argument(
            "--replay", metavar="FILE", help="Erase again what FILE lists, after restoring a backup."
        )

    def handle(
        self, *, record_type: str | None, id: str | None, reason_code: str | None, **options: Any
    ) -> None:
        if options["list"]:
            for row in listed():
                self.stdout.write(json.dumps(row))
            return
        if options["replay"]:
            self._replay(Path(options["replay"]))
        elif id is not None:
            if reason_code is None:
                raise CommandError(f"Give a reason: --reason-code {'|'.join(ReasonCode.values)}.")
            self._erase(str(record_type), id, reason_code, done=options["yes"])
            if not options["yes"]:
                return
        cleaned = self._clean()
        if id is None and not options["replay"] and not cleaned:
            raise CommandError(
                "Say what to erase: manage.py erase statement|actor|article ID --reason-code …"
            )

    def _erase(self, record_type: str, identifier: str, reason_code: str, *, done: bool) -> None:
        try:
            target = find_target(record_type, identifier)
        except LookupError as error:
            raise CommandError(str(error.args[0])) from None
        if target.record is None:
            self.stdout.write(f"Nothing to erase: {target.erasure}.")
            return
        plan = erase(record=target.record, reason_code=reason_code) if done else plan_erasure(target.record)
        self._report(plan, done=done)
        if not done:
            self.stdout.write(
                "Nothing was changed. To erase this for good: manage.py erase"
                f" {record_type} {target.record.uid} --reason-code {reason_code} --yes"
            )

    def _report(self, plan: Plan, *, done: bool) -> None:
        """What would be erased, then what would be kept; texts only in a dry run, as output may be stored."""
        self.stdout.write("Erased:" if done else "Would erase:")
        for record in plan.records:
            self.stdout.write(f"  {record.record.type} {record.uid}{'' if done else f': {record}'}")
        self.stdout.write(
            f"  captured texts detached: {len(plan.texts)}; captures whose text cannot be attached again:"
            f" {len(plan.captures)}"
        )
        for (model, column), ids in plan.cleared.items():
            self.stdout.write(f"  {model._meta.verbose_name} {column.replace('_', ' ')} cleared: {len(ids)}")
        if plan.holders:
            heading = "These also contain the words, and are kept."
            if not done:
                heading += " Decide on each first: afterwards newsdb no longer has the words."
            self.stdout.write(self.style.WARNING(heading))
        for holder in plan.holders:
            of = f"{holder.record_type} {holder.uid}, " if holder.uid else ""
            self.stdout.write(f"  {of}{holder.column}{'' if done else f': {holder.text}'}")

    def _replay(self, path: Path) -> None:
        try:
            done = replay(path.read_text("utf-8").split("\n"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read: {error}.") from None
        except ValueError as error:
            raise CommandError(f"{path}: {error}") from None
        self.stdout.write(
            f"{done.erased} erased again, {done.noted} not found and noted as erased,"
            f" {done.known} already erased."
        )

    def _clean(self) -> int:
        try:
            cleaned = finish_cleaning()
        except CleaningError as error:
            raise CommandError(str(error)) from None
        if cleaned:
            records = "record" if cleaned == 1 else "records"
            self.stdout.write(f"The database's files were cleaned of {cleaned} erased {records}.")
        return cleaned
