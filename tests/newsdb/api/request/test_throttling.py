"""Quotas: counted in memory, told in headers, and nobody's business in development."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from newsdb.api.request.throttling import RequestCounter, counter
from tests.clients import client_with, make_editor, token_for
from tests.factories import OutletFactory

pytestmark = pytest.mark.django_db
PATH = "/api/v1/"


@pytest.fixture(autouse=True)
def quotas(settings: Settings) -> Any:
    settings.RATE_LIMITS = {"anonymous": 3, "reader": 5, "writer": 7}
    counter.reset()
    yield
    counter.reset()


def test_an_answer_says_what_is_left() -> None:
    client = APIClient()
    headers = [client.get(PATH).headers for _ in range(3)]
    assert [each["RateLimit"].split(";")[:2] for each in headers] == [
        ['"anonymous"', "r=2"],
        ['"anonymous"', "r=1"],
        ['"anonymous"', "r=0"],
    ]
    assert headers[0]["RateLimit-Policy"] == '"anonymous";q=3;w=60'
    assert 0 < int(headers[0]["RateLimit"].rpartition("t=")[2]) <= 60


def test_too_many_are_refused_for_a_while() -> None:
    client = APIClient()
    statuses = [client.get(PATH).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    answer = client.get(PATH)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Retry-After"] == answer.headers["RateLimit"].rpartition("t=")[2]
    assert answer.headers["RateLimit"].startswith('"anonymous";r=0;')
    wait = answer.headers["Retry-After"]
    unit = "second" if wait == "1" else "seconds"
    assert answer.json()["detail"] == f"The rate limit is reached. Try again in {wait} {unit}."


def test_each_scope_has_its_quota() -> None:
    for scope, quota, name in (("read", 5, "reader"), ("write", 7, "writer")):
        client = client_with(token_for(make_editor(), scope))
        answers = [client.get(PATH) for _ in range(quota + 1)]
        assert [answer.status_code for answer in answers] == [200] * quota + [429]
        assert answers[0].headers["RateLimit-Policy"] == f'"{name}";q={quota};w=60'


def test_refusals_and_wrong_tokens_count_too() -> None:
    wrong = {"Authorization": "Bearer wrong"}
    client = APIClient()
    statuses = [
        client.get(f"{PATH}?x=1").status_code,
        client.post(f"{PATH}outlets/", {}, format="json").status_code,
    ]
    statuses += [client.get(PATH, headers=wrong).status_code for _ in range(2)]
    assert statuses == [400, 401, 401, 429]


def test_clients_are_told_apart_by_address() -> None:
    def get(address: str, **headers: str) -> str:
        return APIClient().get(PATH, REMOTE_ADDR=address, headers=headers).headers["RateLimit"].split(";")[1]

    assert [get("192.0.2.1"), get("192.0.2.2"), get("192.0.2.1")] == ["r=2", "r=2", "r=1"]
    assert [get("2001:db8::1"), get("2001:db8::2"), get("2001:db8:0:1::1")] == ["r=2", "r=1", "r=2"]
    # What a client claims of itself does not count.
    forwarded = {"X-Forwarded-For": "198.51.100.7"}
    assert get("192.0.2.1", **forwarded) == "r=0"


def test_a_client_without_an_address_is_counted_too() -> None:
    answers = [APIClient().get(PATH, REMOTE_ADDR=None) for _ in range(2)]
    assert [answer.headers["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1"]


def test_a_proxy_of_ours_is_believed(settings: Settings) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    for claimed in ("198.51.100.7", "x, 198.51.100.7"):
        answer = APIClient().get(PATH, headers={"X-Forwarded-For": claimed})
    assert answer.headers["RateLimit"].startswith('"anonymous";r=1;')


def test_no_quota_no_headers(settings: Settings) -> None:
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, 0)
    answers = [APIClient().get(PATH) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0].headers


def test_counting_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert "RateLimit" in APIClient().get(PATH).headers


def test_a_304_says_what_is_left_too() -> None:
    path = f"/api/v1/outlets/{OutletFactory().slug}/"
    etag = APIClient().get(path).headers["ETag"]
    answer = APIClient().get(path, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["RateLimit"].startswith('"anonymous";r=1;')
    assert answer.headers["ETag"] == etag


def test_everything_is_forgotten_when_the_window_ends() -> None:
    now = 100.0
    counts = RequestCounter(clock=lambda: now)
    assert [counts.count("anonymous", "a", 3).left for _ in range(2)] == [2, 1]
    now += 59.5
    assert counts.count("anonymous", "a", 3).reset == 1
    now += 0.5
    status = counts.count("anonymous", "a", 3)
    assert (status.left, status.reset) == (2, 60)
    assert len(counts.counts) == 1


def test_a_window_is_not_longer_for_being_a_fraction() -> None:
    now = 28.886754753876254
    assert now + 60 - now > 60
    assert RequestCounter(clock=lambda: now).count("anonymous", "a", 3).reset == 60
