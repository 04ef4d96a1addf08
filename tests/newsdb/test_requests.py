"""What every request passes first: its id, and the line in the log when it is answered."""

import logging
import re
from time import perf_counter
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from articles.models import Statement
from tests.clients import client_with, editor, make_editor, token_for
from tests.factories import StatementFactory

MADE = re.compile(r"[0-9a-f]{32}")
LIST = "/api/v1/statements/"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """What the access log tells of each request."""
    return [
        {"level": record.levelname, **record.__dict__["fields"]}
        for record in caplog.records
        if record.name == "newsdb.access"
    ]


@pytest.fixture(autouse=True)
def listening(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "newsdb.access")


@pytest.mark.parametrize("path", ["/api/", "/nowhere", "/livez", "/static/admin/css/base.css"])
def test_every_answer_has_an_id_of_its_own(client: Client, path: str) -> None:
    first, second = (client.get(path).headers["X-Request-ID"] for _ in range(2))
    assert MADE.fullmatch(first)
    assert MADE.fullmatch(second)
    assert first != second


@pytest.mark.parametrize("given", ["a", "7f9c-4e.B_1", "x" * 64])
def test_an_id_that_was_given_is_kept(client: Client, given: str) -> None:
    assert client.get("/api/", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", 'a"b', "a\nb", "a,b", "é", "${jndi:x}"])
def test_an_id_that_could_do_harm_is_not(client: Client, given: str) -> None:
    answer = client.get("/api/", headers={"X-Request-ID": given})
    assert MADE.fullmatch(answer.headers["X-Request-ID"])


@pytest.mark.django_db
def test_a_request_is_logged_without_what_was_looked_for(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"{LIST}?q=secret&outlet=a-source&limit=1&Not-A-Name=x&fields"
    client.get(address, REMOTE_ADDR="192.0.2.7")
    (line,) = lines(caplog)
    assert line.pop("ms") > 0
    assert line.pop("bytes") > 100
    assert line == {
        "level": "INFO",
        "method": "GET",
        "path": LIST,
        "status": 400,
        "parameters": ["q", "outlet", "limit", "fields"],
    }
    assert all(word not in caplog.text for word in ("secret", "a-source", "192.0.2.7"))


@pytest.mark.django_db
def test_a_token_is_known_by_its_number_alone(caplog: pytest.LogCaptureFixture) -> None:
    user = make_editor()
    secret = token_for(user)
    client_with(secret).get(LIST)
    (line,) = lines(caplog)
    assert line["token"] == user.tokens.get().pk
    assert secret.removeprefix("newsdb_") not in caplog.text


@pytest.mark.django_db
def test_whoever_is_logged_in_is_known_by_number(
    admin_client: Client, admin_user: Any, caplog: pytest.LogCaptureFixture
) -> None:
    admin_client.get("/admin/")
    (line,) = lines(caplog)
    assert line["user"] == admin_user.pk


@pytest.mark.django_db
def test_a_stream_is_logged_at_its_end_with_all_its_bytes(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    StatementFactory.create_batch(3)
    answer: Any = client.get(f"{LIST}export/")
    assert lines(caplog) == []
    body = b"".join(answer.streaming_content)
    (line,) = lines(caplog)
    assert (line["status"], line["bytes"]) == (200, len(body))


@pytest.mark.django_db
def test_a_stream_whose_reader_went_away_is_logged_too(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    StatementFactory.create_batch(3)
    answer: Any = client.get(f"{LIST}export/")
    size = len(next(iter(answer.streaming_content)))
    answer.close()
    (line,) = lines(caplog)
    assert line["bytes"] == size


def test_a_file_is_logged_by_its_length(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    answer: Any = client.get("/static/admin/css/base.css")
    (line,) = lines(caplog)
    assert line["bytes"] == len(b"".join(answer.streaming_content))


@pytest.mark.django_db
def test_a_reader_who_takes_long_over_an_export_warns_nobody(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    StatementFactory.create_batch(3)
    answer: Any = client.get(f"{LIST}export/")
    now = perf_counter()
    monkeypatch.setattr("newsdb.middleware.perf_counter", lambda: now + 60)
    for _ in answer.streaming_content:
        pass
    (line,) = lines(caplog)
    assert line["level"] == "INFO"
    assert line["ms"] > 50_000


def test_probes_are_not_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/livez")
    assert lines(caplog) == []


@pytest.mark.django_db
def test_a_failure_is_found_by_the_id_in_its_problem(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("articles.api.views.StatementViewSet.list", fail)
    client = APIClient(raise_request_exception=False)
    answer = client.get(LIST, headers={"X-Request-ID": "find-me"})
    assert answer.status_code == 500
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"] == "find-me"
    (line,) = lines(caplog)
    assert (line["level"], line["status"]) == ("WARNING", 500)
    (told,) = (record for record in caplog.records if record.name == "django.request")
    assert told.exc_info
    assert "request_id" not in client.get("/api/v1/nowhere/").json()


class LostError(Exception):
    sqlstate = "57P01"


def lose(*arguments: object, **facts: object) -> None:
    raise OperationalError("the server went away") from LostError()


@pytest.mark.django_db
@pytest.mark.parametrize("path", [LIST, "/"])
def test_a_database_that_is_away_is_a_503(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, path: str
) -> None:
    monkeypatch.setattr("articles.api.views.StatementViewSet.list", lose)
    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", lose)
    answer = APIClient(raise_request_exception=False).get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert b"is unavailable" in answer.content
    assert (answer.headers["Content-Type"] == "application/problem+json") == path.startswith("/api/")


@pytest.mark.django_db
def test_a_writer_is_not_told_that_nothing_was_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = StatementFactory()
    client = editor()
    etag = client.get(f"{LIST}{statement.uid}/").headers["ETag"]
    monkeypatch.setattr(Statement, "clean", lose)
    answer = client.patch(
        f"{LIST}{statement.uid}/", {"cue": "added"}, format="json", headers={"If-Match": etag}
    )
    assert answer.status_code == 503
    assert answer.json()["detail"] == "The database is unavailable. Try again."
