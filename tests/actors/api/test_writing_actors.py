"""Editors write actors, merge them, and take merges back."""

import pytest
from rest_framework.test import APIClient

from actors.models import Actor, ActorName
from newsdb.models import Change
from tests.clients import editor, errors, write
from tests.factories import ActorFactory, ActorNameFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines() -> APIClient:
    return editor("ines")


def test_an_actor_is_made(ines: APIClient) -> None:
    harbour = ActorFactory(kind="organisation")
    body = {
        "slug": "ada-example",
        "kind": "person",
        "name": "Ada Example",
        "names": ["A. Example"],
        "wikidata_id": "Q42",
        "roles": [{"title": "Harbour master", "organisation": harbour.slug, "started_on": "2020"}],
    }
    answer = write(ines, "post", "actors/", body)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert made["names"] == ["A. Example"]
    assert made["roles"][0]["organisation"]["slug"] == harbour.slug
    assert (made["roles"][0]["started_on"], made["roles"][0]["started_precision"]) == ("2020-01-01", "year")
    assert APIClient().get("/api/v1/actors/ada-example/").json() == made


def test_a_patch_keeps_the_rows_that_stay(ines: APIClient) -> None:
    actor = ActorFactory()
    kept, dropped = ActorNameFactory(actor=actor), ActorNameFactory(actor=actor)
    answer = write(ines, "patch", f"actors/{actor.slug}/", {"names": ["New", kept.name]})
    assert set(answer.json()["names"]) == {"New", kept.name}
    assert ActorName.objects.filter(pk=kept.pk).exists()
    assert not ActorName.objects.filter(pk=dropped.pk).exists()


def test_a_new_slug_keeps_the_old_address(ines: APIClient) -> None:
    actor = ActorFactory(slug="old")
    answer = write(ines, "patch", "actors/old/", {"slug": "new"})
    assert answer.json()["url"].endswith("/actors/new/")
    moved = write(ines, "patch", "actors/old/", {"name": "Ada"})
    assert (moved.status_code, moved.headers["Location"]) == (308, answer.json()["url"])
    assert write(ines, "patch", "actors/new/", {"slug": "old"}).json()["slug"] == "old"
    taken = write(ines, "patch", f"actors/{ActorFactory().slug}/", {"slug": "new"})
    assert errors(taken, 409) == {"/slug": "taken"}
    assert taken.json()["url"].endswith("/actors/old/")
    assert Actor.objects.get(pk=actor.pk).slug == "old"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"name": " "}, {"/name": "blank"}),
        ({"kind": "place"}, {"/kind": "invalid_choice"}),
        ({"kind": ["person"]}, {"/kind": "invalid_choice"}),
        ({"names": [None]}, {"/names/0": "null"}),
        ({"names": ["x"] * 201}, {"/names": "max_length"}),
        ({"roles": [{"title": "x", "organisation": "nobody"}]}, {"/roles/0/organisation": "unknown"}),
        ({"roles": [{}]}, {"/roles/0/title": "required"}),
        ({"roles": [{"title": "x", "started_on": "2024", "ended_on": "2020"}]}, {"/roles/0": "invalid"}),
        ({"merged_into": None}, {"/merged_into": "unknown"}),
    ],
)
def test_what_is_wrong_is_pointed_at(ines: APIClient, body: dict, expected: dict[str, str]) -> None:
    assert errors(write(ines, "patch", f"actors/{ActorFactory().slug}/", body)) == expected


@pytest.mark.django_db(transaction=True)
def test_merging_and_the_way_back(ines: APIClient) -> None:
    survivor, merged = ActorFactory(), ActorFactory()
    statement = StatementFactory(speaker=merged)
    body = {"into": survivor.slug, "reason": "One person."}
    path = f"actors/{merged.slug}/"
    assert write(ines, "post", f"{path}merge/", body, None).status_code == 428
    assert write(ines, "post", f"{path}merge/", body, '"x"').status_code == 412
    answer = write(ines, "post", f"{path}merge/", body)
    assert (answer.status_code, answer.json()["slug"]) == (200, survivor.slug)
    assert APIClient().get(f"/api/v1/{path}").status_code == 308
    change = Change.objects.of(merged)[0]
    assert (change.action, change.actor, change.reason) == ("merged", "ines", "One person.")
    assert write(ines, "patch", path, {"name": "x"}).status_code == 308

    assert write(ines, "post", f"{path}unmerge/", {"reason": "Two after all."}, '"x"').status_code == 412
    undone = write(ines, "post", f"{path}unmerge/", {"reason": "Two."}, answer.headers["ETag"])
    assert (undone.status_code, undone.json()["slug"]) == (200, merged.slug)
    statement.refresh_from_db()
    assert statement.speaker == merged
    again = write(ines, "post", f"{path}unmerge/", {"reason": "Two after all."})
    assert again.status_code == 409


def test_what_cannot_be_merged(ines: APIClient) -> None:
    actor, firm = ActorFactory(), ActorFactory(kind="organisation")
    path = f"actors/{actor.slug}/merge/"
    assert write(ines, "post", path, {"into": actor.slug, "reason": "x"}).status_code == 409
    answer = write(ines, "post", path, {"into": firm.slug, "reason": "x"})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "A person and an organisation cannot be the same actor."
    assert errors(write(ines, "post", path, {})) == {"/into": "required", "/reason": "required"}
    assert errors(write(ines, "post", path, {"into": "nobody", "reason": ""})) == {
        "/into": "unknown",
        "/reason": "blank",
    }
