"""Text that one store could not hold is refused by both, whichever way it comes in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction

from actors.models import Actor, ActorName
from articles.models import Article, Outlet
from newsdb.models import Change
from tests.factories import ActorFactory, ArticleFactory, OutletFactory

pytestmark = pytest.mark.django_db

REFUSED = {
    "nul": ("a\x00b", "NUL"),
    "lone surrogate": ("a\ud800b", "lone surrogate"),
    "201 characters": ("é" * 201, "200 characters"),
}


def save(text: str) -> None:
    ActorFactory(name=text)


def save_again(text: str) -> None:
    actor = Actor.objects.get(slug="ada")
    actor.name = text
    actor.save()


def bulk_create(text: str) -> None:
    Actor.objects.bulk_create([ActorFactory.build(), ActorFactory.build(name=text)])


def bulk_update(text: str) -> None:
    actor = Actor.objects.get(slug="ada")
    actor.name = text
    Actor.objects.bulk_update([actor], ["name"])


def update(text: str) -> None:
    Actor.objects.update(name=text)


def get_or_create(text: str) -> None:
    Actor.objects.get_or_create(slug="another", defaults={"name": text})


def update_or_create(text: str) -> None:
    Actor.objects.update_or_create(slug="ada", defaults={"name": text})


def add_a_part(text: str) -> None:
    ActorName.objects.create(actor=Actor.objects.get(slug="ada"), name=text)


WRITES = [
    save,
    save_again,
    bulk_create,
    bulk_update,
    update,
    get_or_create,
    update_or_create,
    add_a_part,
]


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_and_nothing_stays(write: Callable[[str], None], text: str, why: str) -> None:
    actor = ActorFactory(slug="ada", name="Ada")
    before = Change.objects.count()
    with pytest.raises(ValidationError, match=why) as refused, transaction.atomic():
        write(text)
    assert list(refused.value.message_dict) == ["name"]
    actor.refresh_from_db()
    assert (Actor.objects.count(), actor.name, actor.name_key) == (1, "Ada", "ada")
    assert (ActorName.objects.count(), Change.objects.count()) == (0, before)


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_a_fixture_with_it_is_refused_whole(tmp_path: Path, text: str, why: str) -> None:
    fields: dict[str, Any] = {"uid": "e5f7a9a2-40a4-4a5c-8d5c-0d8f2b2f7c11", "kind": "person", "slug": "ada"}
    actors = [{"model": "actors.actor", "fields": {**fields, "name": text}}]
    outlet = {"model": "articles.outlet", "fields": {"name": "The Gazette", "slug": "the-gazette"}}
    path = tmp_path / "fixture.json"
    path.write_text(json.dumps([outlet, *actors]))
    line = rf"\nfixture.json, record 2 \(actors.actor {fields['uid']}\): name: .*{why}"
    with pytest.raises(CommandError, match=line):
        call_command("loaddata", path, verbosity=0)
    assert not Actor.objects.exists()
    assert not Outlet.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_nothing_can_be_looked_up_by_it(text: str) -> None:
    for lookup in ({"name": text}, {"name__in": [text]}, {"names__name": text}):
        with pytest.raises(ValidationError):
            Actor.objects.filter(**lookup).exists()


@pytest.mark.parametrize("text", ["é" * 200, "🛳️" * 100, "\x01\t\n\x7f\u2028\ufffe\U0010ffff", " a "])
def test_all_else_comes_back_as_it_was(text: str) -> None:
    assert Actor.objects.get(pk=ActorFactory(name=text).pk).name == text
    assert Article.objects.get(pk=ArticleFactory(deck=text).pk).deck == text


def test_text_without_a_limit_has_none() -> None:
    deck = "Ferries. " * 100_000
    assert Article.objects.get(pk=ArticleFactory(deck=deck).pk).deck == deck


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://example.org/ x", "https://example.org\n"]
)
def test_an_address_is_checked_where_it_is_typed(address: str) -> None:
    with pytest.raises(ValidationError, match="begins with http:// or https://") as refused:
        ArticleFactory.build(outlet=OutletFactory(), source_url=address).full_clean()
    assert "source_url" in refused.value.message_dict
