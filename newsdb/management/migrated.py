"""Whether a database is migrated, or can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

#: The migration that creates the tables since 0.2.0.
_TABLES = ("articles", "0001_squashed_0024_plainer_errors")


class MigratedCommand(BaseCommand):
    """A command that says what to do if the database cannot be reached, or is not migrated."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Like Django's, but raises ``CommandError`` unless the database can be reached and is migrated."""
        require_migrated(options.get("database") or DEFAULT_DB_ALIAS)
        return super().execute(*args, **options)


def require_migrated(using: str) -> None:
    """Raise ``CommandError``, with what to do, if migrations are pending."""
    with _readable():
        executor = MigrationExecutor(connections[using])
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        raise CommandError("The database is not migrated: run `manage.py migrate` first.")


def require_migratable(using: str) -> None:
    """Raise ``CommandError``, with what to do, for a database of newsdb 0.1.0.

    0.2.0 replaced the migrations of 0.1.0 by one for each app, and recorded these in databases that it
    upgraded. Only 0.2.0 has both.
    """
    with _readable():
        applied = MigrationRecorder(connections[using]).applied_migrations()
    if ("articles", "0001_initial") in applied and _TABLES not in applied:
        raise CommandError(
            "The database is of newsdb 0.1.0, which this release cannot upgrade: run `manage.py migrate` of"
            " newsdb 0.2.0 first."
        )


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise CommandError(
            f"The database cannot be reached: {str(error).splitlines()[0]}. Check DATABASE_URL."
        ) from None
    except DatabaseError as error:
        raise CommandError(f"This is not a newsdb database: {str(error).splitlines()[0]}.") from None
