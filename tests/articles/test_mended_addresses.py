"""Existing addresses that break the new rule are repaired; the ledger keeps the originals."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Capture, Statement
from newsdb.models import Change
from tests.factories import ArticleFactory, CaptureFactory, StatementFactory

pytestmark = pytest.mark.django_db
RULES = {
    Article: "articles_article_source_url",
    Capture: "articles_capture_source_url",
    Statement: "articles_statement_said_on_source_url",
}


@pytest.fixture
def without_rules() -> Iterator[None]:
    """The tables as they were before."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            for model, name in RULES.items():
                cursor.execute(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {name}")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.fixture
def migration() -> Any:
    """The module of the migration."""
    names = MigrationLoader(None).disk_migrations
    (found,) = [each for (_, name), each in names.items() if name.endswith("mend_web_addresses")]
    return __import__(found.__module__, fromlist=["mend"])


@pytest.mark.parametrize(
    ("url", "mended"),
    [
        ('http://x.example/"a"?b=<c>#`d\\', "http://x.example/%22a%22?b=%3Cc%3E#%60d%5C"),
        ("https://ines:secret@x.example/a@b", "https://x.example/a@b"),
        ("https://a@b@x.example", "https://x.example"),
        ('http://x"onload=1', "http://x%22onload=1"),
        ("http://x'onload=1/o'brien", "http://x%27onload=1/o'brien"),
        ("http:///a", ""),
        ("ftp://x.example/a", ""),
        ("http://ines@/a", ""),
        ('https://x.example/"' + "a" * 1981, ""),
    ],
)
def test_each_is_mended(migration: Any, without_rules: None, url: str, mended: str) -> None:
    assert migration.mended(url) == mended
    article, capture = ArticleFactory(source_url=url), CaptureFactory(source_url=url)
    statement = StatementFactory(said_on="2024-01-01", said_precision="day", said_on_source_url=url)
    connection.check_constraints()  # on PostgreSQL the ledger waits for the end of a transaction
    before = Change.objects.of(article).get()
    migration.mend(apps, SimpleNamespace(connection=connection))
    for record in (article, capture, statement):
        record.refresh_from_db()
        record.clean_fields(exclude=["article"])
    assert [article.source_url, capture.source_url, statement.said_on_source_url] == [mended] * 3
    expected = Article(source_url=mended)
    Article._meta.get_field("source_url_key").fill(expected)  # type: ignore[union-attr]
    assert article.source_url_key == capture.source_url_key == expected.source_url_key
    assert before.snapshot["source_url"] == url  # what stood there is not lost


def test_sound_ones_are_left_alone(migration: Any) -> None:
    ArticleFactory(source_url="https://x.example/o'brien?a=b@c#d")
    with CaptureQueriesContext(connection) as queries:
        migration.mend(apps, SimpleNamespace(connection=connection))
    assert [query["sql"] for query in queries if query["sql"].startswith("UPDATE")] == []
