"""Which plan a search gets: one of its own, since another may suit words that are more common."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

from articles.api.serializers import ArticleSerializer
from articles.models import Article
from articles.search.query import parse_query
from tests.factories import ArticleFactory

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
def test_postgresql_keeps_closer_statistics_of_words() -> None:
    """It takes a word that it does not know for half as frequent as the last that it does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT attrelid::regclass::text FROM pg_attribute WHERE attstattarget = 1000")
        assert {table for (table,) in cursor.fetchall()} == {"articles_article", "articles_statement"}
