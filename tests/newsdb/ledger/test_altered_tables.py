"""A migration that alters a table: SQLite rebuilds it, which would drop its triggers."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Anchor, Article, Statement
from newsdb.models import Change
from newsdb.models.fields import CharField
from tests.factories import ArticleFactory, anchored_statement

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def altered() -> Iterator[None]:
    """Two watched tables with a longer column each, until the test is over."""
    changes = []
    for model, name in ((Statement, "cue"), (Article, "section")):
        old = model._meta.get_field(name)
        assert isinstance(old, CharField)
        assert old.max_length is not None
        new = CharField(max_length=old.max_length + 20, blank=True, default="")
        new.set_attributes_from_name(name)
        new.model = model
        changes.append((model, old, new))
    with connection.schema_editor() as editor:
        for model, old, new in changes:
            editor.alter_field(model, old, new)
    yield
    with connection.schema_editor() as editor:
        for model, old, new in changes:
            editor.alter_field(model, new, old)


def assert_kept_true() -> None:
    statement = anchored_statement("Some words", matched=True)
    assert (statement.text_match, statement.outlet) == ("matched", statement.article.outlet)
    other = ArticleFactory().outlet
    Article.objects.filter(pk=statement.article_id).update(outlet=other)
    Anchor.objects.filter(statement=statement).update(
        exact="Other word", end=10 + statement.anchors.get().start
    )
    statement.refresh_from_db()
    assert (statement.text_match, statement.outlet) == ("mismatched", other)
    last = Change.objects.of(statement).first()
    assert last is not None
    assert last.snapshot["outlet"]["slug"] == other.slug


def test_triggers_outlive_it_within_the_same_migration(altered: None) -> None:
    assert_kept_true()


def test_migrating_again_changes_nothing(altered: None) -> None:
    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
    assert_kept_true()
