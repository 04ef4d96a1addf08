"""Lists pasted as printed: shown before they are saved, nothing lost, errors naming their line."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from articles.models import Article, RelatedLink
from newsdb.models import Change
from tests.admin_pages import said, submit
from tests.factories import ArticleFactory, CaptureFactory, RelatedListFactory

pytestmark = pytest.mark.django_db

TWO_LISTS = """Topics
-
One
Local - Post - November 9 -

More
-
Two
World - Post - yesterday -
Three
Post - March 2024"""


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_paste_list", args=[article.pk])


@pytest.mark.django_db(transaction=True)
def test_all_lists_are_saved_after_those_that_are_there(admin_client: Client) -> None:
    article = RelatedListFactory(position=4).article
    preview = submit(admin_client, page_of(article), pasted=TWO_LISTS)
    submit(admin_client, page_of(article), preview, pasted=TWO_LISTS, _save="")
    lists = [(each.position, each.title, each.links.count()) for each in article.related_lists.all()]
    assert lists == [(4, "Topics", 0), (5, "Topics", 1), (6, "More", 2)]
    assert Change.objects.filter(uid=article.uid, actor="admin").count() == 1


def test_without_a_year_or_a_time_nothing_is_guessed(admin_client: Client) -> None:
    article = ArticleFactory()
    preview = submit(admin_client, page_of(article), pasted=TWO_LISTS)
    submit(admin_client, page_of(article), preview, pasted=TWO_LISTS, _save="")
    dates = RelatedLink.objects.order_by("pk").values_list("title", "published_precision")
    assert list(dates) == [("One", ""), ("Two", ""), ("Three", "month")]


def test_the_time_of_the_capture_tells_what_yesterday_was(admin_client: Client) -> None:
    article = CaptureFactory(captured_at=datetime(2024, 11, 12, tzinfo=UTC)).article
    preview = submit(admin_client, page_of(article), pasted=TWO_LISTS)
    assert "yesterday 2024-11-11" in said(preview)


def test_a_line_out_of_place_is_named_and_the_text_stays(admin_client: Client) -> None:
    article = ArticleFactory()
    pasted = "Topics\n-\nOne\nLocal - Post - November 9 -\nTwo"
    response = submit(admin_client, page_of(article), pasted=pasted)
    assert "Line 5, “Two”: no section, outlet or date follows this title." in said(response)
    assert "Local - Post - November 9 -" in response.content.decode()


def test_what_was_edited_after_the_preview_is_shown_again_first(admin_client: Client) -> None:
    article = ArticleFactory()
    preview = submit(admin_client, page_of(article), pasted=TWO_LISTS)
    again = submit(
        admin_client, page_of(article), preview, pasted=TWO_LISTS.replace("One", "Other"), _save=""
    )
    assert "Save as shown above" in again.content.decode()
    assert not RelatedLink.objects.exists()


def test_a_title_too_long_is_an_error_that_names_it(admin_client: Client) -> None:
    response = submit(
        admin_client, page_of(ArticleFactory()), pasted=f"T\n-\n{'x' * 501}\nLocal - Post - 2024 -"
    )
    assert "at most 500 characters" in said(response)
    assert "“xxxx" in said(response)


@pytest.mark.parametrize("pasted", ["   ", "-", "Topics\n-", "a\x00b\nLocal - Post - 2024"])
def test_nothing_to_understand_is_said(admin_client: Client, pasted: str) -> None:
    response = submit(admin_client, page_of(ArticleFactory()), pasted=pasted)
    assert response.status_code == 200
    assert "Please correct the errors below" in said(response)


def test_only_who_may_change_the_article_may_paste(client: Client, django_user_model: type) -> None:
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)  # type: ignore[attr-defined]
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    assert client.get(page_of(ArticleFactory())).status_code == 403
