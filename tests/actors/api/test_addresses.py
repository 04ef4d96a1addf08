"""An actor's addresses never die: a former one leads on, a deleted one says so."""

import pytest

from actors.models import merge_actors
from newsdb.models.merging import undo_merge
from tests.factories import ActorFactory
from tests.reader import Reader

API = "http://127.0.0.1:8000/api/v1"


def leads_to(reader: Reader, address: str) -> str:
    response = reader.get(f"actors/{address}/")
    assert (response.status_code, response.content) == (308, b"")
    assert response["Location"].startswith(f"{API}/actors/")
    return response["Location"].removeprefix(f"{API}/actors/").removesuffix("/")


@pytest.fixture
def merge(db: None):
    survivor = ActorFactory(slug="zoe-quay", name="Zoe Quay", wikidata_id="Q1")
    merged = ActorFactory(slug="old-zoe", name="Z. Pier", wikidata_id="Q2")
    merged.slug = "z-pier"
    merged.save()
    return merge_actors(survivor=survivor, merged=merged, reason="One and the same.", by="ines")


def test_a_former_slug_leads_to_the_present_one(reader: Reader) -> None:
    actor = ActorFactory(slug="zoe-pier")
    actor.slug = "zoe-quay"
    actor.save()
    assert leads_to(reader, "zoe-pier") == "zoe-quay"
    assert reader.one("actors/zoe-quay/")["slug"] == "zoe-quay"


@pytest.mark.parametrize("address", ["Q42", "q42", "Zoe-Quay"])
def test_a_wikidata_id_and_capitals_lead_there_too(reader: Reader, address: str) -> None:
    ActorFactory(slug="zoe-quay", wikidata_id="Q42")
    assert leads_to(reader, address) == "zoe-quay"


@pytest.mark.parametrize("address", ["z-pier", "old-zoe", "Q2"])
def test_a_merged_actors_addresses_lead_to_the_survivor(reader: Reader, merge, address: str) -> None:
    assert leads_to(reader, address) == "zoe-quay"


def test_merged_twice_it_is_still_one_step(reader: Reader, merge) -> None:
    final = ActorFactory(slug="zoe-harbour")
    merge_actors(survivor=final, merged=merge.survivor, reason="She married.", by="ines")
    for address in ("zoe-quay", "z-pier", "old-zoe", "Q1", "Q2"):
        assert leads_to(reader, address) == "zoe-harbour"


def test_a_merge_taken_back(reader: Reader, merge) -> None:
    undo_merge(merge=merge, reason="Two after all.", by="ines")
    assert reader.one("actors/z-pier/")["wikidata_id"] == "Q2"
    assert leads_to(reader, "old-zoe") == "z-pier"


def test_a_merged_actor_is_listed_under_the_survivors_names_only(reader: Reader, merge) -> None:
    assert [row["slug"] for row in reader.rows("actors/")] == ["zoe-quay"]
    assert [row["slug"] for row in reader.rows("actors/", q="z pier")] == ["zoe-quay"]
    assert reader.one("actors/zoe-quay/")["names"] == ["Z. Pier"]


def test_a_deleted_actors_address_is_gone(reader: Reader) -> None:
    actor = ActorFactory(slug="zoe-pier")
    actor.slug = "zoe-quay"
    actor.save()
    actor.delete()
    for address in ("zoe-quay", "zoe-pier", "ZOE-PIER"):
        problem = reader.problem(410, f"actors/{address}/")
        assert problem["detail"] == f"The actor {address} was deleted; its address is never reused."
    assert reader.rows("actors/") == []


@pytest.mark.parametrize("address", ["nobody", "Q999", "q", "speakers"])
def test_who_never_was_is_not_found(reader: Reader, address: str) -> None:
    ActorFactory(slug="zoe-quay", wikidata_id="Q42")
    assert reader.problem(404, f"actors/{address}/")["detail"] == f"There is no actor {address}."
