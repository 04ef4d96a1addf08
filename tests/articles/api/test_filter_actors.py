"""The filters ``speaker`` and ``author``: by address or name, never by guessing."""

from datetime import date
from typing import Any

import pytest

from actors.models import Actor, merge_actors
from articles.services.retraction import retract_statement
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    BylineFactory,
    RoleFactory,
    StatementFactory,
)
from tests.reader import Reader


@pytest.fixture
def zoe(db: None) -> Actor:
    actor = ActorFactory(name="Zoë Ferryman-Quay", slug="zoe-ferryman-quay", wikidata_id="Q42")
    ActorNameFactory(actor=actor, name="Zoe F. Quay")
    ActorNameFactory(actor=actor, name="Зоя Паромщик")
    actor.slug = "zoe-quay"  # the one above goes on leading to her
    actor.save()
    return actor


NAMES_OF_ZOE = [
    "zoe-quay",
    "zoe-ferryman-quay",
    "ZOE-QUAY",
    "Q42",
    "q42",
    "Zoë Ferryman-Quay",
    "zoe ferryman quay",
    "ZOE F QUAY",
    "зоя паромщик",
    "Ferryman",
    "quay zoe",
]


@pytest.mark.parametrize("text", NAMES_OF_ZOE)
def test_a_speaker_is_found_by_any_address_and_name(reader: Reader, zoe: Actor, text: str) -> None:
    statement = StatementFactory(speaker=zoe)
    StatementFactory(speaker=ActorFactory(name="Ada Harbour"))
    StatementFactory(speaker=None)
    assert reader.found("statements/", speaker=text) == [statement.pk]


@pytest.mark.parametrize("text", NAMES_OF_ZOE)
def test_an_author_is_found_likewise(reader: Reader, zoe: Actor, text: str) -> None:
    article = BylineFactory(author=zoe).article
    BylineFactory(article=article, position=1)
    statement = StatementFactory(article=article)
    StatementFactory(article=BylineFactory().article)
    StatementFactory(speaker=zoe)
    assert reader.found("statements/", author=text) == [statement.pk]
    assert reader.found("articles/", author=text) == [article.pk]


def test_who_wrote_it_is_not_who_said_it(reader: Reader, zoe: Actor) -> None:
    StatementFactory(article=BylineFactory(author=zoe).article)
    assert reader.rows("statements/", speaker="zoe-quay") == []


def test_repeated_it_means_or_and_each_row_comes_once(reader: Reader, zoe: Actor) -> None:
    ada = ActorFactory(slug="ada-harbour")
    article = BylineFactory(author=zoe).article
    BylineFactory(article=article, author=ada, position=1)
    mine, hers = StatementFactory(speaker=zoe, article=article), StatementFactory(speaker=ada)
    StatementFactory()
    assert reader.found("statements/", speaker=["zoe-quay", "ada-harbour", "q42"]) == [hers.pk, mine.pk]
    assert reader.found("statements/", author=["zoe-quay", "ada-harbour"]) == [mine.pk]
    assert reader.found("articles/", author=["zoe-quay", "ada-harbour"]) == [article.pk]


def test_a_merged_actor_is_found_as_the_one_it_turned_out_to_be(reader: Reader, zoe: Actor) -> None:
    double = ActorFactory(name="Z. Quay-Double", slug="z-quay-double", wikidata_id="Q77")
    statement = StatementFactory(speaker=double)
    merge_actors(survivor=zoe, merged=double, reason="One and the same.", by="ines")
    for text in ("z-quay-double", "Z. Quay-Double", "Q77", "zoe-quay"):
        assert reader.found("statements/", speaker=text) == [statement.pk], text


def test_an_address_goes_before_a_name(reader: Reader) -> None:
    statement = StatementFactory(speaker=ActorFactory(name="Kim Harbour", slug="kim"))
    ActorFactory(name="Kim", slug="kim-the-diver")
    assert reader.found("statements/", speaker="kim") == [statement.pk]


def test_a_full_name_goes_before_words_of_names(reader: Reader) -> None:
    statement = StatementFactory(speaker=ActorFactory(name="Kim Harbour"))
    ActorFactory(name="Kim Harbour Lee")
    assert reader.found("statements/", speaker="kim harbour") == [statement.pk]


def test_an_ambiguous_name_lists_who_may_be_meant(reader: Reader) -> None:
    port = ActorFactory(kind="organisation", name="Port of Elsewhere")
    yo = ActorFactory(name="Kim Yo", slug="kim-yo")
    RoleFactory(
        actor=yo,
        title="Harbour master",
        organisation=port,
        started_on=date(2020, 1, 1),
        started_precision="day",
    )
    RoleFactory(actor=yo, title="Diver")
    tae = ActorFactory(name="Kim Tae", slug="kim-tae")
    ActorFactory(name="Kimberly Quay")
    StatementFactory.create_batch(2, speaker=tae)
    StatementFactory(speaker=tae, status="proposed")
    retract_statement(statement=StatementFactory(speaker=tae), reason="Misprint.", by="ines")
    BylineFactory(author=yo)
    assert reader.fault("statements/", speaker="kim") == {
        "parameter": "speaker",
        "code": "ambiguous",
        "detail": "speaker=kim may mean more than one actor: give one candidate's slug.",
        "candidates": [
            {"slug": "kim-tae", "name": "Kim Tae", "kind": "person", "roles": [], "statement_count": 2},
            {
                "slug": "kim-yo",
                "name": "Kim Yo",
                "kind": "person",
                "roles": ["Harbour master, Port of Elsewhere", "Diver"],
                "statement_count": 0,
            },
        ],
    }
    fault = reader.fault("articles/", author="kim")
    assert fault["parameter"] == "author"
    assert [(each["slug"], each["article_count"]) for each in fault["candidates"]] == [
        ("kim-tae", 0),
        ("kim-yo", 1),
    ]


def test_a_name_that_two_share_is_ambiguous(reader: Reader) -> None:
    ActorFactory(name="Ada Quay", slug="ada-quay-diver")
    ActorNameFactory(name="ada quay", actor__slug="ada-quay-pilot")
    slugs = [each["slug"] for each in reader.fault("statements/", speaker="Ada Quay")["candidates"]]
    assert sorted(slugs) == ["ada-quay-diver", "ada-quay-pilot"]


def test_candidates_are_ten_at_most(reader: Reader) -> None:
    ActorFactory.create_batch(12, name="Ada Quay")
    assert len(reader.fault("statements/", speaker="ada")["candidates"]) == 10


@pytest.mark.parametrize(
    ("text", "near"),
    [("zoe-qay", ["zoe-quay"]), ("Feryman", ["zoe-quay"]), ("Q4711", []), ("xylophone", []), ("!!!", [])],
)
def test_an_unknown_name_lists_those_near(reader: Reader, zoe: Actor, text: str, near: list[str]) -> None:
    StatementFactory(speaker=zoe)
    ActorFactory(name="Ada Harbour")
    fault = reader.fault("statements/", speaker=text)
    assert (fault["parameter"], fault["code"]) == ("speaker", "unknown")
    assert text in fault["detail"]
    assert [each["slug"] for each in fault["candidates"]] == near


def test_every_unknown_name_is_named_at_once(reader: Reader, zoe: Actor) -> None:
    problem = reader.problem(400, "statements/", speaker=["xylo", "zoe-quay", "phone"], author="nemo")
    faults: list[dict[str, Any]] = problem["errors"]
    assert [(fault["parameter"], fault["code"]) for fault in faults] == [
        *[("speaker", "unknown")] * 2,
        ("author", "unknown"),
    ]
    assert all(word in problem["detail"] for word in ("xylo", "phone", "nemo"))


def test_a_deleted_actors_address_names_nobody(reader: Reader) -> None:
    ActorFactory(slug="gone").delete()
    assert reader.fault("statements/", speaker="gone")["code"] == "unknown"


def test_an_actor_without_statements_is_known_and_has_none(reader: Reader) -> None:
    ActorFactory(slug="silent-ada")
    ArticleFactory()
    assert reader.rows("statements/", speaker="silent-ada") == []
    assert reader.rows("articles/", author="silent-ada") == []


@pytest.mark.parametrize(("words", "found"), [("Dr. Zoë Quay", "zoe-quay"), ("li xiao long", "li-xiao-long")])
def test_speakers_are_searched_without_titles_and_in_latin_letters(
    reader: Reader, zoe: Actor, words: str, found: str
) -> None:
    for speaker in (zoe, ActorFactory(name="李小龙", slug="li-xiao-long")):
        StatementFactory(speaker=speaker)
    assert [row["slug"] for row in reader.rows("speakers/", q=words)] == [found]
