"""A key follows the text it is the key of, whichever way the text is written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import models
from django.db.models.functions import Upper

from actors.models import Actor
from articles.models import Article
from articles.search.query import parse_query
from newsdb.addresses import canonical_url
from newsdb.text import fold
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    CaptureFactory,
    OutletFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

NEW = "Ádá LOVELACE"


def save(actor: Actor) -> None:
    actor.name = NEW
    actor.save()


def save_one_field(actor: Actor) -> None:
    actor.name = NEW
    actor.save(update_fields=["name"])


def save_a_partly_loaded_row(actor: Actor) -> None:
    partial = Actor.objects.only("name").get(pk=actor.pk)
    partial.name = NEW
    partial.save()


def update(actor: Actor) -> None:
    Actor.objects.filter(pk=actor.pk).update(name=NEW)


def update_with_another_key(actor: Actor) -> None:
    Actor.objects.filter(pk=actor.pk).update(name=NEW, name_key="wrong")


def bulk_update(actor: Actor) -> None:
    actor.name = NEW
    Actor.objects.bulk_update([actor], ["name"])


def bulk_create_over_it(actor: Actor) -> None:
    Actor.objects.bulk_create(
        [Actor(slug=actor.slug, name=NEW)],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name"],
    )


def update_or_create(actor: Actor) -> None:
    Actor.objects.update_or_create(slug=actor.slug, defaults={"name": NEW})


WRITES = [
    save,
    save_one_field,
    save_a_partly_loaded_row,
    update,
    update_with_another_key,
    bulk_update,
    bulk_create_over_it,
    update_or_create,
]


@pytest.mark.parametrize("write", WRITES)
def test_a_key_follows_its_text(write: Callable[[Actor], None]) -> None:
    actor = ActorFactory(name="Ada")
    write(actor)
    assert Actor.objects.values_list("name", "name_key").get() == (NEW, "ada lovelace")


def test_new_rows_have_their_keys() -> None:
    ActorFactory(name=NEW)
    Actor.objects.bulk_create([ActorFactory.build(name=NEW, name_key="wrong")])
    Actor.objects.get_or_create(slug="a", defaults={"name": NEW})
    Actor.objects.update_or_create(slug="b", defaults={"name": NEW})
    assert set(Actor.objects.values_list("name_key", flat=True)) == {"ada lovelace"}


@pytest.mark.parametrize("times", [1, 2])
def test_a_fixture_cannot_bring_another_key(tmp_path: Path, times: int) -> None:
    fields = {"slug": "ada", "name": NEW, "name_key": "wrong"}
    path = tmp_path / "fixture.json"
    path.write_text(json.dumps([{"model": "actors.actor", "fields": fields}]))
    for _ in range(times):
        call_command("loaddata", path, verbosity=0)
    assert Actor.objects.get().name_key == "ada lovelace"


def test_a_related_manager_carries_keys_along() -> None:
    name = ActorNameFactory()
    name.actor.names.update(name=NEW)
    name.refresh_from_db()
    assert name.key == "ada lovelace"


def test_saving_something_else_leaves_a_key_alone(django_assert_num_queries: Callable) -> None:
    actor = ActorFactory(name="Ada")
    partial = Actor.objects.only("kind").get(pk=actor.pk)
    partial.kind = "organisation"
    with django_assert_num_queries(1):
        partial.save(update_fields=["kind"])
    actor.refresh_from_db()
    assert (actor.name_key, actor.kind) == ("ada", "organisation")


@pytest.mark.parametrize("written", [Upper("name"), models.F("slug"), models.Value(NEW)])
def test_an_expression_is_refused_since_its_key_is_unknown(written: models.Expression) -> None:
    ActorFactory(name="Ada")
    with pytest.raises(TypeError, match="name_key is computed from name: update all of them"):
        Actor.objects.update(name=written)
    assert Actor.objects.get().name == "Ada"


def test_a_key_cannot_be_updated_by_itself() -> None:
    ActorFactory(name="Ada")
    with pytest.raises(TypeError, match="name_key is computed from name: update"):
        Actor.objects.update(name_key="wrong")
    assert Actor.objects.get().name_key == "ada"


def found(words: str) -> int:
    return Article.objects.search(parse_query(words)).count()


def test_a_key_of_two_fields_follows_either() -> None:
    article = ArticleFactory(headline="Ferry", deck="Quay")
    article.headline = "Bridge"
    article.save(update_fields=["headline"])
    assert found("bridge quay") == 1
    partial = Article.objects.only("deck").get(pk=article.pk)
    partial.deck = "Shore"
    partial.save()
    assert found("bridge shore") == 1
    Article.objects.filter(pk=article.pk).update(headline="Tunnel", deck="")
    assert (found("tunnel"), found("shore")) == (1, 0)
    with pytest.raises(TypeError, match="tokens is computed from headline and deck"):
        Article.objects.update(headline="Alone")


@pytest.mark.parametrize(
    ("factory", "source", "key", "made"),
    [
        (ActorFactory, "name", "name_key", fold),
        (ActorNameFactory, "name", "key", fold),
        (OutletFactory, "name", "name_key", fold),
        (StatementFactory, "text", "words_key", fold),
        (ArticleFactory, "source_url", "source_url_key", canonical_url),
        (CaptureFactory, "source_url", "source_url_key", canonical_url),
    ],
)
def test_every_key_is_made_of_its_source(
    factory: Any, source: str, key: str, made: Callable[[str], str]
) -> None:
    text = "https://www.Example.org/?"
    row = factory(**{source: text})
    assert row._meta.model.objects.filter(**{source: text, key: made(text)}).exists()
