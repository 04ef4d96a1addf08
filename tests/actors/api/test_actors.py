"""People and organisations in JSON, and finding them by any name."""

from datetime import date

import pytest

from actors.models import Actor
from tests.factories import ActorFactory, ActorNameFactory, RoleFactory
from tests.reader import Reader, utc

API = "http://127.0.0.1:8000/api/v1"


@pytest.fixture
def zoe(db: None) -> Actor:
    actor = ActorFactory(name="Zoë Ferryman-Quay", slug="zoe-quay", wikidata_id="Q42")
    ActorNameFactory(actor=actor, name="Z. F. Quay")
    ActorNameFactory(actor=actor, name="Зоя")
    return actor


def test_actor_in_full(reader: Reader, zoe: Actor) -> None:
    port = ActorFactory(kind="organisation", name="Port of Elsewhere", slug="port-of-elsewhere")
    RoleFactory(
        actor=zoe,
        title="Harbour master",
        organisation=port,
        started_on=date(2021, 3, 1),
        started_precision="month",
    )
    RoleFactory(actor=zoe, title="Diver", ended_on=date(2019, 1, 1), ended_precision="year")
    zoe.refresh_from_db()
    expected = {
        "uid": str(zoe.uid),
        "url": f"{API}/actors/zoe-quay/",
        "slug": "zoe-quay",
        "kind": "person",
        "name": "Zoë Ferryman-Quay",
        "names": ["Z. F. Quay", "Зоя"],
        "wikidata_id": "Q42",
        "roles": [
            {
                "title": "Harbour master",
                "organisation": {"slug": "port-of-elsewhere", "name": "Port of Elsewhere"},
                "started_on": "2021-03-01",
                "started_precision": "month",
                "ended_on": None,
                "ended_precision": None,
            },
            {
                "title": "Diver",
                "organisation": None,
                "started_on": None,
                "started_precision": None,
                "ended_on": "2019-01-01",
                "ended_precision": "year",
            },
        ],
        "updated_at": utc(zoe.updated_at),
    }
    assert reader.one("actors/zoe-quay/") == expected
    port_row, zoe_row = reader.rows("actors/")
    assert zoe_row == expected
    assert list(zoe_row) == list(expected)
    assert (port_row["kind"], port_row["wikidata_id"], port_row["names"]) == ("organisation", None, [])


def test_actors_by_name_without_case_and_accents(reader: Reader) -> None:
    for name in ("Zoe", "élan", "ada", "Émile", "Åke", "ada quay", "Ада"):
        ActorFactory(name=name)
    names = [row["name"] for row in reader.rows("actors/")]
    assert names == ["ada", "ada quay", "Åke", "élan", "Émile", "Zoe", "Ада"]


@pytest.mark.parametrize(
    "words",
    [
        *("zoe", "ZOË", "quay", "ferryman quay", "quay ferryman", "Ferryman-Quay", "зоя", "z quay"),
        "“Quay, Zoë”",
    ],
)
def test_words_of_any_name_find_an_actor(reader: Reader, zoe: Actor, words: str) -> None:
    ActorFactory(name="Ada Harbour")
    assert [row["slug"] for row in reader.rows("actors/", q=words)] == ["zoe-quay"]


@pytest.mark.parametrize(("words", "found"), [("Dr. Zoë Quay", "zoe-quay"), ("li xiao long", "li-xiao-long")])
def test_titles_and_latin_letters_find_an_actor(reader: Reader, zoe: Actor, words: str, found: str) -> None:
    ActorFactory(name="李小龙", slug="li-xiao-long")
    assert [row["slug"] for row in reader.rows("actors/", q=words)] == [found]


@pytest.mark.parametrize("words", ["ferry", "zoe harbour", "зоя quay", "%", "_", "zo_", "ferry%", "…"])
def test_parts_of_words_and_words_of_several_names_do_not(reader: Reader, zoe: Actor, words: str) -> None:
    ActorFactory(name="Ada Harbour")
    assert reader.rows("actors/", q=words) == []


def test_one_word_may_find_several(reader: Reader, zoe: Actor) -> None:
    ActorNameFactory(actor=zoe, name="Quay, Z.")
    ActorFactory(name="Ada Quay", slug="ada-quay")
    assert [row["slug"] for row in reader.rows("actors/", q="quay")] == ["ada-quay", "zoe-quay"]


def test_kind(reader: Reader, zoe: Actor) -> None:
    ActorFactory(kind="organisation", slug="port-of-elsewhere", name="Port of Quay")
    assert [row["slug"] for row in reader.rows("actors/", kind="organisation")] == ["port-of-elsewhere"]
    assert [row["slug"] for row in reader.rows("actors/", kind="person", q="quay")] == ["zoe-quay"]
    fault = reader.fault("actors/", kind="ship")
    assert (fault["parameter"], fault["allowed"]) == ("kind", ["person", "organisation"])


@pytest.mark.parametrize("path", ["speakers/", "authors/"])
def test_who_never_spoke_and_never_wrote_is_an_actor_only(reader: Reader, zoe: Actor, path: str) -> None:
    assert len(reader.rows("actors/")) == 1
    assert reader.rows(path) == []
