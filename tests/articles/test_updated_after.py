"""What changed after a moment: the index of when is used for a late one, and not for an early one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from articles import querysets
from articles.models import Article, Statement
from tests.factories import ArticleFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)  # the ledger dates a change at commit

EARLY, LATE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("few", [0, 1, 1000])
@pytest.mark.parametrize("status", ["published", "proposed"])
def test_many_or_few_are_the_same_rows(monkeypatch: pytest.MonkeyPatch, few: int, status: str) -> None:
    monkeypatch.setattr(querysets, "FEW", few)
    StatementFactory(status="rejected")
    old, new = (StatementFactory(status=status, speaker=None) for _ in range(2))
    moment = Statement.objects.get(pk=old.pk).updated_at
    rows = Statement.objects.of_status(status)
    for after, expected in [
        (EARLY, {old.pk, new.pk}),
        (moment - timedelta(microseconds=1), {old.pk, new.pk}),
        (moment, {new.pk}),
        (LATE, set()),
    ]:
        assert set(rows.updated_after(after).values_list("pk", flat=True)) == expected
    assert list(rows.updated_after(EARLY).order_by("-sort_date", "-id").values_list("pk", flat=True)[:1]) == [
        new.pk
    ]


@pytest.mark.parametrize("model", [Article, Statement])
def test_the_index_is_used_where_it_is_the_shorter_way(monkeypatch: pytest.MonkeyPatch, model: Any) -> None:
    (ArticleFactory if model is Article else StatementFactory)()
    index = f"{model._meta.db_table}_updated"

    def page(moment: datetime) -> Any:
        rows: Any = model.objects.public().updated_after(moment)
        return rows.order_by("-sort_date", "-id").values("pk")[:26]

    if connection.vendor == "sqlite":
        assert index in page(LATE).explain()
        monkeypatch.setattr(querysets, "FEW", 0)
        early: Any = model.objects.updated_after(EARLY)
        assert index not in early.order_by().explain()
