import os
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import connections

from newsdb.fixture_records import Entry, FixtureError, read_entries
from newsdb.fixtures import save_entries
from newsdb.ledger import loading
from newsdb.management.migrated import MigratedCommand
from newsdb.models.write_errors import WRITE_ERRORS, explain


class Command(MigratedCommand, loaddata.Command):
    """Django's command; for invalid JSON fixtures it lists every error, one per line, and loads nothing."""

    def loaddata(self, fixture_labels: Any) -> None:
        """Load the fixtures. Raises ``CommandError``, which lists their faults."""
        self.serialization_formats = serializers.get_public_serializer_formats()
        try:
            files = [file for label in fixture_labels for file, _, _ in self.find_fixtures(label)]
        except CommandError as error:
            raise CommandError(
                f"{error} Name an existing JSON file, such as fixtures/sample_page.json."
            ) from None
        formats = {self.parse_name(os.path.basename(file))[1] for file in files}  # noqa: PTH119
        try:
            # Mark these rows as recorded elsewhere, for the database's triggers.
            with loading(self.using):
                if formats == {"json"} and not (self.ignore or self.excluded_models or self.excluded_apps):
                    self._load(files)
                else:
                    super().loaddata(fixture_labels)
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from None
        except (*WRITE_ERRORS, DeserializationError, OSError, EOFError) as error:
            raise CommandError(f"Nothing was loaded. {' '.join(explain(error))}") from None

    def _load(self, files: list[str]) -> None:
        connection = connections[self.using]
        entries = self._read(files)
        with connection.constraint_checks_disabled():
            self.models = {type(record.object) for record in save_entries(entries, self.using)}
        connection.check_constraints(table_names=[model._meta.db_table for model in self.models])
        self.loaded_object_count = self.fixture_object_count = len(entries)
        if entries:
            self.reset_sequences(connection, self.models)
        if self.verbosity:
            self.stdout.write(f"Installed {len(entries)} object(s) from {len(files)} fixture(s)")

    def _read(self, files: list[str]) -> list[Entry]:
        entries: list[Entry] = []
        faults: list[str] = []
        for file in files:
            _, _, compression = self.parse_name(os.path.basename(file))  # noqa: PTH119
            opening: Any = self.compression_formats[compression]
            method, mode = opening
            try:
                with method(file, mode) as opened:
                    content = opened.read()
                text = content.encode() if isinstance(content, str) else content
                entries += read_entries(Path(file).name, text)
            except FixtureError as error:
                faults += error.faults
        if faults:
            raise FixtureError(faults)
        return entries
