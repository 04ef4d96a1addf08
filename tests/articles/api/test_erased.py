"""What the API says of a record that was erased, and that its uid stays its own."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from articles.models import Article, Statement
from articles.services.retraction import retract_statement
from newsdb.ledger import attributed
from newsdb.models import Erasure
from newsdb.models.erasure import DigestKind, digest_of
from tests.clients import editor, write
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    ErasedDigestFactory,
    ErasureFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

API = "/api/v1"


def erased(record: Any) -> Erasure:
    """The record, gone as an erasure leaves it."""
    erasure = ErasureFactory(record_type=record.record.type, uid=record.uid, record_id=record.pk)
    with attributed(by="", erasing=True):
        type(record).objects.filter(pk=record.pk).delete()
    return erasure


def gone(erasure: Erasure) -> dict[str, Any]:
    return {
        "status": 410,
        "code": "erased",
        "detail": "Erased on 2026-11-28: a court's order.",
        "uid": str(erasure.uid),
        "record_type": erasure.record_type,
        "erased_on": "2026-11-28",
        "reason_code": "court",
    }


@pytest.mark.parametrize(
    ("factory", "path"), [(StatementFactory, "statements"), (ArticleFactory, "articles")]
)
def test_its_address_answers_410(client: Client, factory: Any, path: str) -> None:
    record = factory()
    erasure = erased(record)
    for address in (f"{API}/{path}/{record.pk}/", f"{API}/{path}/{record.uid}/"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert gone(erasure).items() <= answer.json().items()
    for answer in (
        write(editor(), "patch", f"{path}/{record.pk}/", {"reason": "A typo."}),
        write(editor(), "post", f"{path}/{record.pk}/retract/", {"reason": "Wrong."}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (410, "erased")
    assert client.get(f"{API}/{path}/{record.pk + 1}/").status_code == 404


def test_an_actor_is_known_by_its_former_addresses(client: Client) -> None:
    actor = ActorFactory(slug="ada-example")
    erasure = ErasureFactory(record_type="actor", uid=actor.uid)
    digest = digest_of(DigestKind.ADDRESS, "ada-old-example")
    ErasedDigestFactory(erasure=erasure, kind=DigestKind.ADDRESS, digest=digest)
    for address in ("ada-old-example", "Ada-Old-Example", actor.uid):
        answer = client.get(f"{API}/actors/{address}/")
        assert answer.status_code == 410
        assert gone(erasure).items() <= answer.json().items()
    assert client.get(f"{API}/actors/ada-other-example/").status_code == 404


@pytest.mark.parametrize("first", ["published", "retracted"])
def test_feed_and_history_say_erased(client: Client, first: str) -> None:
    statement = StatementFactory()
    if first == "retracted":
        retract_statement(statement=statement, reason="Misattributed.", by="ines")
    erasure = erased(statement)
    rows = client.get(f"{API}/changes/?record_type=statement").json()["results"]
    assert {row["uid"] for row in rows} == {str(statement.uid)}
    assert [row["version"] for row in rows] == list(range(1, len(rows) + 1))
    last = rows[-1]
    assert (last["action"], last["reason_code"], last["reason"]) == ("erased", "court", "")
    assert {row["reason_code"] for row in rows[:-1]} == {None}
    assert {row["record"] for row in rows} == {None}
    for address in (statement.pk, erasure.uid):
        history = client.get(f"{API}/statements/{address}/history/")
        assert history.status_code == 200
        (version,) = history.json()["results"]
        assert (version["version"], version["action"], version["reason_code"]) == (
            len(rows),
            "erased",
            "court",
        )
        assert version["changes"] == []


def test_what_was_never_public_is_not_said_to_be_erased(client: Client) -> None:
    erasure = erased(StatementFactory(status="proposed"))
    assert client.get(f"{API}/changes/?record_type=statement").json()["results"] == []
    assert client.get(f"{API}/statements/{erasure.uid}/history/").status_code == 410


def test_its_uid_is_refused(client: APIClient) -> None:
    article, statement = ArticleFactory(), StatementFactory()
    erased(article)
    erased(statement)
    outlet = statement.article.outlet
    made: list[tuple[str, dict[str, Any]]] = [
        ("articles/", {"uid": str(article.uid), "headline": "Ferry", "outlet": outlet.slug}),
        (
            "statements/",
            {
                "uid": str(statement.uid),
                "article": statement.article.uid,
                "kind": "direct",
                "words": ["We sail."],
                "speaker": statement.speaker.slug,
            },
        ),
    ]
    for path, body in made:
        answer = write(editor(), "post", path, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "erased"), answer.json()
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/uid"]
    assert not Article.objects.filter(uid=article.uid).exists()
    assert not Statement.objects.filter(uid=statement.uid).exists()
