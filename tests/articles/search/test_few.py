"""Words among few rows, which are read, are found as the index of all would find them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles import querysets
from articles.models import Statement
from articles.search.query import parse_query
from tests.factories import ActorFactory, StatementFactory

WORDS = ["ferry", "ferries", "from", "Monday", "mon", "day", "Zoë", "a", "a a", "running"]
QUERIES = [
    "ferry",
    '"from Monday"',
    "ferry -Monday",
    "zoe",
    "a",
    '"a a"',
    '"a a a"',
    "ran run",
    'day -"a a" -mon',
]


class FewOrMany(TestCase):
    @settings(max_examples=25)
    @given(texts=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), max_size=6))
    def test_both_ways_find_the_same(self, texts: list[str]) -> None:
        speaker = ActorFactory()
        for text in [*texts, *texts[:1]]:
            StatementFactory(text=text, speaker=speaker)
        for query in QUERIES:
            assert self.found(query, speaker.pk, few=0) == self.found(query, speaker.pk, few=1000), query

    def found(self, query: str, speaker: int, *, few: int) -> tuple[list[int], set[int]]:
        """What is found newest first, and by relevance."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(querysets, "FEW", few)
            parsed: Any = parse_query(query)
            rows = Statement.objects.by_speaker([speaker]).filter(speaker=speaker).search(parsed)
            newest = list(rows.order_by(*rows.newest_found).values_list("pk", flat=True))
            return newest, set(rows.most_relevant(parsed, 100))


@pytest.mark.django_db
def test_what_has_most_of_the_words_is_most_relevant() -> None:
    speaker = ActorFactory()
    often, once = (
        StatementFactory(text=text, speaker=speaker)
        for text in ("The ferry, the ferry!", "The old ferry went to Monday's island in the fog")
    )
    query = parse_query("ferry")
    assert Statement.objects.filter(speaker=speaker).search(query).most_relevant(query, 5) == [
        often.pk,
        once.pk,
    ]
