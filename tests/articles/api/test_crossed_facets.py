"""Facets as tables: every value of one, or every pair of two that are crossed, in pages and as CSV."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import unwrap
from typing import Any
from unittest.mock import ANY

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from actors.models import Actor
from articles.api import crossing
from articles.api.counting import index_of
from articles.api.crosstab import Crosstab
from articles.api.serializers.facets import PAIRS
from tests.factories import ActorFactory, StatementFactory
from tests.reader import Reader, Row

PATH = "statements/facets/"


@pytest.fixture
def said(dated: None) -> None:
    """The statements of ``dated``, but a spreadsheet takes the name of one speaker for a formula."""
    zoe = Actor.objects.get(slug="zoe")
    zoe.name = "=Zoe"
    zoe.save()


def flat(row: Row) -> tuple[Any, ...]:
    return tuple(value["slug"] if isinstance(value, dict) else value for value in row.values())


def table(reader: Reader, by: str, **parameters: Any) -> set[tuple[Any, ...]]:
    return {flat(row) for row in reader.rows(PATH, by=by, **parameters)}


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        (
            "speaker*month",
            {("ada", "2024-10", 3), ("zoe", None, 1), ("zoe", "1969-07", 1), (None, None, 1)},
        ),
        (
            "day*outlet",
            {("2024-10-23", "gazette", 2), (None, "herald", 2), ("1969-07-20", "gazette", 1)}
            | {(None, "gazette", 1)},
        ),
        (
            "kind*year",
            {("direct", "2024", 2), ("partial", "2024", 1), ("direct", "2023", 1)}
            | {("direct", "1969", 1), ("indirect", None, 1)},
        ),
        (
            "outlet*kind",
            {("gazette", "direct", 2), ("gazette", "partial", 1), ("gazette", "indirect", 1)}
            | {("herald", "direct", 2)},
        ),
        (
            "outlet*speaker",
            {("gazette", "ada", 2), ("herald", "ada", 1), ("herald", "zoe", 1)}
            | {("gazette", "zoe", 1), ("gazette", None, 1)},
        ),
    ],
)
def test_every_pair_is_counted(reader: Reader, said: None, by: str, rows: set[tuple[Any, ...]]) -> None:
    assert table(reader, by) == rows
    assert sum(row[-1] for row in rows) == 6


def test_a_row_shows_records_as_statements_do(reader: Reader, said: None) -> None:
    page = reader.one(f"{PATH}?by=speaker*month&limit=1")
    assert page == {
        "next": ANY,
        "results": [
            {
                "speaker": reader.rows("statements/", speaker="ada")[0]["speaker"],
                "month": "2024-10",
                "count": 3,
            }
        ],
        "complete": True,
    }


def test_one_facet_is_a_table_where_a_limit_is_given(reader: Reader, said: None) -> None:
    assert table(reader, "day", limit=100) == {("2024-10-23", 2), ("1969-07-20", 1), (None, 3)}
    assert table(reader, "speaker", limit=100, q="ferry") == {("ada", 2), ("zoe", 1), (None, 1)}


@pytest.mark.parametrize("by", ["speaker*day", "kind*month", "outlet*speaker", "day"])
def test_pages_have_each_row_once_and_the_most_frequent_first(reader: Reader, said: None, by: str) -> None:
    pages = reader.pages(PATH, by=by, limit=1)
    rows = [flat(row) for page in pages for row in page]
    assert len(rows) == len(set(rows)) == len(pages)
    assert set(rows) == table(reader, by, limit=100)
    assert [row[-1] for row in rows] == sorted((row[-1] for row in rows), reverse=True)


def test_it_is_counted_under_all_filters(reader: Reader, said: None) -> None:
    assert table(reader, "speaker*kind", outlet="gazette", date="2024") == {
        ("ada", "direct", 1),
        ("ada", "partial", 1),
    }
    assert table(reader, "speaker*kind", q="dock -ferry") == {("ada", "direct", 1), ("zoe", "direct", 1)}
    assert table(reader, "speaker*kind", q="pier") == set()


def test_csv_has_every_row(reader: Reader, said: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossing, "CHUNK", 2)
    response = reader.get(PATH, by="speaker*month", format="csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="statements-by-speaker-by-month.csv"'
    assert response["Counts-Complete"] == "true"
    rows = list(csv.reader(io.StringIO(response.getvalue().decode(), newline="")))
    assert rows[0] == [
        "speaker.slug",
        "speaker.name",
        "speaker.kind",
        "speaker.wikidata_id",
        "month",
        "count",
    ]
    assert rows[1] == ["ada", "Ada Pier", "person", "", "2024-10", "3"]
    assert sorted((row[0], row[4], row[5]) for row in rows[2:]) == [
        ("", "", "1"),
        ("zoe", "", "1"),
        ("zoe", "1969-07", "1"),
    ]
    safe = reader.get(PATH, by="speaker", format="csv", spreadsheet="safe").getvalue()
    assert safe.startswith(b"\xef\xbb\xbfspeaker.slug")
    assert b",'=Zoe," in safe


def test_csv_is_not_sent_again_while_nothing_changes(reader: Reader, said: None) -> None:
    tag = reader.get(PATH, by="kind", format="csv")["ETag"]
    again = reader.client.get(f"/api/v1/{PATH}?by=kind&format=csv", headers={"If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("by", "filters", "complete"),
    [
        ("speaker*day", {}, True),
        ("kind*month", {}, True),
        ("outlet*month", {"speaker": "ada"}, True),
        ("outlet*month", {"kind": "direct"}, False),
        ("speaker*month", {"outlet": "gazette"}, False),
        ("speaker*month", {"distinct": "words"}, False),
    ],
)
def test_what_no_index_has_is_counted_among_the_newest(
    reader: Reader,
    said: None,
    monkeypatch: pytest.MonkeyPatch,
    by: str,
    filters: dict[str, str],
    complete: bool,
) -> None:
    monkeypatch.setattr(crossing, "NEWEST", 1)
    page = reader.get(PATH, by=by, **filters).json()
    assert page["complete"] is complete
    assert (sum(row["count"] for row in page["results"]) == 1) is not complete
    monkeypatch.setattr(crossing, "INDEXED", 1)
    assert reader.get(PATH, by=by, **filters).json()["complete"] is False


def test_the_same_words_of_a_speaker_are_counted_once(reader: Reader) -> None:
    ada, bo = ActorFactory(slug="ada"), ActorFactory(slug="bo")
    for speaker, text in (
        (ada, "The ferry"),
        (ada, "the ferry!"),
        (ada, "A dock"),
        (bo, "The ferry"),
        (None, "…"),
    ):
        StatementFactory(speaker=speaker, text=text, said_on="2024-01-01", said_precision="day")
    assert table(reader, "speaker*year") == {("ada", "2024", 3), ("bo", "2024", 1), (None, "2024", 1)}
    assert table(reader, "speaker*year", distinct="words") == {
        ("ada", "2024", 2),
        ("bo", "2024", 1),
        (None, "2024", 1),
    }
    assert table(reader, "year", distinct="words", limit=9) == {("2024", 4)}


@pytest.mark.parametrize(
    ("parameters", "parameter", "code"),
    [
        ({"by": "speaker*speaker"}, "by", "invalid"),
        ({"by": "day*month"}, "by", "invalid"),
        ({"by": "speaker*month*kind"}, "by", "invalid"),
        ({"by": "speaker*"}, "by", "invalid"),
        ({"by": "speaker*author"}, "by", "invalid"),
        ({"by": "speaker*month,kind"}, "by", "invalid"),
        ({"by": "speaker,kind", "limit": "1"}, "by", "conflict"),
        ({"by": "speaker,kind", "format": "csv"}, "by", "conflict"),
        ({"by": "speaker*kind", "others": "on"}, "others", "conflict"),
        ({"by": "speaker*kind", "limit": "0"}, "limit", "out_of_range"),
        ({"by": "speaker*kind", "cursor": "1"}, "cursor", "invalid"),
        ({"by": "speaker*kind", "format": "csv", "limit": "9"}, "limit", "conflict"),
        ({"by": "speaker*kind", "spreadsheet": "safe"}, "spreadsheet", "conflict"),
        ({"by": "speaker*kind", "fields": "count"}, "fields", "unknown"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    reader: Reader, parameters: dict[str, Any], parameter: str, code: str
) -> None:
    fault = reader.fault(PATH, **parameters)
    assert (fault["parameter"], fault["code"]) == (parameter, code)


def test_a_cursor_belongs_to_its_table(reader: Reader, said: None) -> None:
    after = reader.one(f"{PATH}?by=speaker*day&limit=1")["next"].partition("cursor=")[2]
    assert reader.fault(PATH, by="speaker*month", cursor=after)["code"] == "other_list"


@pytest.mark.django_db(transaction=True)
def test_pages_and_csv_of_one_version_are_counted_once(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[tuple[str, ...]] = []

    class Counted(Crosstab):
        def __init__(self, statements: Any, names: tuple[str, ...], *given: Any, **more: Any) -> None:
            counted.append(names)
            super().__init__(statements, names, *given, **more)

    monkeypatch.setattr(crossing, "Crosstab", Counted)
    monkeypatch.setattr(crossing, "CHUNK", 1)
    for slug in ("ada", "bo", "cy"):
        StatementFactory(speaker=ActorFactory(slug=slug), said_on="2024-01-01", said_precision="day")
    assert len(list(reader.pages(PATH, by="speaker*month", limit=1))) == 3
    assert reader.get(PATH, by="speaker*month", format="csv").getvalue().count(b",2024-01,1") == 3
    assert counted == [("speaker", "month")]
    StatementFactory(speaker=Actor.objects.get(slug="bo"), said_on="2024-01-01", said_precision="day")
    assert flat(reader.rows(PATH, by="speaker*month")[0]) == ("bo", "2024-01", 2)
    assert len(counted) == 2


@pytest.mark.django_db(transaction=True)
def test_a_table_of_everything_is_read_from_indexes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    StatementFactory(said_on="2024-01-01", said_precision="year")
    plans: list[str] = []

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            explaining = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            execute(f"{explaining} {sql}", params, many, context)
            plans.append(" ".join(str(row) for row in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    # Cursors whose values appear in no log are not explained either.
    monkeypatch.setattr(connections[DEFAULT_DB_ALIAS], "bound_cursor", connection.cursor)
    only = "USING INDEX articles_statement_by_" if connection.vendor == "sqlite" else "Index Only Scan"
    with planned_as_if_large(), connection.execute_wrapper(explain):
        for pair in PAIRS:
            names = tuple(pair.split("*"))
            index = index_of({column for name in names for column in crossing.columns_of(name)}, ())
            assert index is not None
            plans.clear()
            unwrap(crossing._count_all)(names, index)
            assert plans
            assert [plan for plan in plans if only not in plan] == [], pair


@contextmanager
def planned_as_if_large() -> Iterator[None]:
    """PostgreSQL reads few rows from end to end, and an index alone only where it was vacuumed.

    Earlier tests leave indexes of different sizes, by which it would choose.
    """
    if connection.vendor == "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("REINDEX TABLE articles_statement")
        cursor.execute("VACUUM articles_statement")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        yield
