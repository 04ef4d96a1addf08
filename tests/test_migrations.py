"""A new database is made by squashed migrations; one of an earlier release comes step by step to the same."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.models import Outlet, OutletSlug, Statement
from articles.search.query import parse_query

pytestmark = pytest.mark.django_db(transaction=True)

APPS = ("newsdb", "articles", "actors")

# Everything but the order of columns, which is that of the steps.
SCHEMA = {
    "sqlite": (
        "SELECT 'column', t.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden"
        " FROM sqlite_master t, pragma_table_xinfo(t.name) c WHERE t.type = 'table'",
        'SELECT \'reference\', t.name, f."from", f."table", f."to"'
        " FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
        "SELECT type, tbl_name, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')",
    ),
    "postgresql": (
        "SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
        " a.attidentity, a.attgenerated, a.attstattarget, pg_get_expr(d.adbin, d.adrelid)"
        " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (c.oid, a.attnum)"
        " WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    ),
}


def schema() -> set[tuple[object, ...]]:
    """Each column, reference, constraint, index and trigger; SQLite has its constraints in a table's text."""
    with connection.cursor() as cursor:
        found = set()
        for query in SCHEMA[connection.vendor]:
            cursor.execute(query)
            found.update(cursor.fetchall())
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            for table, sql in cursor.fetchall():
                found.update((table, constraint) for constraint in sql[:-1].split(", CONSTRAINT ")[1:])
    return found


@pytest.fixture
def at_once() -> set[tuple[object, ...]]:
    """What migrating makes at once, made anew since tests may have altered it; no table is left."""
    remove_tables()
    call_command("migrate", verbosity=0)
    made = schema()
    remove_tables()
    return made


def remove_tables() -> None:
    for app in APPS:
        call_command("migrate", app, "zero", verbosity=0)


def test_step_by_step_it_comes_to_the_same_and_keeps_what_there_was(
    at_once: set[tuple[object, ...]], step_by_step: None
) -> None:
    assert len(at_once) > 300
    call_command("migrate", "articles", "0001", verbosity=0)
    first = MigrationExecutor(connection).loader.project_state(("articles", "0001_initial")).apps
    outlet = first.get_model("articles", "outlet").objects.create(name="The Strait", slug="the-strait")
    article = first.get_model("articles", "article").objects.create(headline="At sea", outlet=outlet)
    first.get_model("articles", "statement").objects.create(
        article=article, speaker_label="A skipper", kind="direct", text="One ferry is enough."
    )
    call_command("migrate", verbosity=0)
    assert schema() == at_once
    assert OutletSlug.objects.get(slug="the-strait").outlet == Outlet.objects.get(name="The Strait")
    assert [statement.speaker_label for statement in Statement.objects.search(parse_query("ferry"))] == [
        "A skipper"
    ]
