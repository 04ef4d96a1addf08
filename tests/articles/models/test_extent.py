"""Extents, read from the ends of indexes, are those of all dates; withdrawn articles do not count."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Statement
from articles.models.extent import extent_of, extents_by
from articles.models.holdings import holdings
from articles.models.statement import UNDATED
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    BylineFactory,
    OutletFactory,
    RelatedLinkFactory,
    StatementFactory,
)

DAYS = st.sampled_from(
    [
        (None, ""),
        ("2023-12-31", "day"),
        ("2024-01-01", "year"),
        ("2024-01-01", "day"),
        ("2024-02-01", "month"),
        ("2024-02-10", "day"),
        ("2024-03-01", "day"),
    ]
)


class Extents(TestCase):
    @settings(max_examples=30)
    @given(said=st.lists(st.tuples(st.integers(0, 1), DAYS), max_size=6))
    def test_they_are_those_of_all_dates(self, said: list[tuple[int, Any]]) -> None:
        speakers = [ActorFactory() for _ in range(2)]
        for who, (day, precision) in said:
            StatementFactory(speaker=speakers[who], said_on=day, said_precision=precision)
        StatementFactory(speaker=speakers[0], status="proposed", said_on="2030-01-01", said_precision="day")
        public = Statement.objects.public()
        extents = extents_by(public, "speaker", public.counts_by("speaker"))
        for who, speaker in enumerate(speakers):
            rows = list(public.filter(speaker=speaker))
            expected = {
                "statements": len(rows),
                "first_date": min((row.date for row in rows if row.date), default=None),
                "last_date": max((row.date_last for row in rows if row.date_last), default=None),
            }
            assert len(rows) == sum(each == who for each, _ in said)
            assert extent_of(public.filter(speaker=speaker)) == expected
            assert extents.get(speaker.pk, expected if not rows else None) == expected


@pytest.mark.django_db
def test_what_is_held_of_articles_that_are_not_withdrawn() -> None:
    gazette = OutletFactory()
    retracted = {"status": "retracted", "retracted_at": "2026-01-01T00:00Z", "retraction_reason": "Made up."}
    stays, goes = ArticleFactory(outlet=gazette), ArticleFactory(outlet=gazette, **retracted)
    both, once = ActorFactory(), ActorFactory()
    for article, author, position in [(stays, both, 0), (goes, both, 0), (goes, once, 1)]:
        BylineFactory(article=article, author=author, position=position)
    for article in (stays, goes):
        RelatedLinkFactory(related_list__article=article)
    StatementFactory(article=stays, speaker=both, said_on=date(2024, 1, 2), said_precision="day")
    StatementFactory(article=stays, speaker=None)
    StatementFactory(article=stays, speaker=once, status="proposed")
    held = holdings()
    assert held.articles_by_outlet == {gazette.pk: 1}
    assert held.statements_by_outlet == {gazette.pk: 2}
    assert held.statements_by_day == {date(2024, 1, 2): 1, UNDATED: 1}
    numbers = (held.articles, held.statements, held.speakers, held.authors, held.outlets, held.related_links)
    assert numbers == (1, 2, 1, 1, 1, 1)
