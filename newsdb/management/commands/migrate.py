from typing import Any

from django.core.management.commands.migrate import Command as MigrateCommand

from newsdb.management.migrated import require_migratable


class Command(MigrateCommand):
    """Django's ``migrate``, which says what to do if the database cannot be reached or is too old."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Like Django's, but raises ``CommandError`` unless this release can migrate the database."""
        require_migratable(options["database"])
        return super().execute(*args, **options)
