"""Articles, outlets and printed links in JSON: every member, in full."""

import datetime

import pytest

from articles.models import Article
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    OutletDomainFactory,
    OutletFactory,
    OutletNameFactory,
    RelatedLinkFactory,
    RelatedListFactory,
)
from tests.reader import Reader, Row, utc

API = "http://127.0.0.1:8000/api/v1"
GAZETTE = {"slug": "the-gazette", "name": "The Gazette"}


@pytest.fixture
def article(db: None) -> Article:
    return ArticleFactory(
        headline="Ferry runs again",
        deck="After a year",
        outlet=OutletFactory(**GAZETTE),
        section="Harbour",
        language="en",
        source_url="https://gazette.example/ferry",
        published_on=datetime.date(2024, 10, 1),
        published_precision="month",
    )


def in_list(article: Article) -> Row:
    article.refresh_from_db()
    return {
        "id": article.pk,
        "uid": str(article.uid),
        "url": f"{API}/articles/{article.uid}/",
        "headline": "Ferry runs again",
        "deck": "After a year",
        "outlet": GAZETTE,
        "section": "Harbour",
        "language": "en",
        "source_url": "https://gazette.example/ferry",
        "published_on": "2024-10-01",
        "published_precision": "month",
        "bylines": [],
        "updated_at": utc(article.updated_at),
        "snippet": None,
    }


def test_article_in_full(reader: Reader, article: Article) -> None:
    expected = in_list(article)
    assert reader.rows("articles/") == [expected]
    detail = reader.one(f"articles/{article.uid}/")
    assert detail == expected | {"captures": [], "related_lists": []}
    assert list(detail) == [*expected, "captures", "related_lists"]


def test_what_is_unknown_is_null(reader: Reader) -> None:
    ArticleFactory()
    (row,) = reader.rows("articles/")
    assert {name for name, value in row.items() if value is None} == {
        "source_url",
        "published_on",
        "published_precision",
        "snippet",
    }
    assert (row["deck"], row["section"], row["language"]) == ("", "", "")


def test_bylines_in_the_order_printed(reader: Reader, article: Article) -> None:
    second = ActorFactory(name="Ada Quay", slug="ada-quay", wikidata_id="Q42")
    BylineFactory(article=article, author=second, position=1, printed_name="A. Quay", note="A diver.")
    BylineFactory(article=article, author=ActorFactory(name="Zoe Pier", slug="zoe-pier"))
    expected = [
        {
            "position": 0,
            "author": {"slug": "zoe-pier", "name": "Zoe Pier", "kind": "person", "wikidata_id": None},
            "printed_name": "",
            "note": "",
        },
        {
            "position": 1,
            "author": {"slug": "ada-quay", "name": "Ada Quay", "kind": "person", "wikidata_id": "Q42"},
            "printed_name": "A. Quay",
            "note": "A diver.",
        },
    ]
    assert reader.rows("articles/")[0]["bylines"] == expected
    assert reader.one(f"articles/{article.uid}/")["bylines"] == expected


def test_captures_are_shown_by_their_hashes_without_the_text(reader: Reader, article: Article) -> None:
    capture = CaptureFactory(
        article=article,
        words="“The ferry runs again,” she said.",
        source_url="https://copies.example/ferry",
        captured_at=datetime.datetime(2024, 11, 2, 8, 30, tzinfo=datetime.UTC),
    )
    page = CaptureFactory(article=article, media_type="text/html", extractor="plain", extractor_version="1.0")
    response = reader.get(f"articles/{article.uid}/")
    assert b"she said" not in response.content
    assert response.json()["captures"] == [
        {
            "sha256": capture.sha256,
            "text_sha256": capture.text_sha256,
            "length": 33,
            "media_type": "text/plain",
            "extractor": None,
            "extractor_version": None,
            "source_url": "https://copies.example/ferry",
            "captured_at": "2024-11-02T08:30:00Z",
        },
        {
            "sha256": page.sha256,
            "text_sha256": page.text_sha256,
            "length": page.length,
            "media_type": "text/html",
            "extractor": "plain",
            "extractor_version": "1.0",
            "source_url": None,
            "captured_at": None,
        },
    ]


def test_related_links_in_full(reader: Reader, article: Article) -> None:
    topics = RelatedListFactory(article=article, title="Topics")
    link = RelatedLinkFactory(
        related_list=topics,
        position=0,
        title="Harbour to be dredged",
        source_url="https://gazette.example/harbour",
        section="Harbour",
        outlet_label="Gazette",
        outlet=article.outlet,
        printed_date="October 2024",
        published_on=datetime.date(2024, 10, 1),
        published_precision="month",
        target=article,
    )
    reference = {
        "uid": str(article.uid),
        "id": article.pk,
        "headline": "Ferry runs again",
        "source_url": "https://gazette.example/ferry",
        "published_on": "2024-10-01",
        "published_precision": "month",
        "outlet": GAZETTE,
    }
    printed = {
        "position": 0,
        "title": "Harbour to be dredged",
        "source_url": "https://gazette.example/harbour",
        "section": "Harbour",
        "outlet_label": "Gazette",
        "outlet": GAZETTE,
        "printed_date": "October 2024",
        "published_on": "2024-10-01",
        "published_precision": "month",
        "target": reference,
    }
    assert reader.one(f"articles/{article.uid}/")["related_lists"] == [
        {"position": 0, "title": "Topics", "links": [printed]}
    ]
    where = {"id": link.pk, "article": reference, "list": {"position": 0, "title": "Topics"}}
    assert reader.rows("related-links/") == [where | printed]


def test_a_link_that_leads_nowhere_known(reader: Reader) -> None:
    RelatedLinkFactory(printed_date="5 days ago")
    (row,) = reader.rows("related-links/")
    assert row["printed_date"] == "5 days ago"
    assert {name for name, value in row.items() if value is None} == {
        *("source_url", "outlet", "published_on", "published_precision", "target")
    }


def test_related_links_in_the_pages_order(reader: Reader, article: Article) -> None:
    more = RelatedListFactory(article=article, position=1)
    topics = RelatedListFactory(article=article, position=0)
    RelatedLinkFactory(title="first of a later page")
    for position, related_list in ((1, more), (1, topics), (0, more), (0, topics)):
        RelatedLinkFactory(
            related_list=related_list, position=position, title=f"{related_list.position}.{position}"
        )
    rows = reader.rows("related-links/", article=article.uid)
    assert [row["title"] for row in rows] == ["0.0", "0.1", "1.0", "1.1"]
    assert [row["title"] for row in reader.rows("related-links/")][4:] == ["first of a later page"]
    lists = reader.one(f"articles/{article.uid}/")["related_lists"]
    assert [[link["title"] for link in each["links"]] for each in lists] == [["0.0", "0.1"], ["1.0", "1.1"]]


def test_outlet_in_full(reader: Reader) -> None:
    outlet = OutletFactory(**GAZETTE, wikidata_id="Q42", text_policy="excerpt")
    OutletDomainFactory(outlet=outlet, domain="gazette.example")
    OutletDomainFactory(outlet=outlet, domain="evening.example")
    OutletNameFactory(outlet=outlet, name="The Evening Gazette")
    outlet.refresh_from_db()
    expected = {
        "uid": str(outlet.uid),
        "url": f"{API}/outlets/the-gazette/",
        "slug": "the-gazette",
        "name": "The Gazette",
        "names": ["The Evening Gazette"],
        "domains": ["gazette.example", "evening.example"],
        "wikidata_id": "Q42",
        "text_policy": "excerpt",
        "updated_at": utc(outlet.updated_at),
    }
    assert reader.rows("outlets/") == [expected]
    assert reader.one("outlets/the-gazette/") == expected


def test_outlets_by_name_without_case_and_accents(reader: Reader) -> None:
    for name in ("The Zeitung", "évening Post", "Gazette"):
        OutletFactory(name=name)
    names = [row["name"] for row in reader.rows("outlets/")]
    assert names == ["évening Post", "Gazette", "The Zeitung"]


@pytest.mark.parametrize("path", ["articles/7/", "statements/7/", "outlets/no-such-gazette/"])
def test_what_is_not_there(reader: Reader, path: str) -> None:
    problem = reader.problem(404, path)
    kind, name = path.rstrip("/").split("/")
    assert problem["detail"] == f"There is no {kind.removesuffix('s')} {name}."
    assert problem["instance"] == f"/api/v1/{path}"
