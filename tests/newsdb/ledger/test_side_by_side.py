"""Transactions that change the same records at once leave the ledger true, and do not block each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from threading import Event
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from actors.models import Actor
from articles.models import Article, Outlet, Statement
from newsdb.ledger import attributed
from newsdb.models import Change
from tests.factories import ActorFactory, ArticleFactory, OutletFactory, StatementFactory
from tests.newsdb.ledger.facts import facts

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]

#: So long the first transaction stays open after its writes, unless the second ends before.
OPEN = 0.1


class Group:
    """A joint statement of two published rows and a proposed one, and two published rows outside it."""

    def __init__(self) -> None:
        self.uid: UUID = uuid4()
        first: Any = StatementFactory(text="We sail", joint_uid=self.uid)
        self.article = first.article
        self.rows = [first, *(self._row(self.uid, status) for status in ("published", "proposed"))]
        self.rows += [self._row(None, "published") for _ in "ab"]

    def add(self) -> None:
        self._row(self.uid, "published")

    def add_as_recorded(self) -> None:
        with attributed(by="", restoring=True):
            self.add()

    def join(self) -> None:
        self._update(3, joint_uid=self.uid)

    def join_too(self) -> None:
        self._update(4, joint_uid=self.uid)

    def leave(self) -> None:
        self._update(1, joint_uid=None)

    def retract(self) -> None:
        self._update(
            0, status="retracted", retracted_at="2026-01-01T00:00:00Z", retraction_reason="Not hers."
        )

    def publish(self) -> None:
        self._update(2, status="published")

    def change_speaker(self) -> None:
        self._update(0, speaker=ActorFactory())

    def rename_speaker(self) -> None:
        Actor.objects.filter(pk=self.rows[0].speaker_id).update(name="Renamed")

    def _row(self, joint_uid: UUID | None, status: str) -> Any:
        return StatementFactory(article=self.article, text="We sail", status=status, joint_uid=joint_uid)

    def _update(self, row: int, **facts: object) -> None:
        Statement.objects.filter(pk=self.rows[row].pk).update(**facts)


def side_by_side(first: Callable[[], None], second: Callable[[], None]) -> None:
    """Begin ``second`` when ``first`` has written, and let it commit before, unless it has to wait."""
    written, ended = Event(), Event()

    def lead() -> None:
        try:
            with attributed(by="ines", reason="First."):
                first()
                written.set()
                ended.wait(OPEN)
        finally:
            written.set()
            connections.close_all()

    def follow() -> None:
        try:
            written.wait()
            with attributed(by="omar", reason="Second."):
                second()
            ended.set()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(lead), both.submit(follow)]:
            done.result(30)


def test_the_last_snapshots_are_true() -> None:
    acts = (Group.add, Group.add_as_recorded, Group.join, Group.retract)
    more = [(Group.join, Group.join_too), (Group.leave, Group.add), (Group.publish, Group.join)]
    more += [(Group.change_speaker, Group.add_as_recorded), (Group.rename_speaker, Group.join)]
    wrong = []
    for first, second in [*permutations(acts, 2), *more]:
        group = Group()
        side_by_side(lambda: first(group), lambda: second(group))  # noqa: B023 - called at once
        for row in Statement.objects.filter(article=group.article):
            if Change.objects.of(row)[0].snapshot != facts(row):
                wrong.append((first.__name__, second.__name__, row.pk))
    assert wrong == []


def test_a_record_is_changed_that_began_to_show_another_which_is_renamed() -> None:
    """Who numbers changes does not wait for a record that somebody changed who waits to number."""
    outlet = OutletFactory(name="The Gazette")
    renamed, changed = Event(), Event()

    def rename() -> None:
        try:
            with attributed(by="ines", reason="First."):
                Outlet.objects.filter(pk=outlet.pk).update(name="The Courier")
                renamed.set()
                changed.wait(10)
        finally:
            connections.close_all()

    def change() -> Any:
        try:
            renamed.wait(10)
            article = ArticleFactory(outlet=outlet)
            with attributed(by="omar", reason="Second."):
                Article.objects.filter(pk=article.pk).update(section="Local")
                changed.set()
                sleep(OPEN)
            return article
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        first, second = both.submit(rename), both.submit(change)
        first.result(30)
        article = second.result(30)
    article.refresh_from_db()
    shown = Change.objects.of(article)[0].snapshot
    assert shown == facts(article)
    assert (shown["section"], shown["outlet"]["name"]) == ("Local", "The Courier")
