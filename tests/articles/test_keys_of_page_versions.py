"""Articles and captures loaded before page versions were recognised are found under the new keys."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Capture
from newsdb.addresses import former_canonical_url
from tests.factories import ArticleFactory, CaptureFactory

pytestmark = pytest.mark.django_db
MOBILE, PAGE = "https://m.gazette.example.org/ferry?amp=1", "https://gazette.example.org/ferry"


@pytest.fixture
def migration() -> Any:
    """The module of the migration that rebuilds keys."""
    names = MigrationLoader(None).disk_migrations
    (found,) = [each for (_, name), each in names.items() if name.endswith("more_page_versions")]
    return __import__(found.__module__, fromlist=["rebuild"])


def with_former_keys(*records: Article | Capture) -> None:
    """Let the rows be as they were before."""
    for record in records:
        with connection.cursor() as cursor:
            key = former_canonical_url(record.source_url)
            cursor.execute(
                f"UPDATE {record._meta.db_table} SET source_url_key = %s WHERE id = %s", [key, record.pk]
            )


def test_they_are_found_again(migration: Any) -> None:
    article, capture = ArticleFactory(source_url=MOBILE), CaptureFactory(source_url=f"{MOBILE}&utm_id=1")
    with_former_keys(article, capture)
    assert not Article.objects.filter(source_url_key="gazette.example.org/ferry").exists()
    migration.rebuild(apps, SimpleNamespace(connection=connection))
    article.refresh_from_db()
    capture.refresh_from_db()
    assert article.source_url_key == capture.source_url_key == "gazette.example.org/ferry"


def test_two_articles_of_one_page_both_stay(migration: Any) -> None:
    first, second = ArticleFactory(source_url=PAGE), ArticleFactory(source_url="https://other.example/b")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article SET source_url = %s, source_url_key = %s WHERE id = %s",
            [MOBILE, former_canonical_url(MOBILE), second.pk],
        )
    migration.rebuild(apps, SimpleNamespace(connection=connection))
    keys = dict(Article.objects.values_list("pk", "source_url_key"))
    assert keys == {first.pk: "gazette.example.org/ferry", second.pk: former_canonical_url(MOBILE)}


def test_others_are_left_alone(migration: Any) -> None:
    ArticleFactory(source_url=PAGE)
    with CaptureQueriesContext(connection) as queries:
        migration.rebuild(apps, SimpleNamespace(connection=connection))
    assert [query["sql"] for query in queries if query["sql"].startswith("UPDATE")] == []
