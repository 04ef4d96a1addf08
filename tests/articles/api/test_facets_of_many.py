"""Facets of more statements than are read: whole where an index has the counts, else of the newest."""

import uuid
from datetime import date
from random import Random
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.api import counting
from articles.models import Statement
from tests.factories import ActorFactory, ArticleFactory, OutletFactory, StatementFactory
from tests.reader import Reader

PATH = "statements/facets/"


def buckets(facet: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["count"] for bucket in facet["buckets"]}


@pytest.fixture
def many(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight statements, of which three are read: the two of 2024 and one of 2023."""
    ada, zoe = ActorFactory(slug="ada"), ActorFactory(slug="zoe")
    gazette, herald = (
        ArticleFactory(outlet=OutletFactory(name=name, slug=name.lower())) for name in ("Gazette", "Herald")
    )
    for speaker, article, kind, day, precision in (
        (ada, gazette, "direct", "2020-05-01", "day"),
        (ada, gazette, "direct", "2021-01-01", "year"),
        (ada, herald, "direct", "2022-05-03", "day"),
        (ada, herald, "partial", "2022-05-04", "day"),
        (zoe, herald, "partial", "2023-05-05", "day"),
        (ada, gazette, "partial", "2024-05-01", "month"),
        (zoe, gazette, "direct", "2024-06-06", "day"),
        (zoe, gazette, "direct", None, ""),
    ):
        said = {"kind": kind, "said_on": day, "said_precision": precision, "text": f"A ferry {day}"}
        StatementFactory(speaker=speaker, article=article, **said)
    monkeypatch.setattr(counting, "NEWEST", 3)


@pytest.mark.parametrize(
    ("by", "filters", "counts"),
    [
        ("speaker", {}, {"ada": 5, "zoe": 3}),
        ("outlet", {}, {"gazette": 5, "herald": 3}),
        ("year", {}, {"2020": 1, "2021": 1, "2022": 2, "2023": 1, "2024": 2}),
        ("outlet", {"speaker": "ada"}, {"gazette": 3, "herald": 2}),
        ("outlet", {"speaker": ["ada", "zoe"]}, {"gazette": 5, "herald": 3}),
        ("speaker", {"speaker": "ada"}, {"ada": 5}),
        ("speaker", {"speaker": "ada", "others": "on"}, {"ada": 5, "zoe": 3}),
        ("year", {"speaker": "ada"}, {"2020": 1, "2021": 1, "2022": 2, "2024": 1}),
        ("year", {"outlet": "gazette"}, {"2020": 1, "2021": 1, "2024": 2}),
        ("year", {"outlet": "gazette", "speaker": "zoe"}, {"2024": 1}),
        ("kind", {}, {"direct": 5, "partial": 3}),
        ("month", {}, {"2020-05": 1, "2022-05": 2, "2023-05": 1, "2024-05": 1, "2024-06": 1}),
        ("kind", {"speaker": "ada"}, {"partial": 2, "direct": 3}),
        ("kind", {"speaker": ["ada", "zoe"]}, {"direct": 5, "partial": 3}),
    ],
)
def test_what_an_index_tells_is_counted_whole(
    reader: Reader, many: None, by: str, filters: dict[str, Any], counts: dict[str, int]
) -> None:
    facet = reader.get(PATH, by=by, **filters).json()[by]
    assert (buckets(facet), facet["complete"]) == (counts, True)
    assert facet["counted"] == sum(counts.values()) + facet.get("undated", 0) + facet.get("less_precise", 0)


@pytest.mark.parametrize(
    ("by", "filters", "counts"),
    [
        ("kind", {"outlet": "gazette"}, {"direct": 2, "partial": 1}),
        ("month", {"outlet": "herald"}, {"2022-05": 2, "2023-05": 1}),
        ("day", {"q": "ferry"}, {"2023-05-05": 1, "2024-06-06": 1}),
        ("speaker", {"outlet": "gazette"}, {"ada": 2, "zoe": 1}),
        ("outlet", {"q": "ferry"}, {"gazette": 2, "herald": 1}),
        ("year", {"q": "ferry"}, {"2023": 1, "2024": 2}),
        ("speaker", {"q": "ferry", "outlet": "gazette"}, {"ada": 2, "zoe": 1}),
        ("outlet", {"speaker": "ada", "date_after": "2021"}, {"gazette": 1, "herald": 2}),
        ("speaker", {"kind": "partial"}, {"ada": 2, "zoe": 1}),
    ],
)
def test_anything_else_is_counted_among_the_newest(
    reader: Reader, many: None, by: str, filters: dict[str, Any], counts: dict[str, int]
) -> None:
    facet = reader.get(PATH, by=by, **filters).json()[by]
    assert (buckets(facet), facet["complete"], facet["counted"]) == (counts, False, 3)


def test_fewer_than_are_read_are_all(reader: Reader, many: None) -> None:
    facet = reader.get(PATH, by="kind", date="2024", q="ferry").json()["kind"]
    assert (buckets(facet), facet["complete"], facet["counted"]) == ({"direct": 1, "partial": 1}, True, 2)


@pytest.fixture
def mixed(db: None) -> None:
    """Statements of every kind, precision and status, in every combination of these that a seed draws."""
    random = Random(15)
    ada, zoe = ActorFactory(slug="ada"), ActorFactory(slug="zoe")
    articles = [ArticleFactory(outlet=OutletFactory(slug=slug)) for slug in ("gazette", "herald")]
    for number in range(50):
        month, year = date(2023, random.choice((1, 2)), 1), date(2023, 1, 1)
        days = {"day": month.replace(day=random.choice((1, 2))), "month": month, "year": year, "": None}
        precision = random.choice(list(days))
        common = {
            "article": random.choice(articles),
            "kind": random.choice(("direct", "direct", "partial", "indirect")),
            "status": "proposed" if number % 11 == 0 else "published",
            "text": f"Ferry {number}",
            "said_on": days[precision],
            "said_precision": precision,
        }
        if number % 5:
            StatementFactory(speaker=random.choice((ada, zoe, None)), **common)
        else:
            joint = uuid.uuid4()
            for speaker in (ada, zoe):
                StatementFactory(speaker=speaker, joint_uid=joint, **common)


def test_an_index_and_the_rows_give_the_same_counts(
    reader: Reader, mixed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    filters: list[dict[str, Any]] = [
        {},
        {"speaker": "ada"},
        {"speaker": ["ada", "zoe"]},
        {"outlet": "herald"},
        {"outlet": "gazette", "speaker": "zoe"},
        {"speaker": "ada", "others": "on"},
        {"kind": "direct", "others": "on"},
    ]
    queries = [{**each, **distinct} for each in filters for distinct in ({}, {"distinct": "joint"})]

    def answers() -> list[Any]:
        return [
            reader.get(PATH, by="speaker,outlet,kind,day,month,year", **query).json() for query in queries
        ]

    by_index = answers()
    monkeypatch.setattr(counting, "INDEXED", 0)
    assert answers() == by_index
    assert by_index[0]["month"]["less_precise"] > 0
    assert len(by_index[0]["kind"]["buckets"]) == 3


def test_nor_is_an_index_of_very_many_counted(
    reader: Reader, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = Statement.objects.order_by("pk").last()
    assert newest is not None
    for indexed, complete in [(newest.pk, True), (newest.pk - 1, False)]:
        monkeypatch.setattr(counting, "INDEXED", indexed)
        assert reader.one(f"{PATH}?by=outlet")["outlet"]["complete"] is complete


def test_waiting_statements_are_not_counted_by_an_index_of_public_ones() -> None:
    assert counting.index_of(("speaker",), ())
    assert not counting.index_of(("speaker",), ("status",))
    assert not counting.index_of(("outlet",), ("article",))  # there is one of what waits
    assert not counting.index_of(("date_basis",), ())


def test_the_newest_are_read_once_for_all_that_is_counted_under_the_same_filters(
    reader: Reader, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = Mock(side_effect=counting.newest_of)
    monkeypatch.setattr(counting, "newest_of", newest)
    reader.get(PATH, by="speaker,outlet,kind,day,month,year", q="ferry")
    assert newest.call_count == 1
    reader.get(PATH, by="outlet,kind,day", q="ferry", outlet="gazette")
    assert newest.call_count == 2
    reader.get(PATH, by="outlet,kind,day", q="ferry", outlet="gazette", others="on")
    assert newest.call_count == 4


@pytest.mark.django_db(transaction=True)
def test_facets_of_everything_are_counted_once_until_something_changes(reader: Reader) -> None:
    said = StatementFactory(text="A ferry")
    StatementFactory(article=said.article, status="proposed")
    path, count = f"{PATH}?by=speaker,outlet,kind,year", "statements/?count=on"
    first = reader.one(path), reader.one(count)
    with CaptureQueriesContext(connection) as queries:
        assert (reader.one(path), reader.one(count)) == first
    assert not [query for query in queries if "articles_statement" in (query["sql"] or "")]
    StatementFactory(article=said.article, speaker=said.speaker)
    assert {facet["counted"] for facet in reader.one(path).values()} == {2}
    assert [reader.one(f"{count}{more}")["count"] for more in ("", "&kind=direct", "&kind=partial")] == [
        2,
        2,
        0,
    ]
