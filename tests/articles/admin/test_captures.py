"""Captured text is submitted once, hashed by the server, and shown to curators."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Capture
from newsdb.models import Change
from tests.admin_pages import messages, said, submit
from tests.factories import ArticleFactory, CaptureFactory, StatementFactory, anchored_statement

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/capture/add/"


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("page.txt", content)


def page_of(capture: Capture, page: str = "change") -> str:
    return reverse(f"admin:articles_capture_{page}", args=[capture.pk])


def test_a_file_is_kept_byte_by_byte(admin_client: Client) -> None:
    content = "Ŵ “It runs.”\r\n\r\n😀 end ".encode()
    submit(admin_client, ADD, article=ArticleFactory().pk, file=upload(content))
    capture = Capture.objects.get()
    assert capture.text is not None
    assert capture.text.encode() == content
    assert (capture.sha256, capture.length) == (hashlib.sha256(content).hexdigest(), 22)


def test_pasted_text_has_line_feeds_whatever_the_browser_sends(admin_client: Client) -> None:
    submit(admin_client, ADD, article=ArticleFactory().pk, pasted="  One\r\nTwo\r\n")
    assert Capture.objects.get().text == "  One\nTwo\n"


@pytest.mark.parametrize(
    ("handed_in", "answer"),
    [
        ({}, "Either paste the text or choose a file."),
        ({"pasted": "a", "file": b"b"}, "Either paste the text or choose a file."),
        ({"file": b"\xff\xfe"}, "This is not text in UTF-8 (byte 0)."),
        ({"file": b"a\x00b"}, "Text cannot contain the NUL character."),
        ({"pasted": "a\x00b"}, "Null characters are not allowed."),
        ({"file": b"x" * (2 * 1024 * 1024 + 1)}, "The file is larger than 2 MB."),
        ({"file": b""}, "The submitted file is empty."),
    ],
)
def test_what_cannot_be_kept_is_an_error_of_the_form(
    admin_client: Client, handed_in: dict[str, Any], answer: str
) -> None:
    if "file" in handed_in:
        handed_in = {**handed_in, "file": upload(handed_in["file"])}
    response = submit(admin_client, ADD, article=ArticleFactory().pk, **handed_in)
    assert answer in said(response)
    assert not Capture.objects.exists()


def test_a_text_that_is_recorded_already_leads_there(admin_client: Client) -> None:
    held = CaptureFactory(words="The same words.")
    response = submit(admin_client, ADD, article=ArticleFactory().pk, pasted="The same words.")
    told = f"This text is already recorded, as capture {held.sha256[:12]}… of {held.article}"
    assert told in said(response)
    assert page_of(held) in response.content.decode()


def test_nothing_of_it_can_be_changed(admin_client: Client) -> None:
    capture = CaptureFactory()
    page = admin_client.get(page_of(capture)).content.decode()
    assert 'name="text"' not in page
    assert 'name="_save"' not in page
    assert admin_client.post(page_of(capture), {"text": "other"}).status_code == 403


def test_its_text_is_shown_with_the_words_marked(admin_client: Client) -> None:
    statement = anchored_statement("Some <b>words</b>", "and more")
    page = admin_client.get(page_of(statement.anchors.all()[0].capture)).content.decode()
    link = reverse("admin:articles_statement_change", args=[statement.pk])
    assert f'<a href="{link}"><mark>Some &lt;b&gt;words&lt;/b&gt;</mark></a>' in page
    assert f'<a href="{link}"><mark>and more</mark></a>' in page


def test_statements_that_waited_for_the_text_are_found_in_it(admin_client: Client) -> None:
    statement = StatementFactory(text="It runs")
    response = submit(admin_client, ADD, article=statement.article_id, pasted="“It runs,” she said.")
    statement.refresh_from_db()
    assert statement.text_match == "matched"
    assert "Found the words of 1 statement that had no anchors." in messages(response)


def test_a_text_handed_in_later_is_checked_against_its_hash(admin_client: Client) -> None:
    statement = anchored_statement("Some words", held=False)
    capture = statement.anchors.all()[0].capture
    text = "At the quay: “Some words”."
    response = submit(admin_client, page_of(capture, "attach"), pasted=text + " ")
    assert "This is not the text that was captured: its hash differs." in said(response)
    response = submit(admin_client, page_of(capture, "attach"), pasted=text)
    assert any("1 of 1 statements match" in message for message in messages(response))
    capture.refresh_from_db()
    statement.refresh_from_db()
    assert (capture.text, statement.text_match) == (text, "matched")


@pytest.mark.django_db(transaction=True)
def test_its_history_is_that_of_its_article(admin_client: Client) -> None:
    article = ArticleFactory()
    submit(admin_client, ADD, article=article.pk, pasted="Words.")
    change: Any = Change.objects.of(article).first()
    assert (change.actor, len(change.snapshot["captures"])) == ("admin", 1)
    response = admin_client.get(page_of(Capture.objects.get(), "history"), follow=True)
    assert response.redirect_chain[0][0] == reverse("admin:articles_article_history", args=[article.pk])
    assert "2. Updated by admin" in said(response)
