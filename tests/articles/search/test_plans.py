"""Which plan a search gets: one of its own, since another may suit words that are more common."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor == "sqlite", reason="PostgreSQL plans by how common a word is")
def test_postgresql_keeps_closer_statistics_of_words() -> None:
    """It takes a word that it does not know for half as frequent as the last that it does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT attrelid::regclass::text FROM pg_attribute WHERE attstattarget = 1000")
        assert {table for (table,) in cursor.fetchall()} == {"articles_article", "articles_statement"}
