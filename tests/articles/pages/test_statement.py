"""The page of a statement: what the API says of it, in words; and never more than that."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.models import merge_actors
from articles.models import Statement
from articles.services.erasure import erase
from articles.services.retraction import retract_statement
from tests.articles.api.routes import settle
from tests.articles.pages.reading import Page
from tests.factories import (
    ActorFactory,
    AnchorFactory,
    CaptureFactory,
    ClaimReviewFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db


def see(client: Client, path: str, status: int = 200) -> Page:
    settle()
    response = client.get(path)
    assert response.status_code == status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    return Page(response.content.decode())


def of(statement: Statement) -> str:
    return f"/statements/{statement.uid}/"


def test_the_words_stand_in_their_passage_with_all_that_is_known(client):
    statement = anchored_statement(
        "The ferry runs again",
        "and it hums",
        matched=True,
        said_on=date(2024, 10, 23),
        said_precision="day",
        said_on_source_url="https://www.example.org/day",
        place="Rome",
        speaker_label="The <chair>",
        cue="said",
    )
    RoleFactory(actor=statement.speaker, title="Harbour master")
    page = see(client, of(statement))
    assert page.marked == ["The ferry runs again", "and it hums"]
    for words in (
        "At the quay: “The ferry runs again” — “and it hums”.",
        f"{statement.speaker}, Harbour master; printed as “The <chair>”, “said”",
        "When 23 October 2024, according to example.org; Rome",
        f"{statement.article.headline}, {statement.article.outlet}",
        f"code points 14–34 and 39–50 of the text with SHA-256 {statement.capture.text_sha256}",
        "Attributed by a curator",
        "Published",
    ):
        assert words in page.text
    assert page.links[str(statement.speaker)] == f"/actors/{statement.speaker.slug}/"
    assert page.links["This record as JSON"] == f"/api/v1{of(statement)}"
    assert '"@type": "Quotation"' in client.get(of(statement)).content.decode()


@pytest.mark.parametrize(
    ("policy", "seen"), [("none", "four five"), ("excerpt", "minus ten"), ("full", "minus hundred")]
)
def test_the_policy_of_the_outlet_decides_how_much_of_the_text_is_seen(client, policy, seen):
    before = "minus hundred " + "far " * 60 + "minus ten " + "near " * 10 + "one two three four five"
    text = f"{before} “It hums” and so on"
    start = text.index("It hums")
    statement = StatementFactory(text="It hums", article__outlet__text_policy=policy)
    AnchorFactory(
        statement=statement,
        capture=CaptureFactory(article=statement.article, words=text),
        start=start,
        prefix=text[start - 32 : start],
        suffix=text[start + 7 : start + 39],
    )
    shown = see(client, of(statement)).text
    assert "It hums" in shown
    for words in ("four five", "minus ten", "minus hundred"):
        assert (words in shown) == (before.index(words) >= before.index(seen))


def test_the_same_words_elsewhere_are_linked(client):
    statement = anchored_statement("The ferry runs again from Monday.")
    same = StatementFactory(
        text=statement.text, speaker=statement.speaker, article__headline="The ferry is back"
    )
    nearly = StatementFactory(text="The ferry runs again, from Monday.", speaker=statement.speaker)
    page = see(client, of(statement))
    assert "The same words elsewhere" in page.text
    assert page.links["The ferry is back"] == of(same)
    assert page.links["The ferry runs again, from Monday."] == of(nearly)
    assert "The ferry runs again from Monday." not in page.links


def test_numbers_lead_to_the_page_and_what_is_not_there_says_so(client):
    statement = StatementFactory()
    moved = client.get(f"/statements/{statement.pk}/")
    assert (moved.status_code, moved["Location"]) == (308, of(statement))
    next_number = see(client, f"/statements/{statement.pk + 1}/", 404)
    assert f"There is no statement {statement.pk + 1}." in next_number.text
    assert "There is no statement" in see(client, f"/statements/{uuid4()}/", 404).text


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_what_was_never_public_has_no_page(client, status):
    statement = StatementFactory(status=status, text="Never printed here")
    assert "Never printed" not in see(client, of(statement), 404).text


def test_what_was_retracted_says_when_and_why_and_shows_no_words(client):
    statement = anchored_statement("It was the heron")
    retract_statement(statement=statement, reason="Someone else said it.", by="ines")
    page = see(client, of(statement), 410)
    assert f"Retracted on {timezone.now().date():%-d %B %Y}: Someone else said it." in page.text
    assert "heron" not in page.text


def test_what_was_erased_says_only_that(client):
    statement = anchored_statement("It was the heron")
    erase(record=statement, reason_code="court")
    page = see(client, of(statement), 410)
    assert "Erased on" in page.text
    assert "heron" not in page.text


def test_the_page_of_a_merged_speaker_leads_to_the_other(client):
    survivor, merged = ActorFactory(), ActorFactory()
    merge_actors(survivor=survivor, merged=merged, reason="One and the same.", by="ines")
    moved = client.get(f"/actors/{merged.slug}/")
    assert (moved.status_code, moved["Location"]) == (308, f"/actors/{survivor.slug}/")


def test_markup_in_a_record_is_text(client):
    hostile = "</script><script>alert(1)</script>"
    statement = StatementFactory(text=f"It hums {hostile}", speaker__name=f"Ada {hostile}")
    settle()
    response = client.get(of(statement))
    assert b"<script>alert" not in response.content
    assert hostile in Page(response.content.decode()).text


def test_queries_do_not_grow_with_other_statements(client):
    def queries(statement: Statement) -> int:
        with CaptureQueriesContext(connection) as found:
            see(client, of(statement))
        return len(found)

    statement = anchored_statement("The ferry runs again from Monday.", matched=True)
    for _ in range(2):
        StatementFactory(text="The ferry runs again from Monday.", speaker=statement.speaker)
    see(client, of(statement))
    few = queries(statement)
    for _ in range(4):
        StatementFactory(text="The ferry runs again from Monday.", speaker=statement.speaker)
    see(client, of(statement))
    assert queries(statement) == few


def test_a_page_counts_once_against_the_quota(client, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"anonymous": 3}
    statement = StatementFactory()
    settle()
    found = [client.get(of(statement), REMOTE_ADDR="192.0.2.77") for _ in range(4)]
    assert [response.status_code for response in found] == [200, 200, 200, 429]
    assert found[0]["RateLimit"].startswith('"anonymous";r=2')
    assert int(found[3]["Retry-After"]) > 0
    refused = found[3].content.decode()
    assert "Too many requests" in Page(refused).text
    assert "<form" not in refused  # a search would be refused, too


def test_a_token_and_a_session_show_no_more(client, admin_client):
    statement = StatementFactory(status="proposed")
    assert admin_client.get(of(statement)).status_code == 404
    public = StatementFactory()
    settle()
    known, anyone = admin_client.get(of(public)), client.get(of(public))
    assert "/admin/" in known.content.decode()
    for path in (of(public), "/", "/statements/", "/check/"):
        page = admin_client.get(path)
        assert {"private", "no-cache"} <= set(page["Cache-Control"].split(", ")), path
        assert "Cookie" in page["Vary"], path
    assert "/admin/" not in anyone.content.decode()
    assert not anyone.cookies


def test_checks_of_others_are_links_with_their_rating_as_printed(client):
    review = ClaimReviewFactory(
        publisher="Example <Checks>",
        rating="Mostly & true",
        published_on=date(2024, 10, 1),
        published_precision="month",
    )
    path = of(review.statement)
    text = see(client, path).text
    assert "Example <Checks>, rating as printed: “Mostly & true”, October 2024" in text
    assert "newsdb judges nothing" in text
    assert f'href="{review.source_url}" rel="noopener noreferrer"' in client.get(path).content.decode()
    assert "Checks that others published" not in see(client, of(StatementFactory())).text
