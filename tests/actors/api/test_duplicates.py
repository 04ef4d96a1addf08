"""A merge that would publish words twice lists them, and retracts those that are chosen."""

from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from actors.models import Actor, ActorMerge
from articles.models import Capture, Statement
from newsdb.models.merging import undo_merge
from tests.clients import editor, write
from tests.factories import ActorFactory, AnchorFactory, CaptureFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ines() -> APIClient:
    return editor("ines")


@pytest.fixture
def pair() -> tuple[Actor, Actor]:
    return ActorFactory(name="Ada Quay", slug="ada"), ActorFactory(name="Adah Quay", slug="adah")


@pytest.fixture
def capture() -> Capture:
    return CaptureFactory(words="“We sail,” she said. “We sail,” she said.")


def said(by: Actor, capture: Capture, start: int = 1, **facts: Any) -> Statement:
    statement = StatementFactory(article=capture.article, speaker=by, text="We sail", **facts)
    AnchorFactory(statement=statement, capture=capture, start=start)
    return statement


def merge(client: APIClient, **members: Any) -> Any:
    return write(client, "post", "actors/adah/merge/", {"into": "ada", "reason": "One person.", **members})


def test_a_merge_lists_what_it_would_double(ines: APIClient, pair: Any, capture: Capture) -> None:
    stays, double = said(pair[0], capture), said(pair[1], capture)
    said(pair[1], capture, start=22)
    without = StatementFactory(speaker=pair[0], text="So it is."), None
    also = StatementFactory(speaker=pair[1], text="So it is", article=without[0].article)
    StatementFactory(speaker=pair[1], text="So it is")
    answer = merge(ines)
    assert answer.status_code == 409
    body = answer.json()
    assert {error["pointer"]: error["code"] for error in body["errors"]} == {"/retract": "duplicates"}
    assert [[each["uid"] for each in two] for two in body["duplicates"]] == [
        [str(stays.uid), str(double.uid)],
        [str(without[0].uid), str(also.uid)],
    ]
    assert body["duplicates"][0][0]["url"].endswith(f"/api/v1/statements/{stays.uid}/")
    assert body["duplicates"][0][0]["title"] == "Ada Quay: “We sail”"
    assert ActorMerge.objects.count() == 0
    for wrong in ([double.uid], [double.uid, stays.uid, also.uid]):
        assert merge(ines, retract=list(map(str, wrong))).status_code == 409
    assert Statement.objects.filter(status="retracted").count() == 0


def test_the_one_chosen_is_retracted_and_the_way_back_works(
    ines: APIClient, pair: Any, capture: Capture
) -> None:
    stays, double = said(pair[0], capture), said(pair[1], capture)
    assert merge(ines, retract=[str(stays.uid)]).status_code == 200
    for statement in (stays, double):
        statement.refresh_from_db()
    assert (stays.status, stays.retraction_reason) == ("retracted", "One person.")
    assert (double.status, double.speaker) == ("published", pair[0])
    undo_merge(merge=ActorMerge.objects.get(), reason="Two after all.", by="ines")
    double.refresh_from_db()
    assert (double.status, double.speaker) == ("published", pair[1])
    restored = write(
        ines, "post", f"statements/{stays.uid}/restore/", {"reason": "Hers."}, etag_of(ines, stays)
    )
    assert restored.status_code == 200


def etag_of(client: APIClient, statement: Statement) -> str:
    return client.get(f"/api/v1/statements/{statement.uid}/").headers["ETag"]


def test_nothing_else_is_retracted(ines: APIClient, pair: Any, capture: Capture) -> None:
    other = said(pair[1], capture)
    answer = merge(ines, retract=[str(other.uid)])
    assert answer.status_code == 409
    assert "can only retract duplicates that it would create" in answer.json()["detail"]
    other.refresh_from_db()
    assert (other.status, other.speaker) == ("published", pair[1])


def test_other_words_and_other_places_are_in_nobodys_way(
    ines: APIClient, pair: Any, capture: Capture
) -> None:
    ada, adah = pair
    stays = said(ada, capture)
    other = StatementFactory(article=capture.article, speaker=adah, text="We sail,” she")
    AnchorFactory(statement=other, capture=capture, start=1)
    said(adah, capture, start=22)
    later = CaptureFactory(article=capture.article, words=f"Updated. {capture.text}")
    elsewhere = StatementFactory(article=capture.article, speaker=adah, text="We sail")
    AnchorFactory(statement=elsewhere, capture=later, start=1)
    StatementFactory(article=capture.article, speaker=adah, text="We sail")  # nobody knows where it stands
    for speaker in pair:
        StatementFactory(article=capture.article, speaker=speaker, text="?!")
    assert merge(ines).status_code == 200
    assert set(ada.statements.values_list("status", flat=True)) == {"published"}
    assert stays in ada.statements.all()


def test_of_a_joint_statement_one_row_is_retracted(ines: APIClient, pair: Any, capture: Capture) -> None:
    double = said(pair[1], capture, joint_uid=uuid4())
    stays = said(pair[0], capture)
    third = said(ActorFactory(), capture, joint_uid=double.joint_uid)
    assert merge(ines, retract=[str(double.uid)]).status_code == 200
    statuses = dict(Statement.objects.values_list("pk", "status"))
    assert statuses == {double.pk: "retracted", stays.pk: "published", third.pk: "published"}


def test_what_is_not_public_is_in_nobodys_way(ines: APIClient, pair: Any, capture: Capture) -> None:
    said(pair[0], capture), said(pair[1], capture, status="proposed")
    assert merge(ines).status_code == 200
