"""What is asked for in a shorter way is the same question."""

from typing import Any

import pytest

from articles.models import Statement


@pytest.mark.parametrize(
    ("column", "lookup", "value"),
    [
        ("speaker_id", "exact", 3),
        ("speaker_id", "in", (3, 4)),
        ("outlet_id", "exact", 5),
        ("kind", "exact", "direct"),
        ("language", "in", ("en", "de")),
        ("id", "in", (1, 2)),
        ("pk", "exact", 1),
        ("translated", "exact", True),
        ("confidence", "gte", 0.5),
    ],
)
@pytest.mark.django_db
def test_matching_is_a_filter(column: str, lookup: str, value: Any) -> None:
    public: Any = Statement.objects.public()
    before = str(public.query)
    expected = public.filter(**{f"{column}__{lookup}": value}).query.sql_with_params()
    assert public.matching(column, lookup, value).query.sql_with_params() == expected
    assert str(public.query) == before
