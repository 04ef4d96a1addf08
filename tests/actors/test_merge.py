"""Two actors that are one: what moves, what stays, and the way back."""

import pytest
from django.core.exceptions import ValidationError
from rest_framework.test import APIClient

from actors.models import Actor, merge_actors
from newsdb.models import Change
from newsdb.models.merging import plan_merge, undo_merge
from tests.factories import ActorFactory, ActorNameFactory, BylineFactory, RoleFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair() -> tuple[Actor, Actor]:
    return ActorFactory(name="Ada Example", slug="ada-example"), ActorFactory(
        name="A. Example", slug="a-example"
    )


def test_everything_moves_and_comes_back(pair: tuple[Actor, Actor]) -> None:
    survivor, merged = pair
    statement, byline = StatementFactory(speaker=merged), BylineFactory(author=merged)
    role, name = RoleFactory(actor=merged), ActorNameFactory(actor=merged, name="Ada E.")
    assert plan_merge(survivor=survivor, merged=merged)["statements"] == 1
    merge = merge_actors(survivor=survivor, merged=merged, reason="One person.", by="ines")
    for row, field in ((statement, "speaker"), (byline, "author"), (role, "actor"), (name, "actor")):
        row.refresh_from_db()
        assert getattr(row, field) == survivor
    assert Actor.objects.found_by("A. Example").get() == survivor
    assert APIClient().get("/api/v1/actors/a-example/").headers["Location"].endswith("/actors/ada-example/")
    assert Change.objects.of(statement).first().reason == "One person."

    undo_merge(merge=merge, reason="Two after all.", by="ines")
    for row, field in ((statement, "speaker"), (byline, "author"), (role, "actor"), (name, "actor")):
        row.refresh_from_db()
        assert getattr(row, field) == merged
    assert APIClient().get("/api/v1/actors/a-example/").status_code == 200
    assert not survivor.names.exists()


def test_what_the_survivor_has_already_stays_behind(pair: tuple[Actor, Actor]) -> None:
    survivor, merged = pair
    office = ActorFactory(kind="organisation")
    for actor in pair:
        RoleFactory(actor=actor, title="Mayor")
        RoleFactory(
            actor=actor, title="Clerk", organisation=office, started_on="2020-01-01", started_precision="year"
        )
        ActorNameFactory(actor=actor, name="Ada E.")
    byline = BylineFactory(author=survivor)
    BylineFactory(article=byline.article, author=merged, position=1)
    other = RoleFactory(actor=merged, title="Clerk", organisation=office)
    merge_actors(survivor=survivor, merged=merged, reason="One person.", by="ines")
    assert survivor.roles.count() == 3
    assert other in survivor.roles.all()
    assert merged.roles.count() == 2
    assert survivor.bylines.count() == 1
    assert {name.name for name in survivor.names.all()} == {"Ada E.", "A. Example"}


def test_organisations_merge_as_places_of_roles(pair: tuple[Actor, Actor]) -> None:
    one, other = (ActorFactory(kind="organisation") for _ in range(2))
    holder = pair[0]
    RoleFactory(actor=holder, title="Mayor", organisation=one)
    RoleFactory(actor=holder, title="Mayor", organisation=other)
    clerk = RoleFactory(actor=holder, title="Clerk", organisation=other)
    merge_actors(survivor=one, merged=other, reason="One town.", by="ines")
    clerk.refresh_from_db()
    assert clerk.organisation == one
    assert holder.roles.filter(title="Mayor").count() == 2


def test_a_person_and_an_organisation_stay_two(pair: tuple[Actor, Actor]) -> None:
    with pytest.raises(ValidationError, match="cannot be the same"):
        merge_actors(survivor=pair[0], merged=ActorFactory(kind="organisation"), reason="Hm.", by="ines")
    with pytest.raises(ValidationError, match="into itself"):
        merge_actors(survivor=pair[0], merged=pair[0], reason="Hm.", by="ines")
    with pytest.raises(ValidationError):
        merge_actors(survivor=pair[0], merged=pair[1], reason="", by="ines")
    assert not Actor.objects.exclude(merged_into=None).exists()
