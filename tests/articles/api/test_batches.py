"""POST statements/batch/: several statements at once, all of them or none."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from articles.models import Statement
from newsdb.models import Change
from tests.clients import client_with, editor, errors, make_editor, token_for, write
from tests.factories import ActorFactory, ArticleFactory, CaptureFactory

pytestmark = pytest.mark.django_db

TEXT = "The mayor said: “The ferry runs again,” and smiled. “It will stay,” she added. “It will stay.”"
PATH = "statements/batch/"


@pytest.fixture
def ines() -> APIClient:
    return editor("ines")


@pytest.fixture
def capture() -> Any:
    ActorFactory(slug="ada")
    return CaptureFactory(words=TEXT)


def said(capture: Any, words: str, **members: Any) -> dict[str, Any]:
    article = str(capture.article.uid)
    return {"article": article, "kind": "direct", "words": [words], "speaker": "ada", **members}


def test_all_are_created_in_their_order(ines: APIClient, capture: Any) -> None:
    uid = str(uuid.uuid4())
    rows = [
        said(capture, "The ferry runs again", uid=uid, reason="Read in print."),
        {"article": str(ArticleFactory().uid), "kind": "indirect", "words": ["that it runs"]},
    ]
    answer = write(ines, "post", PATH, {"statements": rows}, etag=None)
    assert answer.status_code == 201, answer.content
    first, second = answer.json()["results"]
    assert (first["uid"], first["text_match"], first["speaker"]["slug"]) == (uid, "matched", "ada")
    assert (second["text"], second["kind"], second["speaker"]) == ("that it runs", "indirect", None)
    assert first == ines.get(f"/api/v1/statements/{uid}/").json()
    connection.check_constraints()
    change = Change.objects.filter(uid=uid).get()
    assert (change.reason, change.actor) == ("Read in print.", "ines")


def test_a_joint_statement_has_all_its_rows(ines: APIClient, capture: Any) -> None:
    ActorFactory(slug="bea")
    joint = said(capture, "The ferry runs again", speakers=[{"slug": "ada"}, {"slug": "bea"}])
    del joint["speaker"]
    answer = write(ines, "post", PATH, {"statements": [joint, said(capture, "runs")]}, etag=None)
    assert [row["speaker"]["slug"] for row in answer.json()["results"]] == ["ada", "bea", "ada"]


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"words": ["The ferry sank"]}, "/statements/1/words/0", "not_in_the_text"),
        ({"words": ["It will stay"]}, "/statements/1/words/0", "ambiguous"),
        ({"words": ["“The ferry” runs"]}, "/statements/1/words/0", "quotation_marks"),
        ({"kind": "shouted"}, "/statements/1/kind", "invalid_choice"),
        ({"speaker": "nobody"}, "/statements/1/speaker", "unknown"),
        ({"speeker": "ada"}, "/statements/1/speeker", "unknown"),
        ({"said_on_source_url": "https://paper.example/1"}, "/statements/1", "invalid"),
    ],
)
def test_one_error_keeps_all_from_being_created(
    ines: APIClient, capture: Any, wrong: dict[str, Any], pointer: str, code: str
) -> None:
    rows = [said(capture, "The ferry runs again"), said(capture, "smiled") | wrong]
    found = errors(write(ines, "post", PATH, {"statements": rows}, etag=None))
    assert {pointer: code}.items() <= found.items(), found
    assert not Statement.objects.exists()


def test_a_repeated_request_is_refused_with_the_address_of_what_exists(ines: APIClient, capture: Any) -> None:
    uid = str(uuid.uuid4())
    body = {"statements": [said(capture, "smiled"), said(capture, "The ferry runs again", uid=uid)]}
    made = write(ines, "post", PATH, body, etag=None).json()["results"][1]
    again = write(ines, "post", PATH, body, etag=None)
    assert errors(again, 409) == {"/statements/1/uid": "taken"}
    assert again.json()["url"] == made["url"]
    assert Statement.objects.count() == 2
    body["statements"][0]["uid"] = body["statements"][1]["uid"] = str(uuid.uuid4())
    assert errors(write(ines, "post", PATH, body, etag=None)) == {"/statements/1/uid": "taken"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/statements"),
        ({"statements": []}, "/statements"),
        ({"statements": [{}] * 101}, "/statements"),
        ({"statements": {"0": {}}}, "/statements"),
        ({"statements": ["x"]}, "/statements/0"),
        ({"statements": [{}], "results": 1}, "/results"),
    ],
)
def test_what_is_no_batch_is_refused(ines: APIClient, body: Any, pointer: str) -> None:
    assert list(errors(write(ines, "post", PATH, body, etag=None))) == [pointer]


def test_queries_grow_only_with_what_is_written(ines: APIClient, capture: Any) -> None:
    def count(number: int) -> int:
        rows = [
            {"article": str(article.uid), "kind": "direct", "words": ["The ferry"], "speaker": "ada"}
            for article in ArticleFactory.create_batch(number)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert write(ines, "post", PATH, {"statements": rows}, etag=None).status_code == 201
        return len(queries)

    assert count(4) <= 2 * count(2)


def test_only_editors(capture: Any) -> None:
    body = {"statements": [said(capture, "smiled")]}
    reader = client_with(token_for(make_editor(), scope="read"))
    assert write(reader, "post", PATH, body, etag=None).status_code == 403
    assert write(APIClient(), "post", PATH, body, etag=None).status_code == 401
