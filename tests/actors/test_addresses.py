"""Addresses of actors: each is noted by itself, none is ever given away."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from actors.models import Actor, ActorSlug, merge_actors
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db


def save(actor: Actor) -> None:
    actor.slug = "grace"
    actor.save()


def save_one_field(actor: Actor) -> None:
    actor.slug = "grace"
    actor.save(update_fields=["slug"])


def update(actor: Actor) -> None:
    Actor.objects.update(slug="grace")


def bulk_update(actor: Actor) -> None:
    actor.slug = "grace"
    Actor.objects.bulk_update([actor], ["slug"])


def write_in_sql(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE actors_actor SET slug = 'grace'")


def update_or_create(actor: Actor) -> None:
    Actor.objects.update_or_create(uid=actor.uid, defaults={"slug": "grace"})


def addresses() -> dict[str, int | None]:
    return dict(ActorSlug.objects.values_list("slug", "actor"))


@pytest.mark.parametrize(
    "rename", [save, save_one_field, update, bulk_update, write_in_sql, update_or_create]
)
def test_a_renamed_actor_keeps_its_former_address(rename: Callable[[Actor], None]) -> None:
    actor = ActorFactory(slug="ada")
    rename(actor)
    rename(actor)
    assert addresses() == {"ada": actor.pk, "grace": actor.pk}
    Actor.objects.update(slug="ada")
    assert addresses() == {"ada": actor.pk, "grace": actor.pk}


def test_new_actors_have_theirs_noted(tmp_path: Path) -> None:
    one = ActorFactory(slug="one")
    (two,) = Actor.objects.bulk_create([ActorFactory.build(slug="two")])
    three, _ = Actor.objects.get_or_create(slug="three", defaults={"name": "Three"})
    path = tmp_path / "fixture.json"
    path.write_text(json.dumps([{"model": "actors.actor", "fields": {"slug": "four", "name": "Four"}}]))
    for _ in range(2):
        call_command("loaddata", path, verbosity=0)
    four = Actor.objects.get(slug="four")
    assert addresses() == {"one": one.pk, "two": two.pk, "three": three.pk, "four": four.pk}


@pytest.mark.parametrize("former", [True, False])
def test_an_address_of_another_is_refused(former: bool) -> None:
    holder = ActorFactory(slug="ada", name="Ada")
    if former:
        Actor.objects.update(slug="ada-example")
    other = ActorFactory(slug="grace")
    for write in (
        lambda: Actor.objects.filter(pk=other.pk).update(slug="ada"),
        lambda: ActorFactory(slug="ada"),
        lambda: Actor.objects.bulk_create([ActorFactory.build(slug="ada")]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    for actor in (Actor.objects.get(pk=other.pk), ActorFactory.build()):
        actor.slug = "ada"
        with pytest.raises(ValidationError, match=r"never reused|already exists") as refused:
            actor.full_clean()
        assert list(refused.value.message_dict) == ["slug"]
    assert addresses()["ada"] == holder.pk


def test_an_address_outlives_its_actor() -> None:
    ActorFactory(slug="ada").delete()
    assert addresses() == {"ada": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        ActorFactory(slug="ada")
    with pytest.raises(ValidationError, match="belongs to an actor that was deleted"):
        ActorFactory.build(slug="ada").full_clean()
    renamed = ActorFactory()
    renamed.slug = "ada"
    with pytest.raises(ValidationError, match="belongs to an actor that was deleted"):
        renamed.full_clean()


def test_a_deleted_actor_leaves_all_its_addresses() -> None:
    actor = ActorFactory(slug="ada")
    Actor.objects.update(slug="grace")
    Actor.objects.all().delete()
    assert addresses() == {"ada": None, "grace": None}
    assert actor.pk


def test_an_address_is_never_deleted_nor_changed() -> None:
    address = ActorFactory(slug="ada").slugs.get()
    for write in (
        address.delete,
        ActorSlug.objects.all().delete,
        lambda: ActorSlug.objects.update(slug="grace"),
        lambda: ActorSlug.objects.bulk_update([ActorSlug(pk=address.pk, slug="grace")], ["slug"]),
    ):
        with pytest.raises(IntegrityError, match="an address is never deleted"), transaction.atomic():
            write()
    assert list(addresses()) == ["ada"]


def test_a_merged_actor_can_be_saved_though_its_addresses_are_the_survivors() -> None:
    survivor, merged = ActorFactory(slug="ada"), ActorFactory(slug="ada-example")
    merge_actors(survivor=survivor, merged=merged, reason="The same.", by="ines")
    merged.refresh_from_db()
    merged.full_clean()
    merged.save()
    Actor.objects.filter(pk=merged.pk).update(slug="ada-example", name="Ada E.")
    assert addresses() == {"ada": survivor.pk, "ada-example": survivor.pk}


def test_two_actors_swap_nothing() -> None:
    """Not even within one transaction."""
    one, two = ActorFactory(slug="one"), ActorFactory(slug="two")
    Actor.objects.filter(pk=one.pk).update(slug="spare")
    with pytest.raises(IntegrityError), transaction.atomic():
        Actor.objects.filter(pk=two.pk).update(slug="one")
    assert addresses() == {"one": one.pk, "two": two.pk, "spare": one.pk}
