"""The address of a list's export is no record's: an actor or an outlet that has it gets another."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from actors.models import Actor
from articles.models import Outlet
from newsdb.addresses import free_slug
from tests.factories import ActorFactory, OutletFactory
from tests.reader import Reader

MIGRATIONS: dict[Any, tuple[str, str, Any]] = {
    Actor: ("actors", "actors.migrations.0002_reserved_export", ActorFactory),
    Outlet: ("outlets", "articles.migrations.0017_reserved_export", OutletFactory),
}


def test_no_new_one_gets_it(db: None) -> None:
    assert free_slug("Export", taken=lambda slug: False, otherwise="actor") == "export-2"
    with pytest.raises(ValidationError, match="cannot be export"):
        Actor(name="Export", slug="export").full_clean()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", MIGRATIONS)
def test_who_has_it_gets_another(model: Any) -> None:
    reader, (path, name, factory) = Reader(), MIGRATIONS[model]
    table = model._meta.db_table
    constraint = f"{table}_slug_reserved"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    try:
        record = factory(slug="ferry")
        model.objects.filter(pk=record.pk).update(slug="export")
        with connection.schema_editor() as editor:
            importlib.import_module(name).rename(apps, editor)
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
            else:
                (check,) = [each for each in model._meta.constraints if each.name == constraint]
                with connection.schema_editor() as editor:
                    editor.add_constraint(model, check)
    record.refresh_from_db()
    assert record.slug == "export-2"
    assert reader.get(f"{path}/export/").getvalue().count(b'"slug":"export-2"') == 1
    assert reader.one(f"{path}/export-2/")["slug"] == "export-2"
    if model is Actor:
        assert reader.rows("statements/", speaker="export") == []
