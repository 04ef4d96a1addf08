"""A page handed in: it is recorded, and its review opens."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article, Capture, Proposal
from tests.factories import OutletFactory

ADDRESS = "/admin/articles/capture/receive/"
TEXT = """The Harbour Gazette
The pier stays open
By Cy Dock
March 5, 2024

“We will not close the old pier,” Ada Pier said on Tuesday.

“The ships stay in the outer harbour,” Bo Quay said.
"""
HTML = (
    "<html><head><title>The pier stays open</title></head><body><article><h1>The pier stays open</h1>"
    "<p>“We will not close the old pier before the month of May,” Ada Pier said in the town hall.</p>"
    "</article></body></html>"
)


def hand_in(client: Client, **given: Any) -> Any:
    return client.post(ADDRESS, {"pasted": "", "outlet": "", "source_url": "", "published_on": "", **given})


def test_a_pasted_page_opens_its_review(admin_client: Client) -> None:
    response = hand_in(
        admin_client, pasted=TEXT.replace("\n", "\r\n"), source_url="https://gazette.example/pier"
    )
    article = Article.objects.get()
    assert (article.headline, article.outlet.name) == ("The pier stays open", "The Harbour Gazette")
    first = Proposal.objects.in_text_order().first()
    assert first is not None
    assert response["Location"] == f"/admin/articles/proposal/{first.pk}/change/?article={article.pk}"
    page = admin_client.get(response["Location"]).content.decode()
    assert "2 statements proposed." in page
    capture = Capture.objects.get()
    assert (capture.text, capture.source_url) == (TEXT, "https://gazette.example/pier")


def test_what_is_told_beside_the_page_counts(admin_client: Client) -> None:
    herald = OutletFactory(name="The Herald", slug="herald")
    file = SimpleUploadedFile("page.html", HTML.encode())
    captured = {"captured_at_0": "2024-03-06", "captured_at_1": "10:00:00"}
    told = {"headline": "The pier, still open", "language": "en-GB", **captured}
    hand_in(admin_client, file=file, outlet="The Herald", published_on="2024-03", **told)
    article = Article.objects.get()
    assert (article.headline, article.language) == ("The pier, still open", "en-GB")
    assert article.outlet == herald
    assert (str(article.published_on), article.published_precision) == ("2024-03-01", "month")
    assert article.captures.get().captured_at.isoformat() == "2024-03-06T10:00:00+00:00"


def test_a_page_without_quotations_leads_to_its_article(admin_client: Client) -> None:
    text = "The Harbour Gazette\nThe pier stays open\nMarch 5, 2024\n\nNobody said a word about it.\n"
    response = hand_in(admin_client, pasted=text)
    assert response["Location"] == f"/admin/articles/article/{Article.objects.get().pk}/change/"


def test_a_page_that_was_there_changes_nothing(admin_client: Client) -> None:
    hand_in(admin_client, pasted=TEXT)
    response = hand_in(admin_client, pasted=TEXT)
    assert Capture.objects.count() == 1
    assert "nothing changed" in admin_client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Either paste the page or choose a file."),
        ({"pasted": " \n "}, "Either paste the page or choose a file."),
        ({"pasted": TEXT, "published_on": "May 2024"}, "Write a date as"),
        ({"pasted": TEXT, "published_on": "2999-03"}, "in the future"),
        ({"pasted": TEXT, "source_url": "gazette"}, "gazette"),
        ({"pasted": TEXT, "language": "English!"}, "a tag such as en or pt-BR"),
        ({"pasted": TEXT, "headline": "x" * 501}, "at most 500 characters"),
        ({"pasted": '{"text": "a"}\n{"text": "b"}\n'}, "Submit one page."),
        ({"pasted": "\x00"}, ""),
        ({"file": SimpleUploadedFile("page.txt", b"\xff\xfe\xe9 \x81 \x8d" * 20)}, ""),
    ],
)
def test_what_is_refused_is_said_and_nothing_lost(admin_client: Client, given: Any, said: str) -> None:
    response = hand_in(admin_client, **given)
    page = response.content.decode()
    assert response.status_code == 200
    assert "errorlist" in page or "errornote" in page
    assert said in page
    if given.get("pasted", "").strip("\x00 \n") and "source_url" not in given:
        assert "The pier stays open" in page or "text" in page
    assert not Article.objects.exists()


def test_only_who_may_add_articles_and_captures(client: Client, django_user_model: Any) -> None:
    user = django_user_model.objects.create_user("cy", is_staff=True)
    client.force_login(user)
    assert client.get(ADDRESS).status_code == 403
    assert hand_in(client, pasted=TEXT).status_code == 403
    assert not Article.objects.exists()


@pytest.mark.parametrize("path", ["/admin/articles/capture/", "/admin/articles/proposal/"])
def test_lists_lead_there(admin_client: Client, path: str) -> None:
    assert ADDRESS in admin_client.get(path).content.decode()
