"""The same words of the same speaker can be published only once at the same place, on every path."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from articles.models import Anchor, Article, Capture, Statement
from newsdb.ledger import attributed
from newsdb.ledger.install import install
from newsdb.models.write_errors import conflicting_record, explain
from tests.articles.api.routes import settle
from tests.factories import (
    ActorFactory,
    AnchorFactory,
    ArticleFactory,
    CaptureFactory,
    StatementFactory,
)
from tests.pristine import empty_database

pytestmark = pytest.mark.django_db(transaction=True)

TWICE = "These words of this speaker are already published at this place: statement"
PAGE = "“We sail,” she said. Later: “We sail.” He, too: “We sail.”"


def refused(act: Callable[[], Any], there: Statement) -> None:
    settle()
    with pytest.raises(IntegrityError, match=TWICE) as refusal, transaction.atomic():
        act()
    assert explain(refusal.value) == [f"{TWICE} {there.uid}."]
    assert conflicting_record(refusal.value) == there


@pytest.fixture
def capture() -> Capture:
    return CaptureFactory(words=PAGE)


def at(capture: Capture, place: int, words: str = "We sail", **facts: Any) -> Statement:
    """A statement of ``words`` where the page has "We sail" for the ``place``-th time."""
    start = -1
    for _ in range(place):
        start = str(capture.text).index("We sail", start + 1)
    with transaction.atomic():
        statement = StatementFactory(article=capture.article, text=words, **facts)
        AnchorFactory(statement=statement, capture=capture, start=start)
    return statement


def test_words_at_one_place_are_one_statement(capture: Capture) -> None:
    ada = ActorFactory()
    there = at(capture, 1, speaker=ada)
    refused(lambda: at(capture, 1, speaker=ada), there)
    refused(lambda: at(capture, 1, words="We sail,", speaker=ada), there)
    at(capture, 2, speaker=ada)
    at(capture, 3, speaker=ActorFactory())
    at(capture, 1, speaker=ActorFactory())
    at(capture, 1, words="We sail,” she", speaker=ada)
    for status in ("proposed", "rejected"):
        at(capture, 1, speaker=ada, status=status)
    assert Statement.objects.filter(status="published").count() == 5


def test_unnamed_speakers_are_told_apart_by_their_labels(capture: Capture) -> None:
    there = at(capture, 1, speaker=None, speaker_label="an official")
    refused(lambda: at(capture, 1, speaker=None, speaker_label="an official"), there)
    other = at(capture, 1, speaker=None, speaker_label="a second official")
    refused(lambda: Statement.objects.filter(pk=other.pk).update(speaker_label="an official"), there)


def test_words_without_a_place_are_one_statement_of_their_article() -> None:
    ada, article = ActorFactory(), ArticleFactory()
    there = StatementFactory(article=article, speaker=ada, text="We sail.")
    refused(lambda: StatementFactory(article=article, speaker=ada, text="“We sail”"), there)
    rows = [Statement(article=article, speaker=ada, text="We sail", kind="direct") for _ in "ab"]
    refused(lambda: Statement.objects.bulk_create(rows), there)
    StatementFactory(article=article, speaker=ada, text="We sailed.")
    elsewhere = StatementFactory(speaker=ada, text="We sail.")
    refused(lambda: Statement.objects.filter(pk=elsewhere.pk).update(article=article), there)


def test_what_becomes_one_is_refused_as_well(capture: Capture) -> None:
    ada, bea = ActorFactory(), ActorFactory()
    there, other = at(capture, 1, speaker=ada), at(capture, 1, speaker=bea)
    proposed, words = at(capture, 1, speaker=ada, status="proposed"), at(capture, 1, "We sai", speaker=ada)
    moved = at(capture, 2, speaker=ada)

    def change_speaker() -> None:
        with attributed(by="ines", reason="Misread."):
            Statement.objects.filter(pk=other.pk).update(speaker=ada)

    refused(change_speaker, there)
    refused(lambda: Statement.objects.filter(pk=proposed.pk).update(status="published"), there)
    refused(lambda: Statement.objects.filter(pk=words.pk).update(text="We sail"), there)
    place = there.anchors.values("start", "end").get()
    refused(lambda: Anchor.objects.filter(statement=moved).update(**place), there)


def test_one_place_in_any_capture_is_enough(capture: Capture) -> None:
    ada, later = ActorFactory(), CaptureFactory(article=capture.article, words=f"Update. {PAGE}")
    there = at(capture, 1, speaker=ada)
    AnchorFactory(statement=there, capture=later, start=9)
    refused(lambda: at(later, 1, speaker=ada), there)


def test_what_is_there_twice_already_may_be_changed(capture: Capture) -> None:
    ada = ActorFactory()
    first = at(capture, 1, speaker=ada)
    second = at(capture, 1, speaker=ada, status="proposed")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER newsdb_published_once_update")
        else:
            cursor.execute("ALTER TABLE articles_statement DISABLE TRIGGER newsdb_published_once_update")
    Statement.objects.update(status="published")
    install(connection)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_statement ENABLE TRIGGER ALL")
    for statement in (first, second):
        statement.refresh_from_db()
        statement.cue = "said"
        statement.save()
        statement.anchors.get().save()
        Anchor.objects.filter(statement=statement).update(prefix="“")
    Article.objects.update(published_on="2024-10-23", published_precision="day")
    assert Statement.objects.filter(status="published", cue="said").count() == 2
    assert list(Statement.objects.published_twice().order_by("pk")) == [first, second]


@pytest.mark.parametrize("anchored", [True, False])
def test_of_several_at_once_one_is_published(capture: Capture, anchored: bool) -> None:
    ada, start = ActorFactory(), Barrier(8, timeout=60)

    def publish(number: int) -> str:
        try:
            start.wait()
            with transaction.atomic():
                if anchored:
                    at(capture, 1, speaker=ada)
                else:
                    StatementFactory(article=capture.article, speaker=ada, text="We sail")
        except IntegrityError as error:
            return explain(error)[0][: len(TWICE)]
        finally:
            connections.close_all()
        return "published"

    for _ in range(5):
        with ThreadPoolExecutor(8) as pool:
            assert sorted(pool.map(publish, range(8))) == sorted([*[TWICE] * 7, "published"])
        with attributed(by="ines", reason="For the next round."):
            Statement.objects.filter(status="published").update(
                status="retracted", retracted_at="2026-01-01T00:00Z", retraction_reason="Again."
            )


def dump(path: Path) -> None:
    with path.open("w") as file:
        models = ("actors.actor", "articles.outlet", "articles.article", "articles.capture")
        call_command(
            "dumpdata",
            *(*models, "articles.statement", "articles.anchor"),
            use_natural_foreign_keys=True,
            use_natural_primary_keys=True,
            stdout=file,
        )
    empty_database()


def test_a_fixture_brings_words_before_their_anchors(capture: Capture, tmp_path: Path) -> None:
    """The same words at two places come without anchors at first; that is no reason to refuse them."""
    ada = ActorFactory()
    at(capture, 1, speaker=ada), at(capture, 2, speaker=ada)
    dump(tmp_path / "rows.json")
    for _ in range(2):
        call_command("loaddata", tmp_path / "rows.json", verbosity=0)
    assert sorted(Anchor.objects.values_list("start", flat=True)) == [1, PAGE.index("We sail", 2)]


@pytest.mark.parametrize("anchored", [True, False])
def test_a_fixture_with_the_same_twice_is_refused(capture: Capture, tmp_path: Path, anchored: bool) -> None:
    ada = ActorFactory()
    if anchored:
        at(capture, 1, speaker=ada), at(capture, 1, speaker=ada, status="proposed")
    else:
        for status in ("published", "proposed"):
            StatementFactory(article=capture.article, speaker=ada, text="We sail", status=status)
    dump(tmp_path / "rows.json")
    rows = (tmp_path / "rows.json").read_text().replace('"status": "proposed"', '"status": "published"')
    (tmp_path / "rows.json").write_text(rows)
    with pytest.raises(CommandError, match=TWICE):
        call_command("loaddata", tmp_path / "rows.json", verbosity=0)
    assert not Statement.objects.exists()
