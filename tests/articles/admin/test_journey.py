"""A curator's day through the admin alone: an article, its list of links, its text, its statements."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Statement
from newsdb.models import Change
from tests.admin_pages import messages, said, submit
from tests.factories import ActorFactory, OutletFactory

pytestmark = pytest.mark.django_db

PAGE = "“The lock will open in May,” Ada Quay said. “And it will stay open,” she added."
LINKS = """Topics
-
Bridge reopens after a year
Local - The Valley Post - November 9 -
Who pays for the bridge?
Opinion - The Courier - 5 days ago
"""


def test_an_article_with_byline_list_text_and_a_statement_in_two_parts(admin_client: Client) -> None:
    outlet, author, speaker = OutletFactory(), ActorFactory(), ActorFactory()
    courier = OutletFactory(name="The Courier", slug="the-courier")

    done = submit(
        admin_client,
        reverse("admin:articles_article_add"),
        headline="Lock to open",
        outlet=outlet.pk,
        published="2024-11",
        language="en",
        **{"bylines-0-author": author.pk, "bylines-0-printed_name": "A. Writer"},
    )
    article = Article.objects.get()
    assert (str(article.published_on), article.published_precision) == ("2024-11-01", "month")
    assert [(b.position, b.author, b.printed_name) for b in article.bylines.all()] == [
        (0, author, "A. Writer")
    ]
    assert any("Paste a related list" in message for message in messages(done))

    paste = reverse("admin:articles_article_paste_list", args=[article.pk])
    preview = submit(admin_client, paste, pasted=LINKS, year=2024)
    assert "2024-11-09" in said(preview)
    assert "unresolved" in said(preview)
    assert not article.related_lists.exists()
    done = submit(admin_client, paste, preview, pasted=LINKS, _save="")
    links = list(article.related_lists.get().links.values_list("position", "title", "outlet", "printed_date"))
    assert links == [
        (0, "Bridge reopens after a year", None, "November 9"),
        (1, "Who pays for the bridge?", courier.pk, "5 days ago"),
    ]
    assert messages(done) == ["Saved 2 links in 1 list, in the order printed."]

    submit(admin_client, f"{reverse('admin:articles_capture_add')}?article={article.pk}", pasted=PAGE)
    done = submit(
        admin_client,
        f"{reverse('admin:articles_statement_add')}?article={article.pk}",
        words="The lock will open in May\nAnd it will stay open",
        kind="direct",
        speaker=speaker.pk,
    )
    statement = Statement.objects.get()
    assert statement.text == "The lock will open in May […] And it will stay open"
    assert (statement.text_match, statement.language) == ("matched", "en")
    assert [PAGE[a.start : a.end] for a in statement.anchors.all()] == statement.text.split(" […] ")
    assert set(Change.objects.exclude(actor="admin").values_list("record_type", flat=True)) <= {
        "actor",
        "outlet",
    }

    shown: Any = Client().get(f"/api/v1/statements/{statement.uid}/").json()
    assert [anchor["exact"] for anchor in shown["anchors"]] == statement.text.split(" […] ")
    assert len(Client().get(f"/api/v1/related-links/?article={article.uid}").json()["results"]) == 2
