"""Rows are read without instances, in a fixed number of queries, ready for JSON."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from rest_framework import serializers

from newsdb.api.rows.reading import read_rows, read_rows_and_keys
from newsdb.api.rows.serializers import RowSerializer
from tests.newsdb.api.toy import EntrySerializer, KindDetailSerializer, UserSerializer

pytestmark = [pytest.mark.urls("tests.newsdb.api.toy"), pytest.mark.django_db]

LOG_ENTRY = {
    "app_label": "admin",
    "model": "logentry",
    "permission_set": [
        {"codename": f"{verb}_logentry", "name": f"Can {verb} log entry"}
        for verb in ("add", "change", "delete", "view")
    ],
    "codenames": [f"{verb}_logentry" for verb in ("add", "change", "delete", "view")],
}


def test_a_row_has_what_is_declared_in_the_order_declared(make_entry: Callable[..., LogEntry]) -> None:
    entry = make_entry(change_message="noted", object_repr="it", object_id="7")
    (row,) = read_rows(EntrySerializer, LogEntry.objects.all())
    assert row == {
        "id": entry.pk,
        "url": f"http://127.0.0.1:8000/api/v1/entries/{entry.pk}/",
        "action_time": "2024-10-23T12:00:00Z",
        "action_flag": 1,
        "object_id": "7",
        "user": {"username": "ann", "is_staff": False},
        "kind": LOG_ENTRY,
        "note": {"change_message": "noted", "object_repr": "it"},
    }
    assert list(row) == list(EntrySerializer.Meta.fields)


def test_a_relation_to_nothing_is_null_and_a_list_without_members_empty(
    make_entry: Callable[..., LogEntry],
) -> None:
    make_entry(content_type=None)
    bare = ContentType.objects.create(app_label="bare", model="bare")
    make_entry(1, content_type=bare)
    without, with_bare = read_rows(EntrySerializer, LogEntry.objects.order_by("id"))
    assert without["kind"] is None
    assert with_bare["kind"]["permission_set"] == with_bare["kind"]["codenames"] == []


def test_blank_text_is_null_only_where_declared(make_entry: Callable[..., LogEntry]) -> None:
    make_entry(change_message="", object_repr="")
    (row,) = read_rows(EntrySerializer, LogEntry.objects.all())
    assert row["note"] == {"change_message": None, "object_repr": ""}


def test_each_row_gets_its_own_children() -> None:
    rows = read_rows(KindDetailSerializer, ContentType.objects.filter(app_label="auth").order_by("model"))
    assert {row["model"]: row["codenames"][0] for row in rows} == {
        "group": "add_group",
        "permission": "add_permission",
        "user": "add_user",
    }


def test_children_come_in_their_order() -> None:
    class VisibleSerializer(RowSerializer):
        """A permission."""

        class Meta:
            model = Permission
            fields = ("codename",)
            ordering = ("-codename",)

    class OwnerSerializer(RowSerializer):
        """A kind."""

        permission_set = VisibleSerializer(many=True)

        class Meta:
            model = ContentType
            fields = ("permission_set",)

    (row,) = read_rows(OwnerSerializer, ContentType.objects.filter(model="group"))
    assert [each["codename"] for each in row["permission_set"]] == [
        *("view_group", "delete_group", "change_group", "add_group")
    ]


def test_queries_do_not_grow_with_rows() -> None:
    counts = []
    for limit in (1, 6):
        with CaptureQueriesContext(connection) as queries:
            assert len(read_rows(KindDetailSerializer, ContentType.objects.all()[:limit])) == limit
        counts.append(len(queries))
    assert counts == [2, 2]
    with CaptureQueriesContext(connection) as queries:
        assert read_rows(KindDetailSerializer, ContentType.objects.none()) == []
    assert len(queries) <= 1


def test_only_what_is_shown_is_selected() -> None:
    user = User.objects.create(username="ann")
    with CaptureQueriesContext(connection) as queries:
        assert read_rows(UserSerializer, User.objects.filter(pk=user.pk))
    assert not [each for each in queries if "password" in each["sql"]]


def test_keys_are_selected_whether_shown_or_not(make_entry: Callable[..., LogEntry]) -> None:
    entry = make_entry()
    rows, keys = read_rows_and_keys(UserSerializer, User.objects.all(), ("id", "username"))
    assert rows == [{"username": "ann", "is_staff": False}]
    assert keys == [(entry.user_id, "ann")]


def test_addresses_follow_the_public_url(settings: Settings, make_entry: Callable[..., LogEntry]) -> None:
    entry = make_entry()
    settings.PUBLIC_URL = "https://news.example.org"
    (row,) = read_rows(EntrySerializer, LogEntry.objects.all())
    assert row["url"] == f"https://news.example.org/api/v1/entries/{entry.pk}/"


def test_an_annotation_can_be_a_member() -> None:
    class CountedSerializer(RowSerializer):
        """A kind and how much may be done to it."""

        permissions = serializers.IntegerField()

        class Meta:
            model = ContentType
            fields = ("model", "permissions")

    kinds = ContentType.objects.filter(model="user").annotate(permissions=Count("permission"))
    assert read_rows(CountedSerializer, kinds) == [{"model": "user", "permissions": 4}]


def test_a_column_of_a_related_record_can_be_a_member() -> None:
    class FlatSerializer(RowSerializer):
        """A permission and its kind's name."""

        model = serializers.CharField(source="content_type.model")

        class Meta:
            model = Permission
            fields = ("codename", "model")

    assert read_rows(FlatSerializer, Permission.objects.filter(codename="add_user")) == [
        {"codename": "add_user", "model": "user"}
    ]
