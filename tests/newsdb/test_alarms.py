"""What a stranger sends is nothing to wake anybody for: no line of it is a warning, let alone an error."""

import logging
from typing import Any
from unittest.mock import Mock

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.test import Client

from actors.api.views import ActorViewSet
from tests.clients import client_with, editor

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
FORM = {"username": "ines", "password": "wrong"}


def ask(path: str, method: str = "get", **facts: Any) -> Any:
    """What asks once, as a browser without a session does, with a token's checks in place."""
    return lambda: getattr(Client(enforce_csrf_checks=True), method)(path, **facts)


REQUESTS = [
    *(ask(path, headers={"Host": "evil.example"}) for path in ("/", "/api/v1/", LOGIN, "/nowhere")),
    *(
        ask("/api/v1/", headers={"Host": host})
        for host in ("", "a b", "x" * 300, "[::1", "news.example.org/x")
    ),
    *(
        ask(path)
        for path in ("/nowhere", "/%00", "/api/v1/statements/\x00/", "/admin/nowhere/", "/static/../x")
    ),
    *(
        ask(path, method)
        for path in ("/", LOGIN, "/api/v1/actors/")
        for method in ("post", "patch", "delete")
    ),
    ask(LOGIN, "post", data=FORM),
    ask(LOGIN, "post", data=FORM, headers={"Origin": "https://evil.example"}),
    ask(LOGIN, "post", data={f"a{n}": "" for n in range(1100)}),
    ask(LOGIN, "post", data="x" * (3 * 2**20), content_type="application/x-www-form-urlencoded"),
    ask(LOGIN, "post", data=b"--x", content_type="multipart/form-data; boundary=x"),
    ask(LOGIN, headers={"Cookie": "sessionid=nobody; csrftoken=\xff; messages=broken"}),
    ask("/api/v1/statements/?" + "a=1&" * 1500),
    ask("/api/v1/statements/?q=\x00&cursor=x&limit=1e9"),
    ask("/api/v1/statements/", headers={"Authorization": "Bearer nobody"}),
    ask("/api/v1/actors/", "post", data=b"{" * 100, content_type="application/json"),
]


@pytest.mark.parametrize("request_once", REQUESTS)
def test_a_stranger_wakes_nobody(request_once: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert request_once().status_code < 500
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_nor_does_whoever_guesses_at_passwords(caplog: pytest.LogCaptureFixture) -> None:
    User.objects.create_superuser("ines", password="right")
    answers = [Client().post(LOGIN, FORM) for _ in range(8)]
    assert answers[-1].status_code == 429
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_nor_a_curators_mistyped_list(admin_client: Client, caplog: pytest.LogCaptureFixture) -> None:
    assert admin_client.get("/admin/actors/actor/?name__nowhere=1&user__password=x").status_code in (302, 400)
    assert admin_client.get("/admin/actors/actor/?names__actor__merges__by=x").status_code in (302, 400)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_a_client_who_is_known_is_refused_as_quietly(caplog: pytest.LogCaptureFixture) -> None:
    assert editor().post("/api/v1/actors/", {"nonsense": 1}, format="json").status_code == 400
    assert client_with("newsdb_x").get("/api/v1/actors/").status_code == 401
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_what_fails_here_is_logged_with_its_cause(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ActorViewSet, "render_list", Mock(side_effect=DatabaseError("the cause")))
    client.raise_request_exception = False
    assert client.get("/api/v1/actors/").status_code == 500
    (failure,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert failure.exc_info
    assert "the cause" in caplog.text
