from typing import Any

from django.core.management.base import CommandParser

from newsdb.fixtures import load_if_empty
from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand):
    help = "Load fixtures into an empty dataset. A dataset that is not empty is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "fixture", nargs="*", help="a fixture's path or name; without any, nothing is loaded"
        )

    def handle(self, *, fixture: list[str], **options: Any) -> None:
        loaded = load_if_empty(fixture)
        if not fixture:
            self.stdout.write("No fixture named: nothing loaded.")
        elif loaded is None:
            self.stdout.write("The dataset already has records: nothing was loaded.")
        else:
            self.stdout.write(f"Loaded {loaded} records from {', '.join(fixture)} into the empty dataset.")
