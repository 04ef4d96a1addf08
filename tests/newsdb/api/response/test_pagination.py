"""Paging: every row once, at any depth for the same price, by cursors that nobody can bend."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from rest_framework.test import APIClient

from newsdb.api.request import cursors
from newsdb.api.rows.keyset import key_columns, rows_after

pytestmark = [pytest.mark.urls("tests.newsdb.api.toy"), pytest.mark.django_db]

ENTRIES = "/api/v1/entries/"
ORDERING = ("-action_time", "-id")


def pages(api: APIClient, path: str) -> Iterator[list[dict[str, Any]]]:
    while path:
        page = api.get(path).json()
        yield page["results"]
        path = (page["next"] or "").removeprefix("http://127.0.0.1:8000")


def test_paging_gives_every_row_once_and_in_order(
    api: APIClient, make_entry: Callable[..., LogEntry]
) -> None:
    made = [make_entry(days=number // 4) for number in range(11)]  # several share a time
    newest_first = [entry.pk for entry in reversed(made)]
    for limit in (1, 2, 3, 10, 11, 100):
        listed = [[row["id"] for row in page] for page in pages(api, f"{ENTRIES}?limit={limit}")]
        assert [pk for page in listed for pk in page] == newest_first
        assert {len(page) for page in listed[:-1]} <= {limit}
        assert 0 < len(listed[-1]) <= limit


def test_an_ascending_order_by_text_works_too(api: APIClient) -> None:
    listed = [
        (row["app_label"], row["model"]) for page in pages(api, "/api/v1/kinds/?limit=2") for row in page
    ]
    assert len(listed) > 4
    assert listed == sorted(listed)
    assert len(set(listed)) == len(listed)


def test_an_empty_list_is_one_page(api: APIClient) -> None:
    response = api.get(ENTRIES)
    assert response.json() == {"next": None, "results": []}
    assert "Link" not in response.headers


def test_a_page_has_25_rows_unless_told_otherwise_and_100_at_most(
    api: APIClient, make_entry: Callable[..., LogEntry]
) -> None:
    LogEntry.objects.bulk_create(
        LogEntry(user=entry.user, action_flag=1) for entry in [make_entry()] for _ in range(100)
    )
    assert len(api.get(ENTRIES).json()["results"]) == 25
    assert len(api.get(ENTRIES + "?limit=100").json()["results"]) == 100
    assert api.get(ENTRIES + "?limit=101").status_code == 400


def test_next_is_on_the_public_url_and_keeps_the_filters(
    api: APIClient, make_entry: Callable[..., LogEntry], settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://news.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    make_entry(user="ann")
    make_entry(user="bob")
    query = "user=ann&user=bob&limit=1&format=json"
    response = api.get(f"{ENTRIES}?{query}", headers={"Host": "evil.example"})
    following = response.json()["next"]
    assert following.startswith(f"https://news.example.org{ENTRIES}?{query}&cursor=")
    assert response.headers["Link"] == f'<{following}>; rel="next"'
    assert api.get(following.removeprefix("https://news.example.org")).json()["next"] is None


def cursor_of(api: APIClient, path: str) -> str:
    return api.get(path).json()["next"].rpartition("cursor=")[2]


@pytest.mark.parametrize(
    "path",
    [
        f"{ENTRIES}?user=bob",
        f"{ENTRIES}?user=ann&user=bob",
        f"{ENTRIES}?user=ann&staff=false",
        f"{ENTRIES}?limit=1",
        "/api/v1/kinds/?limit=1",
        "/api/v1/elsewhere/?user=ann&limit=1",
    ],
)
def test_a_cursor_belongs_to_one_list(api: APIClient, make_entry: Callable[..., LogEntry], path: str) -> None:
    for user in ("ann", "ann", "bob", "bob"):
        make_entry(user=user)
    cursor = cursor_of(api, f"{ENTRIES}?limit=1&user=ann")
    response = api.get(f"{path}&cursor={cursor}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert (error["parameter"], error["code"]) == ("cursor", "other_list")


def test_a_cursor_does_not_mind_another_limit_or_order_of_parameters(
    api: APIClient, make_entry: Callable[..., LogEntry]
) -> None:
    for user in ("ann", "bob", "ann"):
        make_entry(user=user)
    cursor = cursor_of(api, f"{ENTRIES}?limit=1&user=ann&user=bob&staff=false")
    rest = api.get(f"{ENTRIES}?cursor={cursor}&staff=false&user=bob&user=ann&user=bob&limit=9")
    assert len(rest.json()["results"]) == 2


def signed(payload: Any, salt: str = "newsdb.api.cursor") -> str:
    return signing.Signer(salt=salt, sep=".").sign_object(payload)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        ".",
        "%00",
        "é",
        "WzFd",
        "WyJhIl0.",
        "9" * 1000,
        "x" * 1001,
        signed(["scope", ["2024-10-23", 1]], salt="another"),
        signed(["scope", ["2024-10-23", 1]])[:-1],
        "A" + signed(["scope", ["2024-10-23", 1]]),
    ],
    ids=range(11),
)
def test_a_cursor_that_is_not_ours_is_refused(api: APIClient, cursor: str) -> None:
    response = api.get(f"{ENTRIES}?cursor={cursor}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["parameter"] == "cursor"
    codes = {"too_long": len(cursor) > 1000, "null_characters_not_allowed": cursor == "%00"}
    assert error["code"] == next((code for code, applies in codes.items() if applies), "invalid")


def test_a_cursor_keeps_what_it_holds_exactly(make_entry: Callable[..., LogEntry]) -> None:
    entry = make_entry()
    uid = uuid.uuid4()
    values = [entry.action_time, entry.action_time.date(), uid, "é\u2028", 2**63 - 1, True]
    scope, kept = cursors.decode(cursors.encode("scope", values))
    assert scope == "scope"
    assert kept == [entry.action_time.isoformat(), "2024-10-23", str(uid), "é\u2028", 2**63 - 1, True]
    assert LogEntry._meta.get_field("action_time").to_python(kept[0]) == entry.action_time
    with pytest.raises(TypeError, match="never null"):
        cursors.encode("scope", [None])


def plan(queryset: QuerySet) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            for step in ("sort", "incremental_sort"):  # where an index can do without
                cursor.execute(f"SET LOCAL enable_{step} = off")
        prefix = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        sql, parameters = queryset.query.sql_with_params()
        cursor.execute(f"{prefix} {sql}", parameters)
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize(("direction", "sign"), [("", ">"), ("-", "<")])
def test_a_page_anywhere_is_one_walk_along_the_index(direction: str, sign: str) -> None:
    # (content_type, codename) is unique, hence indexed; what matters here is one column more.
    ordering = (f"{direction}content_type_id", f"{direction}codename", f"{direction}id")
    page = rows_after(Permission.objects.order_by(*ordering[:2]), ordering, [3, "c", 7]).values_list("pk")[:5]
    assert f") {sign} (3, c, 7)" in str(page.query)
    explained = plan(page)
    assert "Sort" not in explained
    assert "TEMP B-TREE" not in explained
    if connection.vendor == "sqlite":
        assert f"(content_type_id,codename){sign}(?,?)" in explained
    else:
        assert "Index Cond: (ROW(content_type_id, (codename)::text" in explained


def test_a_page_costs_as_many_queries_for_many_rows_as_for_few(
    api: APIClient, make_entry: Callable[..., LogEntry]
) -> None:
    make_entry()
    with CaptureQueriesContext(connection) as few:
        api.get(ENTRIES)
    for number in range(30):
        make_entry(number, user=f"user{number}")
    with CaptureQueriesContext(connection) as many:
        api.get(ENTRIES)
    assert len(few) == len(many) == 3  # the version, the entries, and their documents


@pytest.mark.parametrize(
    ("model", "ordering"),
    [
        (LogEntry, ("-action_time", "id")),
        (LogEntry, ("-id", "-action_time")),
        (LogEntry, ("-action_time",)),
        (LogEntry, ("-content_type", "-id")),
        (LogEntry, ("content_type__model", "id")),
        (User, ("last_login", "id")),
        (User, ("annotated",)),
    ],
)
def test_an_order_that_could_lose_rows_is_refused(model: Any, ordering: tuple[str, ...]) -> None:
    with pytest.raises(ImproperlyConfigured):
        key_columns(model, ordering)


def test_an_order_along_a_relation_works(make_entry: Callable[..., LogEntry]) -> None:
    make_entry(user="bob")
    first, second = make_entry(user="ann"), make_entry(user="ann")
    ordering = ("user__username", "id")
    entries = LogEntry.objects.order_by(*ordering)
    rest = rows_after(entries, ordering, ["ann", first.pk])
    assert [entry.user.username for entry in rest] == ["ann", "bob"]
    assert rest[0] == second
