"""A statement in JSON: every member, the same in list and detail."""

import datetime

import pytest

from articles.models import Anchor, Statement
from tests.factories import (
    ActorFactory,
    AnchorFactory,
    ArticleFactory,
    CaptureFactory,
    OutletFactory,
    StatementFactory,
    anchored_statement,
)
from tests.reader import Reader, utc

API = "http://127.0.0.1:8000/api/v1"


@pytest.fixture
def statement(db: None) -> Statement:
    return anchored_statement(
        "The ferry runs again",
        "from Monday",
        matched=True,
        held=False,
        speaker=ActorFactory(name="Ina Quay", slug="ina-quay", wikidata_id="Q42"),
        speaker_label="Harbour master Ina Quay",
        cue="said",
        audience="reporters",
        language="en",
        translated=False,
        said_on=datetime.date(2024, 10, 23),
        said_precision="day",
        said_on_source_url="https://harbour.example/notices/7",
        place="the harbour office",
        article=ArticleFactory(
            headline="Ferry runs again",
            outlet=OutletFactory(name="The Gazette", slug="the-gazette"),
            source_url="https://gazette.example/ferry",
            published_on=datetime.date(2024, 10, 1),
            published_precision="month",
        ),
    )


def test_statement_in_full(reader: Reader, statement: Statement) -> None:
    expected = {
        "id": statement.pk,
        "uid": str(statement.uid),
        "url": f"{API}/statements/{statement.uid}/",
        "kind": "direct",
        "text": "The ferry runs again […] from Monday",
        "speaker": {"slug": "ina-quay", "name": "Ina Quay", "kind": "person", "wikidata_id": "Q42"},
        "speaker_label": "Harbour master Ina Quay",
        "cue": "said",
        "audience": "reporters",
        "language": "en",
        "translated": False,
        "date": "2024-10-23",
        "date_precision": "day",
        "date_basis": "said_on",
        "said_on_source_url": "https://harbour.example/notices/7",
        "place": "the harbour office",
        "joint_uid": None,
        "joint_with": [],
        "article": {
            "uid": str(statement.article.uid),
            "id": statement.article.pk,
            "headline": "Ferry runs again",
            "source_url": "https://gazette.example/ferry",
            "published_on": "2024-10-01",
            "published_precision": "month",
            "outlet": {"slug": "the-gazette", "name": "The Gazette"},
        },
        "anchors": [
            {
                "exact": "The ferry runs again",
                "prefix": "At the quay: “",
                "suffix": "” — “from Monday”.",
                "start": 14,
                "end": 34,
            },
            {
                "exact": "from Monday",
                "prefix": "quay: “The ferry runs again” — “",
                "suffix": "”.",
                "start": 39,
                "end": 50,
            },
        ],
        "capture": {
            "sha256": statement.capture.sha256,
            "text_sha256": statement.capture.text_sha256,
            "source_url": None,
        },
        "text_match": "matched",
        "text_checked_at": utc(statement.text_checked_at),
        "in_latest_capture": None,
        "latest_capture": None,
        "attribution": {
            "by": "curator",
            "extractor": None,
            "extractor_version": None,
            "confidence": None,
            "reviewed": True,
        },
        "claim_reviews": [],
        "status": "published",
        "updated_at": utc(statement.updated_at),
        "snippet": None,
    }
    (row,) = reader.rows("statements/")
    assert row == expected
    assert list(row) == list(expected)
    assert reader.one(f"statements/{statement.uid}/") == expected | {"speaker_roles": [], "proposal": None}


def test_what_is_unknown_is_null_and_what_is_not_printed_is_empty(reader: Reader) -> None:
    statement = StatementFactory(speaker=None)
    row = reader.one(f"statements/{statement.uid}/")
    unknown = {name for name, value in row.items() if value is None}
    assert unknown == {
        *("speaker", "translated", "date", "date_precision", "date_basis"),
        *("said_on_source_url", "joint_uid", "capture", "text_checked_at", "snippet", "proposal"),
        *("in_latest_capture", "latest_capture"),
    }
    assert {name for name, value in row.items() if value in ("", [])} == {
        *("speaker_label", "cue", "audience", "place", "language", "anchors", "speaker_roles", "joint_with"),
        "claim_reviews",
    }
    assert row["text_match"] == "unchecked"
    assert row["article"]["source_url"] is None
    assert (row["article"]["published_on"], row["article"]["published_precision"]) == (None, None)


def test_date_of_publication_stands_in(reader: Reader) -> None:
    article = ArticleFactory(published_on=datetime.date(2024, 11, 1), published_precision="month")
    row = reader.one(f"statements/{StatementFactory(article=article).uid}/")
    assert (row["date"], row["date_precision"], row["date_basis"]) == ("2024-11-01", "month", "published_on")


def test_an_extractor_signs_with_name_version_and_confidence(reader: Reader) -> None:
    statement = StatementFactory(
        attributed_by="extractor",
        extractor="quotes",
        extractor_version="1.2",
        confidence=0.75,
        reviewed=False,
    )
    assert reader.one(f"statements/{statement.uid}/")["attribution"] == {
        "by": "extractor",
        "extractor": "quotes",
        "extractor_version": "1.2",
        "confidence": 0.75,
        "reviewed": False,
    }


def test_anchors_of_a_second_capture_are_not_mixed_in(reader: Reader, statement: Statement) -> None:
    again = CaptureFactory(article=statement.article, words="“The ferry runs again”, “from Monday”")
    AnchorFactory(statement=statement, capture=again, exact="The ferry runs again", start=1)
    AnchorFactory(statement=statement, capture=again, position=1, exact="from Monday", start=25)
    for row in (*reader.rows("statements/"), reader.one(f"statements/{statement.uid}/")):
        assert [anchor["start"] for anchor in row["anchors"]] == [14, 39]
        assert row["capture"]["sha256"] == statement.capture.sha256


def test_anchors_stand_in_the_order_of_the_words(reader: Reader, statement: Statement) -> None:
    first = Anchor.objects.get(statement=statement, position=0)
    first.delete()
    Anchor.objects.bulk_create([first])  # now the younger row
    assert [anchor["start"] for anchor in reader.rows("statements/")[0]["anchors"]] == [14, 39]


def test_each_row_has_its_own_anchors(reader: Reader) -> None:
    made = [anchored_statement(f"Pier {n} is closed", held=False) for n in range(3)]
    rows = reader.rows("statements/")
    assert {row["id"]: [a["exact"] for a in row["anchors"]] for row in rows} == {
        each.pk: [each.text] for each in made
    }
