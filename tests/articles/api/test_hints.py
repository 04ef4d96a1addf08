"""What a search that finds nothing may have meant."""

from typing import Any

import pytest

from articles.services.retraction import retract_statement
from tests.articles.pages.reading import Page
from tests.factories import ActorFactory, StatementFactory
from tests.reader import Reader

WORDS = "It will have impacts, not only in the harbour but in the whole town"


@pytest.fixture(autouse=True)
def statement(db: None) -> Any:
    ada = ActorFactory(name="Ada Pier", slug="ada")
    StatementFactory(speaker=ada, text="The ferry runs")
    return StatementFactory(speaker=ada, text=WORDS)


def hints(reader: Reader, **parameters: str) -> tuple[list[str], list[str]]:
    found = reader.get("statements/", **parameters).json()
    assert found["results"] == []
    statements = [row["uid"] for row in found["hints"]["statements"]]
    return [row["slug"] for row in found["hints"]["speakers"]], statements


def test_statements_of_nearly_these_words(reader: Reader, statement: Any) -> None:
    words, uid = "It will have an impact not only in the harbour", str(statement.uid)
    for searched in (f'"{words}"', words, f"{words} -town"):
        assert hints(reader, q=searched) == ([], [uid])
    found = reader.get("statements/", q=words).json()["hints"]["statements"]
    (row,) = reader.rows("statements/", q="impacts")
    assert found == [row | {"snippet": None}]


def test_speakers_whom_the_words_name(reader: Reader) -> None:
    ActorFactory(name="Ada Dock", slug="silent")
    assert hints(reader, q="ada ferries") == (["ada"], [])
    assert hints(reader, q="nobody at all here") == ([], [])


def test_what_is_no_longer_public_is_no_hint(reader: Reader, statement: Any) -> None:
    retract_statement(statement=statement, reason="Misattributed.", by="ines")
    assert hints(reader, q="It will have an impact not only in the harbour") == ([], [])


@pytest.mark.parametrize(
    "parameters", [{"q": "ferry"}, {"speaker": "ada", "kind": "indirect"}, {"q": "xyzzy", "count": "on"}]
)
def test_only_a_search_that_finds_nothing_has_hints(reader: Reader, parameters: dict[str, str]) -> None:
    assert ("hints" in reader.get("statements/", **parameters).json()) is ("count" in parameters)


def test_articles_have_none(reader: Reader) -> None:
    assert "hints" not in reader.get("articles/", q="xyzzy").json()


def test_the_page_shows_them(reader: Reader, statement: Any) -> None:
    response = reader.client.get("/statements/", {"q": "It will have an impact not only in the harbour"})
    assert "Nearly these words" in response.content.decode()
    assert f"/statements/{statement.uid}/" in response.content.decode()
    assert "Nearly these words" not in reader.client.get("/statements/?q=xyzzy").content.decode()


def test_the_page_offers_the_same_speakers_and_none_that_the_search_excludes(reader: Reader) -> None:
    bob = ActorFactory(name="Bob Pier", slug="bob")
    StatementFactory(speaker=bob, text="It hums")
    row = reader.get("statements/", q="pier ferries xyzzy").json()["hints"]["speakers"][0]
    assert row == reader.rows("speakers/", q="ada")[0]
    for searched in ("pier ferries xyzzy", "pier"):  # without a result and with one
        StatementFactory(text="It is at the pier")
        page = Page(reader.client.get("/statements/", {"q": searched}).content.decode())
        offered = [name for name in page.links if name in ("Ada Pier", "Bob Pier")]
        assert offered == ["Ada Pier", "Bob Pier"]  # who has more statements is first
    page = Page(reader.client.get("/statements/?q=ferry+-pier").content.decode())
    assert "Do you mean" not in page.text
