"""A snapshot holds a record whole, and is the same to the letter on every store."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.db import connection

from articles.models import Article, Statement
from newsdb.models import Change
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AnchorFactory,
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    ClaimReviewFactory,
    OutletDomainFactory,
    OutletFactory,
    OutletNameFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    RoleFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

UID = "e5f7a9a2-40a4-4a5c-8d5c-0d8f2b2f7c11"
ARTICLE_UID = "0d8f2b2f-40a4-4a5c-8d5c-e5f7a9a27c11"
#: All that JSON has to escape, and all that it need not.
TEXT = 'A "quoted" \\ back/slash,\ttab,\r\nlines, é e\u0301 김 🛳️ \x01\x1f\x7f\u2028 <b>&amp;</b> NULL'
HASHES = {"sha256": "a" * 64, "text_sha256": "b" * 64}


def snapshot(record: Any) -> dict[str, Any]:
    connection.check_constraints()
    return Change.objects.of(record).first().snapshot


def assert_same(said: Any, expected: Any) -> None:
    """To the letter: 1 is not 1.0, and true is not 1."""
    assert json.dumps(said, sort_keys=True, indent=1) == json.dumps(expected, sort_keys=True, indent=1)


@pytest.fixture
def article(db: None) -> Article:
    return ArticleFactory(
        uid=uuid.UUID(ARTICLE_UID),
        headline="Ferry runs",
        outlet=OutletFactory(slug="the-gazette", name="The Gazette"),
        source_url="https://gazette.example/ferry",
        published_on=datetime.date(2024, 10, 1),
        published_precision="month",
    )


SHOWN_OUTLET = {"slug": "the-gazette", "name": "The Gazette"}
SHOWN_ARTICLE = {
    "uid": ARTICLE_UID,
    "headline": "Ferry runs",
    "source_url": "https://gazette.example/ferry",
    "published_on": "2024-10-01",
    "published_precision": "month",
    "outlet": SHOWN_OUTLET,
}
SHOWN_ACTOR = {"slug": "ada", "name": "Ada", "kind": "person", "wikidata_id": None}
SHOWN_CAPTURE = {**HASHES, "source_url": "", "captured_at": None}


def test_a_statement_with_every_fact(article: Article) -> None:
    statement = StatementFactory(
        uid=uuid.UUID(UID),
        article=article,
        speaker=ActorFactory(slug="ada", name="Ada"),
        speaker_label="“Ada”",
        kind="partial",
        text=TEXT,
        cue="said",
        audience="parliament",
        language="en",
        translated=True,
        said_on=datetime.date(2024, 10, 23),
        said_precision="day",
        said_on_source_url="https://a.example/?a=1&b=2",
        place="Kyiv",
        status="retracted",
        retracted_at=datetime.datetime(2026, 1, 2, 3, 4, 5, 678000, datetime.UTC),
        retraction_reason="Made up.",
        attributed_by="extractor",
        extractor="marks",
        extractor_version="1.0",
        confidence=0.1 + 0.2,
        reviewed=False,
    )
    checked = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=9)))
    capture = CaptureFactory(article=article, held=False, **HASHES)
    AnchorFactory(statement=statement, capture=capture, exact=TEXT, match="matched", checked_at=checked)
    review = {
        "source_url": "https://checks.example/ferry",
        "publisher": "Checks “A”",
        "rating": "½ true",
        "published_precision": "year",
    }
    ClaimReviewFactory(statement=statement, published_on=datetime.date(2025, 1, 1), **review)
    assert_same(
        snapshot(statement),
        {
            "uid": UID,
            "article": SHOWN_ARTICLE,
            "speaker": SHOWN_ACTOR,
            "speaker_label": "“Ada”",
            "joint_uid": None,
            "joint_with": [],
            "claim_reviews": [{**review, "published_on": "2025-01-01"}],
            "kind": "partial",
            "text": TEXT,
            "cue": "said",
            "audience": "parliament",
            "language": "en",
            "translated": True,
            "said_on": "2024-10-23",
            "said_precision": "day",
            "said_on_source_url": "https://a.example/?a=1&b=2",
            "place": "Kyiv",
            "status": "retracted",
            "retracted_at": "2026-01-02T03:04:05.678000Z",
            "retraction_reason": "Made up.",
            "attributed_by": "extractor",
            "extractor": "marks",
            "extractor_version": "1.0",
            "confidence": 0.30000000000000004,
            "reviewed": False,
            "outlet": SHOWN_OUTLET,
            "published_on": "2024-10-01",
            "published_precision": "month",
            "date": "2024-10-23",
            "date_precision": "day",
            "date_last": "2024-10-23",
            "date_basis": "said_on",
            "capture": SHOWN_CAPTURE,
            "text_match": "matched",
            "text_checked_at": "2026-01-01T18:04:05.000000Z",
            "in_latest_capture": None,
            "latest_capture": None,
            "anchors": [
                {
                    "capture": SHOWN_CAPTURE,
                    "position": 0,
                    "exact": TEXT,
                    "prefix": "",
                    "suffix": "",
                    "start": 0,
                    "end": len(TEXT),
                    "match": "matched",
                    "checked_at": "2026-01-01T18:04:05.000000Z",
                }
            ],
        },
    )


def test_a_statement_of_which_little_is_known() -> None:
    statement = StatementFactory(speaker=None, text="Yes.")
    said = snapshot(statement)
    unknown = {name for name, value in said.items() if value is None}
    dates = {"said_on", "published_on", "date", "date_last", "retracted_at", "text_checked_at"}
    of_captures = {"capture", "in_latest_capture", "latest_capture"}
    assert unknown == {*dates, *of_captures, "speaker", "translated", "confidence", "joint_uid"}
    assert (said["reviewed"], said["anchors"], said["date_basis"]) == (True, [], "")


@pytest.mark.parametrize("confidence", [0.0, 1.0, 0.1, 1 / 3, 1e-7, 5e-324, 0.9999999999999999])
def test_a_number_keeps_its_last_digit(confidence: float) -> None:
    statement = StatementFactory(attributed_by="extractor", extractor="marks", confidence=confidence)
    said = snapshot(statement)["confidence"]
    assert said == confidence
    assert isinstance(said, int) == confidence.is_integer()


@pytest.mark.parametrize("translated", [True, False, None])
def test_a_fact_is_true_false_or_unknown(translated: bool | None) -> None:
    assert snapshot(StatementFactory(translated=translated))["translated"] is translated


def test_an_article_with_parts_of_parts(article: Article) -> None:
    BylineFactory(article=article, author=ActorFactory(slug="ada", name="Ada"), printed_name="By Ada")
    CaptureFactory(article=article, held=False, length=7, **HASHES)
    topics = RelatedListFactory(article=article, title="Topics", position=1)
    RelatedListFactory(article=article, title="More", position=0)
    RelatedLinkFactory(related_list=topics, position=1, title="Second")
    RelatedLinkFactory(
        related_list=topics,
        position=0,
        title="First",
        source_url="https://gazette.example/first",
        outlet=article.outlet,
        target=article,
        printed_date="Oct. 2024",
        published_on=datetime.date(2024, 10, 1),
        published_precision="month",
    )
    nothing = {"section": "", "outlet_label": ""}
    undated = {"printed_date": "", "published_on": None, "published_precision": "", "published_last": None}
    dated = {"published_on": "2024-10-01", "published_precision": "month", "published_last": "2024-10-31"}
    links = [
        {"position": 0, "title": "First", "outlet": SHOWN_OUTLET, "target": SHOWN_ARTICLE, **dated}
        | {**nothing, "source_url": "https://gazette.example/first", "printed_date": "Oct. 2024"},
        {"position": 1, "title": "Second", "outlet": None, "target": None, **nothing, **undated}
        | {"source_url": ""},
    ]
    extracted = {"extractor": "", "extractor_version": "", "captured_at": None, "source_url": ""}
    assert_same(
        snapshot(article),
        {
            **SHOWN_ARTICLE,
            "deck": "",
            "section": "",
            "language": "",
            "published_last": "2024-10-31",
            "status": "published",
            "retracted_at": None,
            "retraction_reason": "",
            "bylines": [{"author": SHOWN_ACTOR, "position": 0, "printed_name": "By Ada", "note": ""}],
            "captures": [{**HASHES, "length": 7, "media_type": "text/plain", **extracted}],
            "related_lists": [
                {"title": "More", "position": 0, "links": []},
                {"title": "Topics", "position": 1, "links": links},
            ],
        },
    )


def test_an_actor_with_names_addresses_and_roles() -> None:
    survivor = ActorFactory(slug="grace", name="Grace")
    actor = ActorFactory(uid=uuid.UUID(UID), slug="ada-1", name="Ada", wikidata_id="Q7", merged_into=survivor)
    actor.slug = "ada"
    actor.save()
    for name in ("Zoë", "ada", "Ádá"):
        ActorNameFactory(actor=actor, name=name)
    RoleFactory(actor=actor, title="Pilot", ended_on=datetime.date(2024, 2, 1), ended_precision="month")
    RoleFactory(actor=actor, organisation=survivor, title="Chair")
    unknown = {
        "started_on": None,
        "started_precision": "",
        "ended_on": None,
        "ended_precision": "",
        "ended_last": None,
    }
    ended = {**unknown, "ended_on": "2024-02-01", "ended_precision": "month", "ended_last": "2024-02-29"}
    grace = {"slug": "grace", "name": "Grace", "kind": "person", "wikidata_id": None}
    assert_same(
        snapshot(actor),
        {
            "uid": UID,
            "kind": "person",
            "name": "Ada",
            "slug": "ada",
            "wikidata_id": "Q7",
            "merged_into": grace,
            # In the order in which they were added: none depends on a database's alphabet.
            "names": [{"name": name} for name in ("Zoë", "ada", "Ádá")],
            "slugs": [{"slug": "ada-1"}, {"slug": "ada"}],
            "roles": [
                {"title": "Pilot", "organisation": None, **ended},
                {"title": "Chair", "organisation": grace, **unknown},
            ],
        },
    )


def test_an_outlet_with_domains() -> None:
    outlet = OutletFactory(uid=uuid.UUID(UID), slug="the-gazette", name="The Gazette", text_policy="excerpt")
    for domain in ("z.example", "a.example"):
        OutletDomainFactory(outlet=outlet, domain=domain)
    OutletNameFactory(outlet=outlet, name="Gazette Online")
    domains = [{"domain": "z.example"}, {"domain": "a.example"}]
    assert_same(
        snapshot(outlet),
        {
            "uid": UID,
            **SHOWN_OUTLET,
            "wikidata_id": None,
            "text_policy": "excerpt",
            "merged_into": None,
            "slugs": [{"slug": outlet.slug}],
            "domains": domains,
            "names": [{"name": "Gazette Online"}],
        },
    )


def test_what_is_looked_up_by_is_no_fact() -> None:
    """Keys, indexed words, captured text: none of it leaves by the feed."""
    statement = StatementFactory()
    CaptureFactory(article=statement.article, words="Words that are their publisher’s.")
    for record in (statement, statement.article, statement.speaker, statement.article.outlet):
        said = json.dumps(snapshot(record))
        assert "publisher" not in said
        for name in ("_key", "tokens", "updated_at", '"id"'):
            assert name not in said
    assert Statement.objects.get().words_key
