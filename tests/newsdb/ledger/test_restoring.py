"""Rows that are written as they were recorded elsewhere keep their times, and so do their changes."""

from datetime import UTC, datetime

import pytest

from actors.models import Actor
from articles.models import Statement
from newsdb.ledger import attributed
from newsdb.models import Change
from tests.factories import ActorNameFactory, ArticleFactory, StatementFactory, anchored_statement

pytestmark = pytest.mark.django_db(transaction=True)

THEN = datetime(2024, 10, 23, 11, 12, 13, 141516, UTC)


def test_a_restored_row_keeps_its_time_whatever_is_restored_after_it() -> None:
    with attributed(by="", reason="Imported.", restoring=True):
        statement = anchored_statement("Ferries run.", updated_at=THEN)
        ActorNameFactory(actor=statement.speaker)
    statement.refresh_from_db()
    assert statement.text_match == "unchecked"
    assert statement.capture is not None
    assert statement.updated_at == THEN
    (change,) = Change.objects.of(statement)
    assert (change.at, change.action, change.reason) == (THEN, "created", "Imported.")
    assert change.snapshot["anchors"]


def test_each_restored_row_has_a_time_of_its_own() -> None:
    article = ArticleFactory()
    days = [datetime(2024, month, 1, tzinfo=UTC) for month in range(1, 13)]
    rows = [StatementFactory.build(article=article, speaker=None, updated_at=day) for day in days]
    with attributed(by="", restoring=True):
        Statement.objects.bulk_create(rows)
    assert list(Statement.objects.order_by("id").values_list("updated_at", flat=True)) == days
    changes = Change.objects.filter(record_type="statement").order_by("sequence")
    assert list(changes.values_list("at", flat=True)) == days


def test_restoring_ends_with_its_block() -> None:
    with attributed(by="ines"):
        with attributed(by="", restoring=True):
            restored = StatementFactory(speaker=None, updated_at=THEN)
        recorded = StatementFactory(speaker=None, updated_at=THEN)
    restored.refresh_from_db()
    recorded.refresh_from_db()
    assert restored.updated_at == THEN < recorded.updated_at
    Actor.objects.bulk_create([Actor(name="Ada", slug="ada", updated_at=THEN)])
    assert Actor.objects.get().updated_at > THEN


def test_a_restored_row_changes_like_any_other() -> None:
    with attributed(by="", restoring=True):
        statement = StatementFactory(updated_at=THEN)
    Statement.objects.update(cue="said")
    statement.refresh_from_db()
    assert statement.updated_at > THEN
    assert [c.action for c in Change.objects.of(statement)] == ["updated", "created"]
