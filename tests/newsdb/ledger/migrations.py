"""A database whose watched tables are migrated as a later release would, with its ledger."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.operations import AddField, RemoveField, RenameField
from django.db.migrations.state import ProjectState
from django.db.models import Field

from newsdb.ledger import records
from newsdb.ledger.install import install


class Migrated:
    """Adds, drops and renames fields of its own; ``undo`` drops what is left of them.

    ``model`` gives a model as it is now; what is written through it is written as by that release.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.state = ProjectState.from_apps(apps)
        #: The fields that were added, by model: (app, model).
        self.added: dict[tuple[str, str], set[str]] = {}

    def add(self, app: str, model: str, name: str, field: Field) -> None:
        self.added.setdefault((app, model), set()).add(name)
        self._run(app, AddField(model, name, field))

    def drop(self, app: str, model: str, name: str) -> None:
        self.added[app, model].remove(name)
        self._run(app, RemoveField(model, name))

    def rename(self, app: str, model: str, old: str, new: str) -> None:
        self.added[app, model] ^= {old, new}
        self._run(app, RenameField(model, old, new))

    def undo(self) -> None:
        for (app, model), names in self.added.items():
            for name in set(names):
                self.drop(app, model, name)
        self.monkeypatch.undo()
        install(connection)

    def model(self, app: str, model: str) -> Any:
        return self.state.apps.get_model(app, model)

    def _run(self, app: str, operation: AddField | RemoveField | RenameField) -> None:
        before, self.state = self.state, self.state.clone()
        operation.state_forwards(app, self.state)
        self.state.clear_delayed_apps_cache()  # else some models still refer to what others were before
        with connection.schema_editor() as editor:
            operation.database_forwards(app, editor, before, self.state)
        for model in apps.get_models():
            if hasattr(model, "record"):
                label = model._meta.app_label, model._meta.model_name
                migrated = self.model(*label)
                migrated.record = model.record
                if hasattr(model, "reference"):
                    migrated.reference = (*model.reference, *sorted(self.added.get(label, ())))
        self.monkeypatch.setattr(records, "apps", self.state.apps)
        install(connection)
