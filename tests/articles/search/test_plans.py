"""Which plan a search gets: one of its own, since another may suit words that are more common."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

from articles.api.serializers import ArticleSerializer
from articles.models import Article
from articles.search.query import parse_query
from tests.factories import ArticleFactory, OutletFactory

pytestmark = pytest.mark.django_db


def test_a_search_is_planned_for_its_words_and_a_list_for_all() -> None:
    found = ArticleFactory(headline="Ferry runs again")
    searched = Article.objects.search(parse_query("ferry")).order_by("-sort_date", "-id")
    plain = Article.objects.order_by("-sort_date", "-id")
    ArticleSerializer.rows(searched)  # its bylines' SQL is compiled
    for queryset, prepared in ((searched[:5], 1), (plain[:5], 2)):  # one of them is the bylines'
        store: Any = connection
        with patch.object(store, "prepared_cursor", side_effect=store.prepared_cursor) as cursor:
            assert [row["id"] for row in ArticleSerializer.rows(queryset)] == [found.pk]
        assert cursor.call_count == prepared


@pytest.mark.skipif(connection.vendor == "sqlite", reason="PostgreSQL plans by how common a word is")
def test_postgresql_knows_a_rare_word_from_a_common_one() -> None:
    """It takes a word that it does not know for half as frequent as the last that it does.

    By default it would know a thousand of these four thousand, and think that any other is in ten articles.
    """
    outlet = OutletFactory()
    decks = (
        " ".join(f"w{n}" for n in range(4_000) if article % (1 + n // 20) == 0) for article in range(2_000)
    )
    Article.objects.bulk_create(Article(outlet=outlet, headline="Ferry", deck=deck) for deck in decks)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_article")
    (plan,) = json.loads(Article.objects.search(parse_query("nowhere")).explain(format="json"))
    assert plan["Plan"]["Plan Rows"] < 8
