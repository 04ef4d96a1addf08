"""Writers who wait leave threads to readers: no more than may be are in hand, and the next is told so."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.test import Client

from newsdb.api.request.concurrency import ConcurrencyLimit, check_limit, write_limit


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(write_limit, "threads", 2)
    monkeypatch.setattr(write_limit, "last_thread_timeout", 0)
    assert write_limit.acquire()
    yield
    write_limit.release()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/actors/", "/admin/login/", "/nowhere"])
@pytest.mark.usefixtures("one_at_a_time")
def test_another_writer_is_turned_away_in_words(client: Client, path: str) -> None:
    answer = client.post(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert b"Other writes are in progress; nothing was changed. Try again." in answer.content
    assert (answer.headers["Content-Type"] == "application/problem+json") == path.startswith("/api/")
    assert answer.headers["X-Request-ID"]


@pytest.mark.django_db
@pytest.mark.usefixtures("one_at_a_time")
def test_readers_come_in(client: Client) -> None:
    for ask in (client.get, client.head, client.options):
        assert ask("/api/v1/actors/").status_code == 200
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("one_at_a_time")
def test_checks_have_a_limit_of_their_own(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """They do not wait for writers. But they may take long, and no more than may be are in hand either."""
    path, body = "/api/v1/checks/", {"quotations": [{"words": "We will not close the old pier"}]}
    assert client.post(path, body, content_type="application/json").status_code == 200
    monkeypatch.setattr(check_limit, "threads", 2)
    monkeypatch.setattr(check_limit, "last_thread_timeout", 0)
    assert check_limit.acquire()
    answer = client.post(path, body, content_type="application/json")
    check_limit.release()
    assert answer.status_code == 503
    assert b"Other checks are in progress. Try again." in answer.content


@pytest.mark.django_db
def test_whoever_is_done_makes_room(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_limit, "threads", 2)
    monkeypatch.setattr(write_limit, "last_thread_timeout", 0)
    client.raise_request_exception = False
    monkeypatch.setattr("actors.api.views.ActorViewSet.create", None)  # calling it fails
    for _ in range(3):
        assert client.post("/api/v1/actors/").status_code in (401, 500)


def test_without_a_limit_all_come_in() -> None:
    many = ConcurrencyLimit(timeout=0, last_thread_timeout=0)
    assert [many.acquire() for _ in range(100)] == [True] * 100


def test_while_it_goes_on_one_waits_for_ones_turn() -> None:
    """As long as one after the other is done there is no reason to turn anybody away."""
    few = ConcurrencyLimit(timeout=60, last_thread_timeout=60)
    few.threads = 2
    entered: list[bool] = []

    def write() -> None:
        entered.append(few.acquire())
        few.release()

    assert few.acquire()
    threads = [threading.Thread(target=write) for _ in range(20)]
    for thread in threads:
        thread.start()
    assert entered == []
    few.release()
    for thread in threads:
        thread.join(60)
    assert entered == [True] * 20


def test_once_it_has_come_to_a_stop_nobody_waits() -> None:
    few = ConcurrencyLimit(timeout=0.01, last_thread_timeout=0.01)
    few.threads = 2
    assert few.acquire()
    assert [few.acquire() for _ in range(3)] == [False] * 3


def test_the_last_thread_is_not_waited_in() -> None:
    """Of four threads two write; a third may wait for them, and the fourth is left to readers."""
    few = ConcurrencyLimit(timeout=60, last_thread_timeout=0)
    few.threads = 4
    assert [few.acquire(), few.acquire()] == [True, True]
    patient = threading.Thread(target=few.acquire)
    patient.start()
    while not few._waiting:
        time.sleep(0.01)
    entered: list[bool] = []
    last = threading.Thread(target=lambda: entered.append(few.acquire()))
    last.start()
    last.join(20)
    assert entered == [False]
    few.release()
    patient.join(20)
    last.join(60)
    assert not patient.is_alive()
    few.release()
    assert few.acquire()
