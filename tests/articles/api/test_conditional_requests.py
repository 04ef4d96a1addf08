"""A list is fetched again only when something has changed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils.http import http_date
from rest_framework.test import APIClient

from actors.models import Actor
from articles.models import Statement
from articles.services.retraction import retract_statement
from newsdb.api.response import conditional
from newsdb.api.response.cache import ResponseCache
from newsdb.models import Change
from tests.clients import editor
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/api/v1/statements/"
RECORD = f"{LIST}{{0.uid}}/"


@contextmanager
def executed() -> Iterator[list[str]]:
    """The SQL that is executed in the block, prepared statements too, which Django does not log."""
    found: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield found


def test_an_unchanged_list_is_not_read_again() -> None:
    StatementFactory()
    client = APIClient()
    tag = client.get(LIST)["ETag"]
    with executed() as queries:
        answer = client.get(LIST, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert len(queries) == 1
    assert "newsdb_change" in queries[0]
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
    monkeypatch.setattr(conditional, "BUILD", "another")
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


class TestResponseCache:
    """Whoever asks the same again before anything changes gets the cached response."""

    @pytest.fixture(autouse=True)
    def cache(self, monkeypatch: pytest.MonkeyPatch) -> ResponseCache:
        cache = ResponseCache(100_000)
        monkeypatch.setattr(conditional, "response_cache", cache)
        return cache

    @pytest.mark.parametrize(
        "address",
        [
            *(LIST, f"{LIST}?limit=1", f"{LIST}?limit=1&format=jsonld", f"{LIST}?date_before=1990"),
            *("/api/v1/outlets/", f"{LIST}?count=on", f"{LIST}facets/?by=year", "/api/v1/dataset/"),
            *(RECORD, f"{RECORD}?fields=text", f"{RECORD}?format=jsonld"),
            *("/api/v1/actors/{0.speaker.slug}/", "/api/v1/articles/{0.article.uid}/"),
        ],
    )
    def test_an_answer_is_given_again_without_reading_a_row(self, address: str) -> None:
        address = address.format(StatementFactory.create_batch(2)[0])
        first = APIClient().get(address)
        with executed() as queries:
            second = APIClient().get(address)
        assert first.status_code == second.status_code == 200
        assert second.content == first.content
        different = {"X-Request-ID", "RateLimit"}
        assert {name: text for name, text in first.items() if name not in different} == {
            name: text for name, text in second.items() if name not in different
        }
        assert len(queries) == 1
        assert "newsdb_change" in queries[0]

    def test_whoever_writes_sees_it_at_once_beside_others_who_do(self) -> None:
        statements = StatementFactory.create_batch(4)

        def work(statement: Statement) -> None:
            client = APIClient()
            try:
                for number in range(15):
                    Statement.objects.filter(pk=statement.pk).update(audience=f"audience {number}")
                    rows: list[Any] = client.get(LIST).json()["results"]
                    (audience,) = (row["audience"] for row in rows if row["id"] == statement.pk)
                    assert audience == f"audience {number}"
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(work, statement) for statement in statements]:
                done.result()

    def test_nothing_is_cached_of_what_is_rolled_back(self) -> None:
        statement = StatementFactory(audience="before")
        with transaction.atomic():
            Statement.objects.filter(pk=statement.pk).update(audience="within")
            assert b"within" in APIClient().get(LIST).content
            transaction.set_rollback(True)
        assert b"before" in APIClient().get(LIST).content

    def test_nothing_cached_is_given_in_a_transaction(self) -> None:
        statement = StatementFactory(audience="before")
        assert b"before" in APIClient().get(LIST).content
        with transaction.atomic():
            Statement.objects.filter(pk=statement.pk).update(audience="within")
            assert b"within" in APIClient().get(LIST).content

    def test_what_an_editor_was_given_is_not_given_to_others(self) -> None:
        StatementFactory(status="proposed")
        address = f"{LIST}?status=proposed"
        assert len(editor().get(address).json()["results"]) == 1
        assert APIClient().get(address).status_code == 401

    def test_a_record_that_the_client_has_is_not_sent_again(self) -> None:
        address = RECORD.format(StatementFactory())
        tag = APIClient().get(address)["ETag"]
        with executed() as queries:
            again = APIClient().get(address, headers={"If-None-Match": tag})
            others = APIClient().get(address, headers={"If-None-Match": '"another"'})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        assert (others.status_code, others["ETag"]) == (200, tag)
        assert len(queries) == 2

    def test_a_cached_record_has_the_tag_that_writing_takes(self) -> None:
        address = RECORD.format(StatementFactory(cue="said"))
        ines = editor()
        assert ines.get(address)["ETag"] == ines.get(address)["ETag"]
        tag = ines.get(address)["ETag"]
        answer = ines.patch(
            address, {"cue": "wrote", "reason": "Misread."}, format="json", headers={"If-Match": tag}
        )
        assert answer.status_code == 200
        assert ines.get(address).json()["cue"] == APIClient().get(address).json()["cue"] == "wrote"

    def test_a_cached_record_is_gone_once_it_is_retracted(self) -> None:
        statement = StatementFactory()
        address = RECORD.format(statement)
        assert APIClient().get(address).status_code == 200
        retract_statement(statement=statement, reason="Misattributed.", by="ines")
        assert APIClient().get(address).status_code == 410

    def test_a_record_that_an_editor_was_given_is_not_given_to_others(self) -> None:
        address = RECORD.format(StatementFactory(status="proposed"))
        assert editor().get(address).status_code == 200
        assert APIClient().get(address).status_code == 404
        assert editor().get(address).status_code == 200

    def test_an_error_is_not_cached(self, cache: ResponseCache) -> None:
        assert APIClient().get(f"{LIST}?speaker=nobody").status_code == 400
        assert APIClient().get(f"{LIST}?cursor=none").status_code == 400
        assert not cache.size

    def test_the_latest_responses_are_cached_as_far_as_there_is_room(self, cache: ResponseCache) -> None:
        StatementFactory.create_batch(3)
        tags = []
        for limit in (1, 2, 3):
            answer = APIClient().get(f"{LIST}?limit={limit}")
            tags.append(answer["ETag"])
        version = Change.objects.version()
        assert [cache.get(tag, version) is not None for tag in tags] == [True, True, True]
        assert cache.size <= 100_000
        small = ResponseCache(len(answer.content) + 10)
        assert small.get(tags[0], version) is None
        small.set(tags[0], version, answer)
        small.set(tags[1], version, answer)
        assert (small.get(tags[0], version), small.size) == (None, len(answer.content))
        assert small.get(tags[1], version) is not None

    def test_what_is_of_another_version_is_dropped(self, cache: ResponseCache) -> None:
        statement = StatementFactory()
        answer = APIClient().get(LIST)
        version = Change.objects.version()
        assert cache.size
        Statement.objects.filter(pk=statement.pk).update(cue="added")
        APIClient().get(f"{LIST}?limit=1")
        cache.set("late", version, answer)
        assert cache.get(answer["ETag"], Change.objects.version()) is None
        assert cache.size < 2 * len(answer.content)

    def test_there_may_be_room_for_none(self) -> None:
        StatementFactory()
        answer = APIClient().get(LIST)
        none = ResponseCache(0)
        none.get(answer["ETag"], None)
        none.set(answer["ETag"], None, answer)
        assert none.get(answer["ETag"], None) is None
