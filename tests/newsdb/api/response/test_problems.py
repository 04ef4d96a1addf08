"""Whatever goes wrong under /api/ is a problem, RFC 9457, and outside it is Django's business."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.urls import get_resolver
from pytest_django import Settings
from rest_framework.test import APIClient

from newsdb.api.exceptions import ParameterError
from newsdb.api.response import problems

pytestmark = [pytest.mark.urls("tests.newsdb.api.toy"), pytest.mark.django_db]


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert (body["type"], body["status"]) == ("about:blank", status)
    return body


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/api/v1/nowhere/", 404, "Not Found"),
        ("/api/", 404, "Not Found"),
        ("/api/v2/entries/", 404, "Not Found"),
        ("/api/v1/entries/1/", 404, "Not Found"),
        ("/api/v1/entries/%00/", 404, "Not Found"),
        ("/api/v1/%ff%fe/", 404, "Not Found"),
        ("/api/v1/entries/?x=1", 400, "Bad Request"),
        ("/api/v1/entries/?format=xml", 406, "Not Acceptable"),
        ("/api/v1/errors/?raise=conflict", 409, "Conflict"),
        ("/api/v1/errors/?raise=denied", 403, "Forbidden"),
        ("/api/v1/errors/?raise=throttled", 429, "Too Many Requests"),
        ("/api/v1/errors/?raise=suspicious", 400, "Bad Request"),
    ],
)
@pytest.mark.parametrize("debug", [True, False])
def test_every_error_has_one_shape(
    api: APIClient, settings: Settings, path: str, status: int, title: str, debug: bool
) -> None:
    settings.DEBUG = debug
    assert problem(api.get(path), status)["title"] == title


def test_instance_is_the_path_asked_for(api: APIClient) -> None:
    assert problem(api.get("/api/v1/é b/?x=1"), 404)["instance"] == "/api/v1/%C3%A9%20b/"
    assert problem(api.get("/api/v1/entries/?x=1"), 400)["instance"] == "/api/v1/entries/"


def test_a_problem_may_have_members_of_its_own(api: APIClient) -> None:
    assert problem(api.get("/api/v1/errors/?raise=conflict"), 409)["url"] == "/elsewhere/"


def test_what_is_suspicious_does_not_say_why(api: APIClient) -> None:
    assert "secret" not in problem(api.get("/api/v1/errors/?raise=suspicious"), 400)["detail"]


def test_throttling_says_when_to_come_back(api: APIClient) -> None:
    assert api.get("/api/v1/errors/?raise=throttled").headers["Retry-After"] == "7"


def test_errors_in_a_body_are_json_pointers(api: APIClient) -> None:
    assert problem(api.get("/api/v1/errors/?raise=body"), 400)["errors"] == [
        {"pointer": "/speaker", "code": "invalid", "detail": "Unknown."},
        {"pointer": "/anchors/1/a~1b", "code": "invalid", "detail": "Too long."},
    ]


def test_a_method_that_is_not_allowed_says_which_are(api: APIClient) -> None:
    for method in ("post", "put", "patch", "delete"):
        response = getattr(api, method)("/api/v1/entries/", b"{", content_type="application/json")
        assert problem(response, 405)["title"] == "Method Not Allowed"
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    problem(api.generic("BREW", "/api/v1/entries/"), 405)


@pytest.mark.parametrize("accept", ["text/csv", "application/xml", "image/*;q=1", "application/problem+json"])
def test_a_problem_is_json_whatever_was_asked_for(api: APIClient, accept: str) -> None:
    problem(api.get("/api/v1/entries/", headers={"Accept": accept}), 406)
    problem(api.get("/api/v1/nowhere/", headers={"Accept": accept}), 404)
    assert "application/json (?format=json)" in api.get("/api/v1/entries/?format=x").json()["detail"]


def test_a_page_for_people_that_fails_is_a_problem_too(api: APIClient) -> None:
    problem(api.get("/api/v1/docs/?x=1"), 400)


def test_a_bug_is_a_500_without_particulars(settings: Settings) -> None:
    settings.DEBUG = False
    response = APIClient(raise_request_exception=False).get("/api/v1/errors/?raise=bug")
    assert problem(response, 500)["detail"] == "The server failed. It is not your fault; please tell us."


def test_an_unknown_host_is_a_problem(api: APIClient, settings: Settings) -> None:
    settings.DEBUG = False
    problem(api.get("/api/v1/entries", headers={"Host": "evil.example"}), 400)


@pytest.mark.parametrize(
    ("path", "media_type"), [("/api/x", "application/problem+json"), ("/x", "text/html; charset=utf-8")]
)
def test_djangos_own_errors_are_problems_under_api_only(
    rf: RequestFactory, path: str, media_type: str
) -> None:
    request: HttpRequest = rf.get(path)
    responses = [
        problems.bad_request(request, SuspiciousOperation()),
        problems.permission_denied(request, PermissionDenied()),
        problems.page_not_found(request, Http404()),
        problems.page_not_found(request),
        problems.server_error(request),
    ]
    assert [response.status_code for response in responses] == [400, 403, 404, 404, 500]
    assert {response.headers["Content-Type"] for response in responses} == {media_type}


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_the_project_has_them_all(status: int) -> None:
    assert get_resolver("newsdb.urls").resolve_error_handler(status).__module__ == problems.__name__


def test_several_parameters_errors_are_one_problem() -> None:
    joined = ParameterError.join(
        [ParameterError("a", "x", "a is x.", allowed=("y",)), ParameterError("b", "z", "b is z.")]
    )
    assert str(joined.detail) == "a is x. b is z."
    assert joined.errors == [
        {"parameter": "a", "code": "x", "detail": "a is x.", "allowed": ["y"]},
        {"parameter": "b", "code": "z", "detail": "b is z."},
    ]
    assert isinstance(joined, ParameterError)
    assert joined.status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "a b", "[::", "x" * 300])
@pytest.mark.parametrize("debug", [True, False])
def test_a_host_that_is_not_served(settings: Settings, host: str, debug: bool) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = debug, ["testserver"]
    for path in ("/api/v1/statements/", "/api/v1/nothing/", "/api/v1/docs/"):
        answer = APIClient(headers={"host": host}).get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
        assert "ALLOWED_HOSTS" in answer.json()["detail"]
