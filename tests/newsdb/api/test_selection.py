"""Chosen rows: as an ordinary query reads them, by SQL that is written once."""

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from newsdb.api.choice import choice_of
from newsdb.api.selection import read, read_referring

pytestmark = pytest.mark.django_db

COLUMNS = ("id", "codename", "content_type__app_label", "content_type__model")


def by_name() -> QuerySet:
    return Permission.objects.order_by("-codename", "-id")


def tuples(rows: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "queryset",
    [
        lambda: by_name(),
        lambda: by_name()[:5],
        lambda: by_name()[3:7],
        lambda: by_name().filter(content_type__app_label="auth").exclude(codename="add_user")[:5],
        lambda: Permission.objects.order_by("content_type__model", "id")[:9],
        lambda: by_name().filter(pk__in=[]),
        lambda: by_name().filter(codename="none such"),
        lambda: Permission.objects.annotate(groups=Count("group")).order_by("groups", "id")[:5],
        lambda: by_name().filter(content_type__permission__codename__startswith="add").distinct()[:5],
        lambda: (
            Permission.objects.order_by()
            .filter(pk=3)
            .union(Permission.objects.order_by().filter(pk=2))
            .order_by("id")
        ),
    ],
)
def test_it_reads_what_the_queryset_would(queryset: Any) -> None:
    assert tuples(read(queryset(), COLUMNS)) == list(queryset().values_list(*COLUMNS))


def test_what_is_missing_behind_a_nullable_key_loses_no_row(admin_user: Any) -> None:
    kind = ContentType.objects.get_for_model(Group)
    for content_type in (kind, None):
        LogEntry.objects.create(user=admin_user, content_type=content_type, action_flag=1, object_repr="it")
    rows = tuples(read(LogEntry.objects.order_by("id"), ("content_type__model",)))
    assert rows == [("group",), (None,)]


def test_only_the_conditions_are_written_anew() -> None:
    list(read(by_name()[:5], COLUMNS))
    with (
        patch.object(SQLCompiler, "as_sql", autospec=True, side_effect=SQLCompiler.as_sql) as compiled,
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        read(by_name().filter(codename="add_user")[:3], COLUMNS)
        read(by_name().filter(content_type=3)[:7], COLUMNS)
    assert compiled.call_count == 0
    one, other = (query["sql"].partition("IN (SELECT")[0] for query in queries)
    assert one == other
    assert all("LIMIT" in query["sql"].partition("IN (SELECT")[2] for query in queries)


@pytest.mark.parametrize(
    "page",
    [
        lambda: by_name()[:5],
        lambda: by_name().filter(codename="add_user").exclude(pk__in=[])[:5],
        lambda: by_name().exclude(pk__in=[])[:5],
        lambda: by_name().filter(Q(codename__gt="b") | ~Q(content_type=3), name__contains="%s")[:5],
        lambda: by_name().filter(content_type__in=ContentType.objects.filter(app_label="auth"))[:5],
        lambda: by_name().filter(content_type__app_label="auth")[:5],
        lambda: Permission.objects.order_by("content_type__model", "id").filter(codename="add_user")[:5],
        lambda: by_name().filter(codename="add_user"),
        lambda: by_name()[2:5],
    ],
)
def test_it_is_chosen_by_what_django_would_write(page: Any) -> None:
    choice, (sql, params) = choice_of(page()), page().values("pk").query.sql_with_params()
    assert (choice.sql, choice.params) == (sql, tuple(params))


def test_referring_rows_of_those_asked_for() -> None:
    kinds = list(ContentType.objects.order_by("id").values_list("pk", flat=True)[:2])

    def of_adding() -> QuerySet:
        # A parameter of the queryset's own before the ids, and one that compares columns.
        return Permission.objects.filter(codename__startswith="add").exclude(name=F("codename"))

    arguments = (of_adding, "content_type_id", kinds, ("-codename", "id"), ("codename", "content_type_id"))
    rows = tuples(read_referring(*arguments))
    expected = of_adding().filter(content_type__in=kinds).order_by("-codename", "id")
    assert rows == list(expected.values_list("codename", "content_type_id"))
    assert len(rows) == 2


def test_of_nobody_nothing_is_asked() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert read_referring(Permission.objects.all, "content_type_id", set(), ("id",), ("id",)) == []
    assert not queries
