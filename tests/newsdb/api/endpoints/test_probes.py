"""A probe is answered whatever a load balancer's request looks like, and tells only what is so."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from newsdb.api.endpoints import probes

BY_ADDRESS = {"Host": "10.1.2.3:8000", "Authorization": "Bearer newsdb_nobody", "Accept": "text/html"}


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """A process that has not looked at the migrations yet."""
    probes._check_migrations.cache_clear()
    yield
    probes._check_migrations.cache_clear()


def not_ready(client: Client) -> str:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    body: dict[str, Any] = answer.json()
    assert (body["status"], body["instance"]) == (503, "/readyz")
    assert body["request_id"] == answer.headers["X-Request-ID"]
    return str(body["detail"])


@pytest.mark.django_db
@pytest.mark.parametrize("path", probes.PROBES)
def test_all_is_well(client: Client, settings: Settings, path: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["news.example.org"]
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, 1)
    for _ in range(3):
        answer = client.get(path, headers=BY_ADDRESS)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
    assert client.head(path).content == b""


@pytest.mark.parametrize("path", probes.PROBES)
def test_a_probe_is_asked_and_not_told(client: Client, path: str) -> None:
    answer = client.post(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_to_live_needs_no_database(client: Client) -> None:
    assert client.get("/livez").status_code == 200  # any query would fail here


@pytest.mark.django_db
def test_migrations_are_looked_up_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/readyz")
    with django_assert_num_queries(1):
        client.get("/readyz")


@pytest.mark.django_db
def test_not_ready_before_every_migration(client: Client) -> None:
    recorder, loader = MigrationRecorder(connection), MigrationLoader(connection)
    (newest,) = loader.graph.leaf_nodes("articles")
    # A squashed migration is applied while all that it replaces are.
    steps = [newest, *loader.get_migration(*newest).replaces]
    for step in steps:
        recorder.record_unapplied(*step)
    assert not_ready(client) == "The database lacks migrations."
    for step in steps:
        recorder.record_applied(*step)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("looked", [False, True])
def test_not_ready_without_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, looked: bool
) -> None:
    if looked:
        client.get("/readyz")

    def refuse(*arguments: object) -> None:
        raise OperationalError("connection to db.internal refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert not_ready(client) == "The database does not answer."
    assert "db.internal" in caplog.text


@pytest.mark.django_db
def test_not_ready_once_it_is_to_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = SimpleNamespace(alive=True)
    monkeypatch.setattr(probes, "worker", worker)
    assert client.get("/readyz").status_code == 200
    worker.alive = False
    assert not_ready(client) == "This process is shutting down."
    assert client.get("/livez").status_code == 200
