"""Many clients create one record at the same moment: one does, and the others learn its address."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connections
from rest_framework.test import APIClient

from articles.models import Article, Capture, Outlet
from tests.clients import client_with, make_editor, token_for
from tests.factories import ActorFactory, ArticleFactory, CaptureFactory

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 16
#: Of the long form, and of the short one: of all that races, statements do longest; others by the same code.
ROUNDS, FEWER_ROUNDS = 20, 2


def an_actor(number: int) -> dict[str, Any]:
    return {"uid": str(uuid4()), "slug": f"racer-{uuid4().hex}", "name": f"Racer {number}"}


def an_outlet(number: int) -> dict[str, Any]:
    return {"uid": str(uuid4()), "slug": f"gazette-{uuid4().hex}", "name": f"Gazette {number}"}


def an_article(number: int) -> dict[str, Any]:
    return {"uid": str(uuid4()), "outlet": Outlet.objects.get().slug, "headline": f"Ferry {number}"}


def a_statement(number: int) -> dict[str, Any]:
    article = str(Article.objects.get().uid)
    words = f"Words {uuid4().hex}"  # else whoever created the same ones in an earlier round is in the way
    return {"uid": str(uuid4()), "article": article, "kind": "direct", "words": [words]}


def a_statement_of_an_anchor(number: int) -> dict[str, Any]:
    capture = Capture.objects.get()
    article = str(capture.article.uid)
    body = {"uid": str(uuid4()), "article": article, "kind": "direct", "capture": capture.sha256}
    return body | {"speaker": "ada"}


def an_anchor(turn: int) -> dict[str, Any]:
    start = TEXT.index(f"Ferry {turn}.")
    return {"exact": f"Ferry {turn}", "start": start, "end": start + len(f"Ferry {turn}")}


def a_joint_statement(number: int) -> dict[str, Any]:
    body = a_statement(number)
    del body["uid"]
    return body


#: What is created, and the member that only one of them may have.
RACES: dict[str, tuple[str, Callable[[int], dict[str, Any]], Callable[[int], dict[str, Any]]]] = {
    "actor uid": ("actors", an_actor, lambda turn: {"uid": str(uuid4())}),
    "actor slug": ("actors", an_actor, lambda turn: {"slug": f"ada-{turn}"}),
    "actor wikidata_id": ("actors", an_actor, lambda turn: {"wikidata_id": f"Q{turn + 1}"}),
    "outlet uid": ("outlets", an_outlet, lambda turn: {"uid": str(uuid4())}),
    "outlet slug": ("outlets", an_outlet, lambda turn: {"slug": f"courier-{turn}"}),
    "outlet wikidata_id": ("outlets", an_outlet, lambda turn: {"wikidata_id": f"Q{turn + 1}"}),
    "outlet domain": ("outlets", an_outlet, lambda turn: {"domains": [f"paper-{turn}.example"]}),
    "article uid": ("articles", an_article, lambda turn: {"uid": str(uuid4())}),
    "article source_url": ("articles", an_article, lambda turn: {"source_url": f"https://g.example/{turn}"}),
    "statement uid": ("statements", a_statement, lambda turn: {"uid": str(uuid4())}),
    "statement place": ("statements", a_statement_of_an_anchor, lambda turn: {"anchors": [an_anchor(turn)]}),
    "joint statement uid": (
        "statements",
        a_joint_statement,
        lambda turn: {"speakers": [{"slug": "ada", "uid": str(uuid4())}, {"slug": "bea"}]},
    ),
}
#: Words that stand in one place each.
TEXT = " ".join(f"Ferry {turn}." for turn in range(ROUNDS))


def post(client: Any, address: str, body: dict[str, Any]) -> Any:
    """The answer; who is told to try again because others are writing does so, as often as ten times."""
    for _ in range(10):
        answer = client.post(address, body, format="json")
        if answer.status_code != 503:
            break
        sleep(int(answer.headers["Retry-After"]))
    return answer


@pytest.mark.torture(times=1)
@pytest.mark.parametrize("race", RACES)
def test_one_creates_it_and_the_others_learn_its_address(race: str, pytestconfig: pytest.Config) -> None:
    CaptureFactory(words=TEXT) if race == "statement place" else ArticleFactory()
    for slug in ("ada", "bea"):
        ActorFactory(slug=slug)
    resource, body, shared = RACES[race]
    secret, start = token_for(make_editor()), Barrier(CLIENTS, timeout=60)
    many = pytestconfig.getoption("torture")
    members = [shared(turn) for turn in range(ROUNDS if many else FEWER_ROUNDS)]

    def create(number: int) -> list[Any]:
        client = client_with(secret)
        try:
            answers = []
            for member in members:
                one = body(number) | member
                start.wait()
                answers.append(post(client, f"/api/v1/{resource}/", one))
            return answers
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        rounds = list(zip(*pool.map(create, range(CLIENTS)), strict=True))
    for answers in rounds:
        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: CLIENTS - 1}, [
            answer.content for answer in answers if answer.status_code not in (201, 409)
        ][:1]
        made = next(answer for answer in answers if answer.status_code == 201)
        # Of a joint statement there are several, each with its address; the first has the uid.
        url = made.headers.get("Location") or made.json()["results"][0]["url"]
        taken = [answer.json() for answer in answers if answer.status_code == 409]
        assert {answer["url"] for answer in taken} == {url}
        assert {error["code"] for answer in taken for error in answer["errors"]} == {"taken"}
        assert APIClient().get(urlsplit(url).path).status_code == 200
