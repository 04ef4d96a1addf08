"""Queries compiled once: other values each time, and values of Python's whichever the store."""

from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler

from actors.models import ActorMerge
from newsdb.models.prepared import Placeholder, Prepared
from tests.factories import ActorMergeFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 10, 23, 12, tzinfo=UTC)


def of_app() -> Prepared:
    return Prepared(
        lambda: ContentType.objects.filter(
            app_label=Placeholder("app"), model=Placeholder("model")
        ).values_list("model")
    )


def test_other_values_find_other_rows() -> None:
    prepared = of_app()
    assert [tuple(row) for row in prepared.rows(app="admin", model="logentry")] == [("logentry",)]
    assert [tuple(row) for row in prepared.rows(model="user", app="auth")] == [("user",)]
    assert not prepared.rows(app="auth", model="logentry")


def test_it_is_compiled_once() -> None:
    prepared = of_app()
    with patch.object(SQLCompiler, "as_sql", autospec=True, side_effect=SQLCompiler.as_sql) as compiled:
        for app in ("admin", "auth", "admin"):
            prepared.rows(app=app, model="user")
    assert compiled.call_count == 1


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="model"):
        of_app().rows(app="admin")


@pytest.mark.parametrize("last_login", [NOON, None])
def test_values_are_pythons(last_login: Any) -> None:
    User.objects.create(username="ada", last_login=last_login, is_staff=True, date_joined=NOON)
    prepared = Prepared(
        lambda: User.objects.filter(username=Placeholder("name")).values_list(
            "last_login", "is_staff", "date_joined"
        )
    )
    assert [tuple(row) for row in prepared.rows(name="ada")] == [(last_login, True, NOON)]


def test_the_store_keeps_the_plan() -> None:
    prepared, pages = of_app(), ["admin", "auth"] * 4
    assert [len(prepared.rows(app=app, model="user")) for app in pages] == [0, 1] * 4
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%app_label%'")
            assert cursor.fetchall() == [(1,)]


def test_json_is_text_as_django_expects_it() -> None:
    merge = ActorMergeFactory(moved={"é": [1, None]})
    prepared = Prepared(lambda: ActorMerge.objects.filter(pk=Placeholder("pk")).values_list("moved"))
    for _ in range(7):
        assert [tuple(row) for row in prepared.rows(pk=merge.pk)] == [({"é": [1, None]},)]


def test_text_is_a_value_and_never_sql() -> None:
    assert not of_app().rows(app="x' OR '1'='1", model="%s")
