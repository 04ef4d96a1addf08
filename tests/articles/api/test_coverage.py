"""What an empty list says of the dataset."""

import pytest

from articles.models import Statement
from tests.factories import ActorFactory, ArticleFactory, OutletFactory, StatementFactory, erase
from tests.reader import Reader

NOTHING = {"statements": 0, "first_date": None, "last_date": None}


@pytest.fixture(autouse=True)
def covered(db: None) -> None:
    """Ada is quoted in the Gazette, in 2023 and some time in 2024; Zoe nowhere in public."""
    ada, zoe = ActorFactory(name="Ada Pier", slug="ada"), ActorFactory(name="Zoe Quay", slug="zoe")
    gazette = ArticleFactory(outlet=OutletFactory(name="Gazette", slug="gazette"))
    OutletFactory(name="Herald", slug="herald")
    for text, day, precision in (
        ("The ferry", "2023-05-04", "day"),
        ("A ferry", "2024-01-01", "year"),
        ("No ferry", None, ""),
    ):
        StatementFactory(speaker=ada, article=gazette, said_on=day, said_precision=precision, text=text)
    StatementFactory(speaker=zoe, article=gazette, status="proposed")
    StatementFactory(article=gazette, speaker=None, said_on="2020-02-03", said_precision="day")


def test_of_a_speaker(reader: Reader) -> None:
    ada = {"slug": "ada", "name": "Ada Pier"}
    extent = {"statements": 3, "first_date": "2023-05-04", "last_date": "2024-12-31"}
    assert reader.one("statements/?q=dock&speaker=ada") == {
        "next": None,
        "results": [],
        "coverage": {"speakers": [ada | extent], "outlets": [], "together": None},
        "hints": {"speakers": [], "statements": []},
    }


def test_of_speakers_and_outlets_in_the_order_asked(reader: Reader) -> None:
    path = "statements/?q=dock&speaker=zoe&speaker=ada&outlet=herald&outlet=gazette&ordering=relevance"
    coverage = reader.one(path)["coverage"]
    assert [(each["slug"], each["statements"]) for each in coverage["speakers"]] == [("zoe", 0), ("ada", 3)]
    assert coverage["speakers"][0] == {"slug": "zoe", "name": "Zoe Quay", **NOTHING}
    assert coverage["outlets"] == [
        {"slug": "herald", "name": "Herald", **NOTHING},
        {
            "slug": "gazette",
            "name": "Gazette",
            "statements": 4,
            "first_date": "2020-02-03",
            "last_date": "2024-12-31",
        },
    ]
    assert coverage["together"] == {"statements": 3, "first_date": "2023-05-04", "last_date": "2024-12-31"}
    assert reader.one("statements/?speaker=ada&outlet=herald")["coverage"]["together"] == NOTHING


@pytest.mark.parametrize(
    "query", ["", "?q=dock", "?speaker=ada", "?speaker=ada&q=ferry&limit=1", "?date=1999"]
)
def test_is_null_where_something_is_found_or_nobody_named(reader: Reader, query: str) -> None:
    assert reader.one(f"statements/{query}")["coverage"] is None


def test_is_null_behind_the_last_page(reader: Reader) -> None:
    first = reader.one("statements/?speaker=ada&limit=2")
    path = first["next"].partition("/api/v1/")[2]
    erase(Statement.objects.filter(date=None))
    page = reader.one(path)
    assert (page["results"], page["coverage"]) == ([], None)
