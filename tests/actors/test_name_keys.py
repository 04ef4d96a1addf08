"""Names of people have keys without letters that not all newspapers print, and addresses that can be read."""

import doctest
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorSlug
from articles.services.actors import create_actor
from newsdb import text
from newsdb.text import fold, fold_name
from tests.factories import ActorFactory, ActorNameFactory


def test_its_examples_hold() -> None:
    assert doctest.testmod(text).failed == 0


@pytest.mark.parametrize(
    ("printed", "also"),
    [
        ("Łukasz", "Lukasz"),
        ("Søren", "Soren"),
        ("Đurić", "Duric"),
        ("Guðrún", "Gudrun"),
        ("Işıl Yıldız", "Isil Yildiz"),
        ("Æsa Œdipe", "Aesa Oedipe"),
        ("Þóra", "Thora"),
        ("İNCİ ĦAL", "inci hal"),
        ("Groß", "Gross"),
    ],
)
def test_both_spellings_have_one_key(printed: str, also: str) -> None:
    assert fold_name(printed) == fold_name(printed.upper()) == fold_name(also) == fold(also)


@pytest.mark.parametrize(("one", "other"), [("李明", "黎明"), ("Иван", "Ivan"), ("김정은", "Gim Jeongeun")])
def test_other_scripts_keep_their_letters(one: str, other: str) -> None:
    assert fold_name(one) == fold(one) != fold_name(other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Łukasz Żółwik", "lukasz-zolwik"),
        ("李小龙", "li-xiao-long"),
        ("김정은", "gim-jeong-eun"),
        ("ブラッド・ピット", "buratdo-pitto"),
        ("Владимир Зеленский", "vladimir-zelenskiy"),
        ("Þórður O’Malley", "thordur-omalley"),
        ("Zoë Halvarsen-Pike", "zoe-halvarsen-pike"),
        ("???", "actor"),
    ],
)
def test_an_address_can_be_read(name: str, slug: str) -> None:
    assert create_actor(name).slug == slug
    assert create_actor(name).slug == f"{slug}-2"


@pytest.fixture
def migration() -> Any:
    """The module of the migration."""
    names = MigrationLoader(None).disk_migrations
    (found,) = [each for (_, name), each in names.items() if name.endswith("0004_name_keys")]
    return __import__(found.__module__, fromlist=["rebuild"])


@pytest.mark.django_db
def test_stored_keys_are_rebuilt_and_addresses_stay(migration: Any) -> None:
    actor = ActorFactory(name="Łukasz Żółwik", slug="ukasz-zo-wik")
    ActorNameFactory(actor=actor, name="Łukasz Ż.")
    with connection.cursor() as cursor:  # as they were before
        cursor.execute("UPDATE actors_actor SET name_key = %s", [fold(actor.name)])
        cursor.execute("UPDATE actors_actorname SET key = %s", [fold("Łukasz Ż.")])
    assert not Actor.objects.called("Lukasz Zolwik").exists()
    migration.rebuild(apps, SimpleNamespace(connection=connection))
    assert Actor.objects.called("Lukasz Zolwik").get() == Actor.objects.called("lukasz z").get() == actor
    assert list(ActorSlug.objects.values_list("slug", flat=True)) == ["ukasz-zo-wik"]


@pytest.mark.django_db
def test_other_keys_are_left_alone(migration: Any) -> None:
    ActorFactory(name="Ada Example")
    with CaptureQueriesContext(connection) as queries:
        migration.rebuild(apps, SimpleNamespace(connection=connection))
    assert [query["sql"] for query in queries if query["sql"].startswith("UPDATE")] == []
