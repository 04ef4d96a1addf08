"""The page at ``/``: live numbers, one statement as evidence, calls that answer what they promise."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Anchor, Statement
from tests.articles.pages.reading import Page, see
from tests.factories import (
    AnchorFactory,
    ArticleFactory,
    CaptureFactory,
    OutletFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db


def rows(client: Client, path: str) -> list[dict[str, Any]]:
    path = unescape(path)
    if not path.startswith("/api/"):  # a page: the API has the same at the same address
        assert client.get(path).status_code == 200
        path = "/api/v1" + path.replace("actors", "speakers")
    response = client.get(path)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def dated(day: str, **facts: Any) -> Statement:
    """A quotation of whole words, found in its source, made on ``day`` (ISO 8601)."""
    facts = {"said_precision": "day"} | facts
    return anchored_statement(f"It runs since {day}.", matched=True, said_on=date.fromisoformat(day), **facts)


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────


def test_each_number_is_the_length_of_the_list_it_leads_to(client):
    kirby = dated("2024-10-23").speaker
    StatementFactory(speaker=kirby)
    StatementFactory(speaker=None)
    OutletFactory()
    page = see(client)
    for number, noun in [(3, "statements"), (1, "speakers"), (3, "articles"), (4, "outlets")]:
        path = page.links[f"{number} {noun}" if number > 1 else f"{number} speaker"]
        assert len(rows(client, path)) == number


def test_only_what_is_public_counts_and_shows(client):
    for status in ("proposed", "rejected"):
        anchored_statement(f"This is {status}.", matched=True, status=status)
    anchored_statement(
        "This was wrong.",
        matched=True,
        status="retracted",
        retracted_at=timezone.now(),
        retraction_reason="Never said.",
    )
    ArticleFactory(status="retracted", retracted_at=timezone.now(), retraction_reason="Withdrawn.")
    page = see(client)
    assert "0 statements" in page.links
    assert "0 speakers" in page.links
    assert "3 articles" in page.links
    assert page.marked == []
    assert "wrong" not in page.text


def test_large_numbers_can_be_read(client, monkeypatch):
    monkeypatch.setattr("articles.models.holdings.Holdings.articles", 1234567)
    assert "1,234,567 articles" in see(client).links


@pytest.mark.parametrize(
    ("days", "coverage"),
    [
        ([("2024-10-23", "day")], "Dated 23 October 2024."),
        ([("2023-01-01", "year"), ("2024-10-01", "month")], "Dated 2023 to October 2024."),
        ([("2023-01-01", "year"), None, None], "Dated 2023, and 2 without a known date."),
        ([None], "No statement has a known date."),
    ],
)
def test_the_dates_covered_are_as_precise_as_they_are_known(client, days, coverage):
    for day in days:
        if day:
            StatementFactory(said_on=date.fromisoformat(day[0]), said_precision=day[1])
        else:
            StatementFactory()
    assert coverage in see(client).text


def test_an_empty_database_says_how_to_fill_it(client):
    page = see(client)
    assert "manage.py loaddata north_korea_russia" in page.text
    assert page.links["0 statements"] == "/statements/"
    assert page.links["Docs"] == "/api/v1/docs/"
    assert page.links["API"] == "/api/v1/"
    assert page.links["admin"] == "/admin/"
    assert "Admin" not in page.links


# ── One statement as evidence ────────────────────────────────────────────────────────────────


def test_the_newest_proven_whole_quotation_is_shown(client):
    dated("2024-10-22")
    shown = dated(
        "2024-10-23",
        speaker_label="The <chair>",
        said_on_source_url="https://www.example.org/day",
    )
    StatementFactory(text="Unproven words", said_on=date(2024, 10, 24), said_precision="day")
    anchored_statement(
        "fragment", matched=True, kind="partial", said_on=date(2024, 10, 25), said_precision="day"
    )
    page = see(client)
    assert page.marked == ["It runs since 2024-10-23."]
    assert page.links["The record as JSON"] == f"/api/v1/statements/{shown.uid}/"
    anchor = shown.anchors.get()
    for words in (
        f"Who {shown.speaker}, printed as “The <chair>”",
        "When 23 October 2024, according to example.org",
        f"Where {shown.article.headline}, {shown.article.outlet}",
        f"code points {anchor.start}–{anchor.end} of the text with SHA-256 {shown.capture.text_sha256}",
        f"Checked matched on {shown.text_checked_at:%-d %B %Y}",
        "Attributed by a curator",
    ):
        assert words in page.text
    assert page.links["example.org"] == "https://www.example.org/day"


def test_where_nothing_is_proven_the_newest_statement_is_shown_as_what_it_is(client):
    article = ArticleFactory(published_on=date(2024, 11, 1), published_precision="month")
    StatementFactory(
        article=article,
        speaker=None,
        text="Reported words",
        kind="indirect",
        attributed_by="extractor",
        extractor="quoter",
        extractor_version="2.1",
        confidence=0.875,
        reviewed=False,
    )
    page = see(client)
    assert page.marked == ["Reported words"]
    for words in (
        "Who unnamed When no later than November 2024, when it was published",
        "Checked not yet checked against the text",
        "by quoter 2.1, confidence 0.88, not reviewed by a person",
    ):
        assert words in page.text
    assert "SHA-256" not in page.text


def test_an_unknown_date_and_a_mismatch_are_told(client):
    statement = anchored_statement("The ferry runs again.")
    Anchor.objects.update(match="mismatched", checked_at=timezone.now())
    page = see(client)
    assert "When not known" in page.text
    assert "Checked mismatched: the words were not found there" in page.text
    assert statement.text in page.text


def test_anchors_of_another_capture_are_not_mixed_in(client):
    statement = anchored_statement("The ferry runs again.", matched=True)
    other = CaptureFactory(article=statement.article, words="The ferry runs again.")
    AnchorFactory(statement=statement, capture=other, exact="The ferry runs again.")
    statement.refresh_from_db()
    page = see(client)
    assert page.marked == ["The ferry runs again."]
    assert page.text.count("code points") == page.text.count(statement.capture.text_sha256) == 1


# ── Calls ────────────────────────────────────────────────────────────────────────────────────


def calls(page: Page) -> dict[str, str]:
    return {text: href for text, href in page.links.items() if "?" in href}


def test_every_call_answers_what_the_page_says(client):
    shown = dated("2024-10-23", speaker__name="Ada Example", speaker__slug="ada-example")
    outlet = shown.article.outlet
    outlet.name = "The Gazette & Son"
    outlet.save()
    StatementFactory(speaker=shown.speaker)
    StatementFactory(article=shown.article, said_on=date(2024, 10, 1), said_precision="month")
    for day in (date(2024, 9, 30), date(2024, 11, 1)):
        StatementFactory(article=shown.article, said_on=day, said_precision="day")
    RelatedLinkFactory.create_batch(3, related_list=RelatedListFactory(article=shown.article))
    page = see(client)
    promised = {
        "/api/v1/statements/?speaker=ada-example": (2, "Ada Example: 2 statements"),
        f"/api/v1/statements/?outlet={outlet.slug}&date=2024-10": (
            2,
            "The Gazette & Son, October 2024: 2 statements",
        ),
        f"/api/v1/related-links/?article={shown.article.uid}": (3, "Printed with this article: 3 links"),
    }
    assert list(calls(page).values()) == list(promised)
    for path, (number, words) in promised.items():
        assert len(rows(client, path)) == number
        assert words in page.text


@pytest.mark.parametrize("day", ["2024-10-23", "2024-01-23"])
def test_what_is_known_by_year_may_be_of_the_month(client, day):
    shown = dated(day)
    for first, precision in (("2024-01-01", "year"), (f"{day[:8]}01", "month"), ("2023-01-01", "year")):
        StatementFactory(article=shown.article, said_on=date.fromisoformat(first), said_precision=precision)
    page = see(client)
    path = f"/api/v1/statements/?outlet={shown.article.outlet.slug}&date={day[:7]}"
    assert path in calls(page).values()
    assert len(rows(client, path)) == 3
    assert "2024: 3 statements" in page.text


def test_calls_make_do_with_what_is_known(client):
    shown = StatementFactory(speaker=None)
    page = see(client)
    assert list(calls(page).values()) == [
        f"/api/v1/statements/?outlet={shown.article.outlet.slug}",
        f"/api/v1/statements/?article={shown.article.uid}",
    ]
    assert "This article: 1 statement" in page.text


# ── The page itself ──────────────────────────────────────────────────────────────────────────


def test_queries_do_not_grow_with_the_dataset(client):
    dated("2024-10-23")
    see(client)
    with CaptureQueriesContext(
        connection,
    ) as few:
        see(client)
    for day in ("2024-10-24", "2024-10-25", "2024-10-26"):
        dated(day)
    with CaptureQueriesContext(connection) as more:
        see(client)
    assert len(more) == len(few)


def test_it_is_read_only_and_sets_no_cookie(client):
    response = client.get("/")
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert not response.cookies
    assert client.head("/").status_code == 200
    assert client.post("/").status_code == 405


def test_nothing_in_it_needs_more_than_the_strict_content_policy(client):
    dated("2024-10-23")
    response = client.get("/")
    assert "unsafe" not in response["Content-Security-Policy"]
    page = Page(response.content.decode())
    for tag, attributes in page.tags:
        assert tag not in ("script", "style", "iframe")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        linked = tag == "link" and attributes["rel"] in ("icon", "stylesheet")
        fetched = attributes.get("src") or (attributes["href"] if linked else None)
        if fetched:
            assert fetched.startswith("/static/newsdb/")
            assert client.get(fetched).status_code == 200


def test_a_browser_has_nothing_to_complain_of(live_server, browser):
    dated("2024-10-23")
    browser.get_log("browser")
    browser.get(f"{live_server.url}/")
    assert browser.find_element("css selector", "mark").value_of_css_property("background-color") != (
        "rgba(0, 0, 0, 0)"
    )
    width = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]
    assert browser.get_log("browser") == []
