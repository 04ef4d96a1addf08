"""The triggers are there exactly while the schema is the one that they are written for."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from newsdb.ledger.install import install

pytestmark = pytest.mark.django_db(transaction=True)

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'newsdb_%'",
    "postgresql": "SELECT tgname || ' ' || tgrelid::regclass FROM pg_trigger WHERE tgname LIKE 'newsdb\\_%'",
}


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def test_a_schema_that_is_behind_has_none() -> None:
    before = triggers()
    assert len(before) > 50
    call_command("migrate", "articles", "0028", verbosity=0)
    assert triggers() == set()
    call_command("migrate", verbosity=0)
    assert triggers() == before


def test_migrations_of_others_do_not_matter() -> None:
    before = triggers()
    assert MigrationRecorder.Migration.objects.filter(app="axes").delete()[0]
    install(connection)
    assert triggers() == before
