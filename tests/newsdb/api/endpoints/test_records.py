"""Lists and details: what they find, what they answer otherwise, and how they describe themselves."""

import gc
from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from rest_framework.response import Response
from rest_framework.test import APIClient

from newsdb.api.endpoints.base import StrictView

pytestmark = [pytest.mark.urls("tests.newsdb.api.toy"), pytest.mark.django_db]


def test_the_root_lists_what_there_is(api: APIClient) -> None:
    base = "http://127.0.0.1:8000/api/v1/"
    assert api.get("/api/v1/").json() == {
        "entries": f"{base}entries/",
        "kinds": f"{base}kinds/",
        "schema": f"{base}schema/",
        "docs": f"{base}docs/",
    }


def test_a_detail_is_the_row_of_the_list(api: APIClient, make_entry: Callable[..., LogEntry]) -> None:
    entry = make_entry()
    (row,) = api.get("/api/v1/entries/").json()["results"]
    assert api.get(f"/api/v1/entries/{entry.pk}/").json() == row


def test_a_detail_may_show_more_than_the_list(api: APIClient) -> None:
    listed = api.get("/api/v1/kinds/?limit=1").json()["results"][0]
    detail = api.get(f"/api/v1/kinds/{listed['model']}/").json()
    assert set(detail) - set(listed) == {"permission_set", "codenames"}


@pytest.mark.parametrize(
    ("path", "status"),
    [("entries/", 200), ("entries/?limit=1", 200), ("kinds/logentry/", 200), ("entries/0/", 404)],
)
def test_no_answer_is_left_to_the_collector(
    make_entry: Callable[..., LogEntry], path: str, status: int
) -> None:
    """Neither itself nor by its view: serializers and their fields are tied, but not to what was answered."""

    def holders() -> list[object]:
        found = (each for each in gc.get_objects() if issubclass(type(each), Response | StrictView))
        return [each for each in found if vars(each)]

    make_entry()
    request = RequestFactory().get(f"/api/v1/{path}")
    handler = WSGIHandler()
    gc.collect()
    gc.disable()
    try:
        before = holders()  # other tests' own
        assert handler.get_response(request).status_code == status
        assert not [each for each in holders() if each not in before]
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "written",
    [
        "0",
        "-1",
        "01",
        "abc",
        "1.0",
        "1e3",
        "1_000",
        "١",
        "²",
        "%00",
        "9223372036854775807",
        "9223372036854775808",
        "9999999999999999999",
        "9" * 5000,
        "1%0A",
        "None",
    ],
)
def test_an_id_that_is_nobodys_is_not_found(
    api: APIClient, make_entry: Callable[..., LogEntry], written: str
) -> None:
    make_entry(id=1)  # that there is a 1 must not help what only resembles it
    make_entry(id=2)
    response = api.get(f"/api/v1/entries/{written}/")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].startswith("There is no log entry")
    assert len(response.json()["detail"]) < 200


@pytest.mark.parametrize("written", ["nobody", "%00", "x" * 2000, "LogEntry", "logentry%20", "é"])
def test_a_slug_that_is_nobodys_is_not_found(api: APIClient, written: str) -> None:
    assert api.get(f"/api/v1/kinds/{written}/").status_code == 404


def test_a_view_may_say_why_a_record_is_missing(api: APIClient) -> None:
    response = api.get("/api/v1/kinds/retracted/")
    assert response.status_code == 410
    assert response.json()["reason"] == "No longer true."


def test_head_answers_like_get_without_a_body(api: APIClient, make_entry: Callable[..., LogEntry]) -> None:
    make_entry()
    make_entry()
    same = {"X-Request-ID": "the-same"}
    for path in ("/api/v1/", "/api/v1/entries/?limit=1", "/api/v1/kinds/user/", "/api/v1/schema/"):
        get, head = api.get(path, headers=same), api.head(path, headers=same)
        assert head.status_code == 200
        assert head.content == b""
        assert head.headers == get.headers
    assert api.head("/api/v1/entries/?x=1").status_code == 400


def test_options_describes_formats_and_parameters(api: APIClient) -> None:
    body = api.options("/api/v1/entries/").json()
    assert body["methods"] == ["GET", "HEAD", "OPTIONS"]
    assert body["formats"] == ["application/json"]
    parameters = {parameter["name"]: parameter for parameter in body["parameters"]}
    assert list(parameters) == [
        *("user", "action", "staff", "kind", "words"),
        *("limit", "cursor", "format", "fields", "omit", "count"),
    ]
    assert parameters["user"]["repeatable"]
    assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 100}
    assert "25" in parameters["limit"]["description"]
    detail = api.options("/api/v1/kinds/user/").json()["parameters"]
    assert [each["name"] for each in detail] == ["format", "fields", "omit"]


def test_a_missing_slash_leads_to_the_right_address(api: APIClient) -> None:
    response = api.get("/api/v1/entries?limit=1")
    assert (response.status_code, response.headers["Location"]) == (301, "/api/v1/entries/?limit=1")
    assert api.get("/api/v1/nowhere", follow=True).status_code == 404


def test_a_suffix_is_no_format(api: APIClient) -> None:
    assert api.get("/api/v1/entries.json", follow=True).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/entries/", "/api/v1/entries/?x=1", "/api/v1/nowhere/"])
def test_browsers_may_not_guess_the_type(api: APIClient, path: str) -> None:
    assert api.get(path).headers["X-Content-Type-Options"] == "nosniff"


def test_json_is_json_without_a_charset(api: APIClient) -> None:
    assert api.get("/api/v1/entries/").headers["Content-Type"] == "application/json"
    accept = "text/plain,*/*;q=0.8"
    assert (
        api.get("/api/v1/entries/", headers={"Accept": accept}).headers["Content-Type"] == "application/json"
    )
