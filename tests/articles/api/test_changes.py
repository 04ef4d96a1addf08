"""Whoever follows the feed ends with exactly the public records."""

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, connection, transaction
from rest_framework.test import APIClient

from actors.models import Actor, merge_actors
from articles.models import Anchor, Article, Outlet, Statement
from articles.services.retraction import restore_statement, retract_article, retract_statement
from newsdb.ledger import attributed
from newsdb.models import Change
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = {"actor": "actors", "outlet": "outlets", "article": "articles", "statement": "statements"}


def pages(client: APIClient, address: str) -> list[dict[str, Any]]:
    rows = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.json()
        rows += answer.json()["results"]
        address = answer.json()["next"] or ""
    return rows


class Follower:
    """A client that keeps the public records by following the feed."""

    def __init__(self) -> None:
        self.client, self.seen, self.records = APIClient(), 0, {}

    def follow(self) -> None:
        for change in pages(self.client, f"/api/v1/changes/?after={self.seen}&limit=7"):
            assert change["sequence"] > self.seen
            self.seen = change["sequence"]
            key = change["record_type"], change["uid"]
            self.records.pop(key, None)
            if change["record"] is not None:
                self.records[key] = change["record"]

    def held(self, record_type: str) -> dict[str, Any]:
        return {uid: record for (kind, uid), record in self.records.items() if kind == record_type}


def assert_exact(follower: Follower) -> None:
    for record_type, path in LISTS.items():
        rows = pages(follower.client, f"/api/v1/{path}/")
        if record_type == "article":  # the feed has it in full
            rows = [follower.client.get(row["url"]).json() for row in rows]
        assert follower.held(record_type) == {row["uid"]: row for row in rows}


def retract(chance: random.Random) -> None:
    statement = chance.choice(Statement.objects.public())
    retract_statement(statement=statement, reason="Misattributed.", by="ines")


def restore(chance: random.Random) -> None:
    restore_statement(
        statement=chance.choice(Statement.objects.filter(status="retracted")), reason="Was right.", by="ines"
    )


def merge(chance: random.Random) -> None:
    survivor, merged = chance.sample(list(Actor.objects.not_merged()), 2)
    merge_actors(survivor=survivor, merged=merged, reason="One person.", by="ines")


def rename(chance: random.Random) -> None:
    model: Any = chance.choice([Actor, Outlet])
    row = chance.choice(model.objects.all())
    model.objects.filter(pk=row.pk).update(name=f"Renamed {chance.random()}")


def reword(chance: random.Random) -> None:
    anchor = chance.choice(Anchor.objects.all())
    Anchor.objects.filter(pk=anchor.pk).update(prefix=f"{chance.random():.20f}")


def publish_later(chance: random.Random) -> None:
    statement = StatementFactory(
        status="proposed", article=chance.choice(Article.objects.public()), speaker=None
    )
    if chance.random() < 0.5:
        Statement.objects.filter(pk=statement.pk).update(status="published")


def delete(chance: random.Random) -> None:
    chance.choice(Statement.objects.all()).delete()


def give_up(chance: random.Random) -> None:
    with transaction.atomic():
        ActorFactory()
        rename(chance)
        transaction.set_rollback(True)


EDITS: list[Callable[[random.Random], Any]] = [
    lambda chance: anchored_statement(
        "Some words", "and more", speaker=chance.choice(Actor.objects.not_merged())
    ),
    lambda chance: ActorNameFactory(
        actor=chance.choice(Actor.objects.not_merged()), name=f"N{chance.random()}"
    ),
    lambda chance: Article.objects.filter(pk=chance.choice(Article.objects.all()).pk).update(
        published_on="2024-10-01", published_precision="month", outlet=chance.choice(Outlet.objects.all())
    ),
    retract,
    restore,
    merge,
    rename,
    reword,
    publish_later,
    delete,
    give_up,
]


def edit_at_random(seed: int, times: int) -> None:
    chance = random.Random(seed)
    for _ in range(times):
        try:
            with attributed(by=f"editor{seed}"):
                chance.choice(EDITS)(chance)
        except (DatabaseError, ValidationError, ObjectDoesNotExist, IndexError, ValueError) as error:
            # Two editors may want the same row or the same pair; but never the same place in the ledger.
            if "newsdb_change" in str(error):
                raise


@pytest.mark.torture(times=20)
def test_a_follower_ends_with_exactly_the_public_records(seed: int) -> None:
    anchored_statement("Some words")
    ActorFactory()
    follower = Follower()
    for editor in range(6):
        edit_at_random(1000 * seed + editor, times=12)
        follower.follow()
    assert_exact(follower)
    assert Change.objects.count() > 20


@pytest.mark.torture(times=20)
def test_a_follower_misses_nothing_while_writers_race(seed: int) -> None:
    for number in range(4):
        anchored_statement(f"Some words {number}")
    follower = Follower()

    failures = []

    def work(editor: int) -> None:
        try:
            edit_at_random(1000 * seed + editor, times=25)
        except DatabaseError as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=work, args=(editor,)) for editor in range(100, 104)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        follower.follow()
    follower.follow()
    assert not failures
    assert_exact(follower)


def test_what_was_never_public_never_shows() -> None:
    statement = StatementFactory(status="proposed")
    statement.delete()
    assert str(statement.uid) not in str(pages(APIClient(), "/api/v1/changes/"))


def test_a_statement_begins_for_the_public_when_it_is_published() -> None:
    statement = StatementFactory(status="proposed")
    Statement.objects.filter(pk=statement.pk).update(status="published")
    changes = pages(APIClient(), "/api/v1/changes/?record_type=statement")
    assert [(c["version"], c["action"]) for c in changes] == [(2, "created")]


def test_a_retraction_is_a_tombstone_with_its_reason() -> None:
    statement = StatementFactory()
    retract_article(article=statement.article, reason="It was a hoax.", by="ines")
    last = pages(APIClient(), "/api/v1/changes/?record_type=statement")[-1]
    assert (last["action"], last["record"], last["reason"]) == ("retracted", None, "It was a hoax.")
    assert "ines" not in str(pages(APIClient(), "/api/v1/changes/"))


def test_history_says_what_changed_and_why() -> None:
    statement = StatementFactory(cue="said")
    with attributed(by="ines", reason="It reads so."):
        Statement.objects.filter(pk=statement.pk).update(cue="added")
    versions = APIClient().get(f"/api/v1/statements/{statement.uid}/history/").json()["results"]
    assert [(v["version"], v["action"], v["by"]) for v in versions] == [
        (2, "updated", "curator"),
        (1, "created", "system"),
    ]
    assert versions[0]["changes"] == [{"field": "cue", "before": "said", "after": "added"}]
    assert versions[0]["reason"] == "It reads so."


def test_history_is_readable_after_a_retraction_and_never_before_publication() -> None:
    statement, proposed = StatementFactory(), StatementFactory(status="proposed", article=ArticleFactory())
    retract_statement(statement=statement, reason="Misattributed.", by="ines")
    client = APIClient()
    versions = client.get(f"/api/v1/statements/{statement.uid}/history/").json()["results"]
    assert [(v["action"], v["reason"]) for v in versions] == [
        ("retracted", "Misattributed."),
        ("created", ""),
    ]
    assert client.get(f"/api/v1/statements/{proposed.uid}/history/").status_code == 404
