"""An article is not published in the future."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin_pages import submit
from tests.clients import editor, errors, write
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

FUTURE = date(2999, 1, 1)


@pytest.mark.parametrize("written", ["2999-01-01", "2999-01", "2999"])
def test_editors_and_curators_cannot_give_a_day_in_the_future(written: str, admin_client: Client) -> None:
    article: Any = ArticleFactory(published_on=date(2024, 3, 1), published_precision="day")
    client = editor("ines")
    patched = write(client, "patch", f"articles/{article.uid}/", {"published_on": written})
    assert errors(patched) == {"/published_on": "invalid"}
    new = {"outlet": article.outlet.slug, "headline": "The ferry is late", "published_on": written}
    assert errors(write(client, "post", "articles/", new)) == {"/published_on": "invalid"}
    page = reverse("admin:articles_article_change", args=[article.pk])
    response = submit(admin_client, page, published=written)
    assert response.context["adminform"].form.errors.keys() == {"published"}


def test_what_is_stored_may_stay() -> None:
    article: Any = ArticleFactory(published_on=FUTURE, published_precision="year")
    article.headline = "Another headline"
    article.full_clean()
