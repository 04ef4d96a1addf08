"""Rows written in bulk have the columns that instances would have."""

from django.db import connection

from articles.models import Article
from newsdb.models.bulk_columns import BulkColumns


def test_a_key_whose_sources_are_not_given_has_its_default() -> None:
    columns = BulkColumns(Article, ["source_url"], connection)
    address = "https://www.example.org/ferry"
    (row,) = columns.rows([1], [[address]], {"source_url": [address]})
    named = dict(zip(columns.names, row, strict=True))
    assert (named["source_url_key"], named["tokens"]) == ("example.org/ferry", "")
