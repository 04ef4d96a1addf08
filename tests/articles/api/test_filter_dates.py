"""Filters by date: what is known by month or year is found by every day it may be of."""

from datetime import date

import pytest

from tests.factories import ArticleFactory, RelatedLinkFactory, StatementFactory
from tests.reader import Reader

FEBRUARY_2024 = (date(2024, 2, 1), "month")
THAT_YEAR = (date(2024, 1, 1), "year")
THAT_DAY = (date(2024, 10, 23), "day")

OVERLAPS = [
    (THAT_DAY, {"date": "2024-10-23"}, True),
    (THAT_DAY, {"date": "2024-10-22"}, False),
    (THAT_DAY, {"date": "2024-10-24"}, False),
    (THAT_DAY, {"date": "2024-10"}, True),
    (THAT_DAY, {"date": "2024-09"}, False),
    (THAT_DAY, {"date": "2024"}, True),
    (THAT_DAY, {"date": "2023"}, False),
    (FEBRUARY_2024, {"date": "2024-02-29"}, True),
    (FEBRUARY_2024, {"date": "2024-03-01"}, False),
    (FEBRUARY_2024, {"date": "2024-01-31"}, False),
    (FEBRUARY_2024, {"date": "2024-02"}, True),
    (THAT_YEAR, {"date": "2024-12-31"}, True),
    (THAT_YEAR, {"date": "2025-01-01"}, False),
    (THAT_DAY, {"date_after": "2024-10-23"}, True),
    (THAT_DAY, {"date_after": "2024-10-24"}, False),
    (THAT_DAY, {"date_after": "2024-10"}, True),
    (THAT_DAY, {"date_after": "2024-11"}, False),
    (FEBRUARY_2024, {"date_after": "2024-02-29"}, True),
    (FEBRUARY_2024, {"date_after": "2024-03"}, False),
    (THAT_YEAR, {"date_after": "2024-12-31"}, True),
    (THAT_YEAR, {"date_after": "2025"}, False),
    (THAT_DAY, {"date_before": "2024-10-23"}, True),
    (THAT_DAY, {"date_before": "2024-10-22"}, False),
    (THAT_DAY, {"date_before": "2024-10"}, True),
    (THAT_DAY, {"date_before": "2024"}, True),
    (THAT_DAY, {"date_before": "2023"}, False),
    (FEBRUARY_2024, {"date_before": "2024-02-01"}, True),
    (FEBRUARY_2024, {"date_before": "2024-01-31"}, False),
    (THAT_YEAR, {"date_before": "2024-01-01"}, True),
    (THAT_YEAR, {"date_before": "2023-12-31"}, False),
    (THAT_DAY, {"date_after": "2024-10-20", "date_before": "2024-10-31"}, True),
    (THAT_DAY, {"date_after": "2024-10-24", "date_before": "2024-10-31"}, False),
    (THAT_DAY, {"date": "2024", "date_after": "2024-10-23"}, True),
    (THAT_DAY, {"date": "2024", "date_before": "2024-10-22"}, False),
    (FEBRUARY_2024, {"date_after": "2024-02-10", "date_before": "2024-02-20"}, True),
    (THAT_DAY, {"date_after": "1000", "date_before": "9998"}, True),
    ((date(1000, 1, 1), "year"), {"date_before": "1000-01-01"}, True),
    ((date(9998, 1, 1), "year"), {"date_after": "9998-12-31"}, True),
]


@pytest.mark.parametrize(("dated", "asked", "found"), OVERLAPS)
def test_statements_articles_and_links_match_by_overlap(
    reader: Reader, dated: tuple[date, str], asked: dict[str, str], found: bool
) -> None:
    day, precision = dated
    statement = StatementFactory(said_on=day, said_precision=precision)
    article = ArticleFactory(published_on=day, published_precision=precision)
    link = RelatedLinkFactory(published_on=day, published_precision=precision, related_list__article=article)
    assert reader.found("statements/", **asked) == [statement.pk] * found
    assert reader.found("articles/", **asked) == [article.pk] * found
    assert reader.found("related-links/", **asked) == [link.pk] * found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["dated", "undated"]),
        ({"undated": "include"}, ["dated", "undated"]),
        ({"undated": "exclude"}, ["dated"]),
        ({"undated": "only"}, ["undated"]),
        ({"date": "2024"}, ["dated"]),
        ({"date": "2024", "undated": "exclude"}, ["dated"]),
        ({"date": "2024", "undated": "include"}, ["dated", "undated"]),
        ({"date": "2023", "undated": "include"}, ["undated"]),
        ({"date_before": "2024"}, ["dated"]),
        ({"date_after": "2025", "undated": "include"}, ["undated"]),
    ],
)
def test_undated(reader: Reader, asked: dict[str, str], found: list[str]) -> None:
    names = {}
    for path, undated, dated in (
        (
            "statements/",
            StatementFactory(article__headline="The article"),
            StatementFactory(said_on=date(2024, 10, 23), said_precision="day"),
        ),
        ("articles/", ArticleFactory(), ArticleFactory(published_on=THAT_DAY[0], published_precision="day")),
    ):
        names[path] = {dated.pk: "dated", undated.pk: "undated"}
    for path, kinds in names.items():
        rows = [kinds[pk] for pk in reader.found(path, **asked) if pk in kinds]
        assert rows == found, path


def test_undated_links(reader: Reader) -> None:
    dated = RelatedLinkFactory(published_on=date(2024, 10, 23), published_precision="day")
    undated = RelatedLinkFactory(printed_date="5 days ago")
    assert reader.found("related-links/", date="2024") == [dated.pk]
    assert reader.found("related-links/", date="2024", undated="include") == [dated.pk, undated.pk]
    assert reader.found("related-links/", undated="only") == [undated.pk]


def test_only_what_was_said_counts_where_it_is_known(reader: Reader) -> None:
    article = ArticleFactory(published_on=date(2024, 10, 30), published_precision="day")
    said = StatementFactory(article=article, said_on=date(2024, 10, 23), said_precision="day")
    printed = StatementFactory(article=article)
    undated = StatementFactory()
    assert reader.found("statements/") == [printed.pk, said.pk, undated.pk]
    assert reader.found("statements/", date="2024-10-30") == [printed.pk]
    assert reader.found("statements/", date="2024-10-23") == [said.pk]
    assert reader.found("statements/", date_basis="said_on") == [said.pk]
    assert reader.found("statements/", date_basis="published_on") == [printed.pk]
    assert reader.found("statements/", date_basis="said_on", date="2024-10-30") == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        *((written, "invalid") for written in ("23.10.2024", "0999", "9999", "2024-1", "now", "20241023")),
        ("2024-13", "no_such_date"),
        ("2024-02-30", "no_such_date"),
    ],
)
@pytest.mark.parametrize("parameter", ["date", "date_after", "date_before"])
def test_what_is_no_date(reader: Reader, parameter: str, value: str, code: str) -> None:
    for path in ("statements/", "articles/", "related-links/"):
        fault = reader.fault(path, **{parameter: value})
        assert (fault["parameter"], fault["code"]) == (parameter, code)
        assert value in fault["detail"]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"date_after": "2024-11", "date_before": "2024-10"}, "date_before"),
        ({"date": "2024-10", "date_after": "2024-11"}, "date_after"),
        ({"undated": "only", "date": "2024"}, "undated"),
    ],
)
def test_dates_that_exclude_each_other(reader: Reader, asked: dict[str, str], parameter: str) -> None:
    fault = reader.fault("statements/", **asked)
    assert (fault["parameter"], fault["code"]) == (parameter, "conflict")
