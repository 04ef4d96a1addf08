"""A list is fetched again only when something has changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date
from rest_framework.test import APIClient

from actors.models import Actor
from newsdb.api import freshness
from newsdb.models import Change
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/api/v1/statements/"


def test_an_unchanged_list_is_not_read_again() -> None:
    StatementFactory()
    client = APIClient()
    tag = client.get(LIST)["ETag"]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(LIST, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert len(queries) == 1
    assert "newsdb_change" in queries[0]["sql"]
    assert not tag.startswith("W/")


def test_any_change_makes_a_list_anew() -> None:
    statement = StatementFactory()
    client = APIClient()
    tag = client.get(LIST)["ETag"]
    Actor.objects.filter(pk=statement.speaker_id).update(name="Renamed")
    answer = client.get(LIST, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer["ETag"] != tag
    assert answer.json()["results"][0]["speaker"]["name"] == "Renamed"


def test_another_question_has_another_tag() -> None:
    StatementFactory()
    client = APIClient()
    tags = [client.get(f"{LIST}{query}")["ETag"] for query in ("", "?limit=1", "?limit=2", "?kind=direct")]
    tags.append(client.get("/api/v1/articles/")["ETag"])
    assert len(set(tags)) == 5
    same = {client.get(f"{LIST}?{query}")["ETag"] for query in ("kind=direct&limit=2", "limit=2&kind=direct")}
    assert len(same) == 1


def test_another_build_has_another_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    client = APIClient()
    tag = client.get(LIST)["ETag"]
    monkeypatch.setattr(freshness, "BUILD", "another")
    assert client.get(LIST)["ETag"] != tag


def test_a_bad_request_stays_one_whatever_the_client_has() -> None:
    client = APIClient()
    assert client.get(f"{LIST}?speeker=x", headers={"If-None-Match": "*"}).status_code == 400


def test_last_modified_tells_but_does_not_decide() -> None:
    StatementFactory()
    client = APIClient()
    _, at = Change.objects.version()
    assert at is not None
    modified = client.get(LIST)["Last-Modified"]
    assert modified == http_date(at.timestamp())
    assert client.get(LIST, headers={"If-Modified-Since": modified}).status_code == 200
