"""Text that stands in the SQL itself comes out as it went in."""

import pytest
from django.db import connection

from actors.models import Actor
from articles.models import Statement
from newsdb.models.literal import Literal
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["", "plain", "O'Holm", "''", "50 %", "%s", "%%", "a\\b", "“Holm”", ":x ?"])
def test_text_is_what_it_was(text: str) -> None:
    ActorFactory.create()
    assert Actor.objects.values_list(Literal(text), flat=True).get() == text
    assert not Actor.objects.filter(slug=Literal(text)).exists()


def test_it_is_not_bound() -> None:
    sql, params = Actor.objects.filter(slug=Literal("ada")).values("pk").query.sql_with_params()
    assert "'ada'" in sql
    assert "ada" not in params


def test_a_plan_for_all_values_knows_what_is_public() -> None:
    """The indexes in the order of a page are of what is published: without them it is sorted."""
    page = Statement.objects.public().by_speaker([1]).order_by("-sort_date", "-id").values("pk")[:50]
    sql, params = page.query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        else:
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            for step in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{step} = off")
            cursor.execute(f"PREPARE page (bigint) AS {sql.replace('%s', '$1')}")
            cursor.execute("EXPLAIN EXECUTE page (1)")
        plan = "\n".join(str(row) for row in cursor.fetchall())
        if connection.vendor == "postgresql":
            cursor.execute("DEALLOCATE page")
    assert "USING INDEX" in plan or "Index" in plan, plan
    assert "Sort" not in plan, plan
    assert "TEMP B-TREE" not in plan, plan
