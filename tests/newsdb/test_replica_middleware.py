"""The cookie by which a browser reads what it has written."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsdb.databases import health, routing
from newsdb.replica_middleware import ReplicaMiddleware


@pytest.fixture(autouse=True)
def replicas(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A replica that has version 40, and a primary that has version 42."""
    versions = {"default": 42, "replica1": 40}
    monkeypatch.setattr(routing, "replica_aliases", lambda: ["replica1"])
    for name in ("known_version", "read_version"):
        monkeypatch.setattr(health, name, versions.__getitem__)
    monkeypatch.setattr(health, "answers", lambda alias: True)
    monkeypatch.setattr(health, "wait_until_known", lambda seconds: None)
    yield
    routing.read_from("default")


def cookies_after(method: str, path: str, status: int = 200) -> Any:
    """The cookies that the response to a request sets."""
    request = RequestFactory().generic(method, path)
    return ReplicaMiddleware(lambda request: HttpResponse(status=status))(request).cookies  # type: ignore[attr-defined]


@pytest.mark.parametrize("secure", [True, False])
def test_a_write_sets_it_for_the_session_and_for_no_script(settings: Any, secure: bool) -> None:
    settings.SESSION_COOKIE_SECURE = secure
    cookie = cookies_after("POST", "/admin/actors/actor/add/", 302)["dataset_version"]
    assert cookie.value == "42"
    assert {name: value for name, value in cookie.items() if value} == {
        "path": "/", "httponly": True, "samesite": "Lax", **({"secure": True} if secure else {})
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/statements/", 200),
        ("GET", "/admin/", 200),
        ("POST", "/check/", 200),
        ("POST", "/admin/actors/actor/add/", 503),
        ("POST", "/api/v1/actors/", 201),  # a client of the API gets a header
    ],
)
def test_nothing_else_sets_it(method: str, path: str, status: int) -> None:
    assert not cookies_after(method, path, status)


@pytest.mark.parametrize(
    ("path", "cookie", "alias"),
    [
        ("/statements/", "", "replica1"),
        ("/statements/", "40", "replica1"),
        ("/statements/", "41", "default"),
        ("/statements/", "x", "replica1"),
        ("/api/v1/statements/", "41", "default"),
        ("/admin/", "", "default"),
    ],
)
def test_whoever_names_a_version_reads_from_who_has_it(path: str, cookie: str, alias: str) -> None:
    def view(request: Any) -> HttpResponse:
        return HttpResponse(routing.current_alias.get())

    request = RequestFactory().get(path)
    request.COOKIES["dataset_version"] = cookie
    response: Any = ReplicaMiddleware(view)(request)
    assert response.content.decode() == alias
