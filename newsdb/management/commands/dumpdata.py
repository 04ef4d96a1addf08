"""Django's ``dumpdata``, without models that the database's triggers derive."""

from typing import Any

from django.apps import apps
from django.core.management.commands import dumpdata

from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand, dumpdata.Command):
    def handle(self, *labels: str, **options: Any) -> None:
        """Dump the records, without models that are marked as ``derived``."""
        derived = [model._meta.label for model in apps.get_models() if getattr(model, "derived", False)]
        super().handle(*labels, **options | {"exclude": [*options["exclude"], *derived]})
