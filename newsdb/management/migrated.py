"""Commands that need a migrated database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor


class MigratedCommand(BaseCommand):
    """A command that says what to do if the database cannot be reached, or is not migrated."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Like Django's, but raises ``CommandError`` unless the database can be reached and is migrated."""
        require_migrated(options.get("database") or DEFAULT_DB_ALIAS)
        return super().execute(*args, **options)


def require_migrated(using: str) -> None:
    """Raise ``CommandError``, with what to do, if migrations are pending."""
    try:
        executor = MigrationExecutor(connections[using])
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        raise CommandError(
            f"The database cannot be reached: {str(error).splitlines()[0]}. Check DATABASE_URL."
        ) from None
    except DatabaseError as error:
        raise CommandError(f"This is not a newsdb database: {str(error).splitlines()[0]}.") from None
    if pending:
        raise CommandError("The database is not migrated: run `manage.py migrate` first.")
