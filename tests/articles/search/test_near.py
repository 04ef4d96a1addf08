"""How common words are, as both stores count it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Statement
from articles.search import near
from articles.search.near import WordShares
from tests.factories import ArticleFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def last() -> int:
    """The id of the last of twenty statements."""
    article = ArticleFactory()
    for number in range(20):
        text = f"ferry {'harbour' if number % 2 else ''} only{number}"
        statement = StatementFactory(article=article, text=text)
    return int(statement.pk)


def counts(words: WordShares) -> dict[str, float]:
    shares, rows = words.of(["ferri", "harbour", "only7", "pier"], "default")
    return {token: round(share * rows, 2) for token, share in shares.items()}


TRUE = {"ferri": 20, "harbour": 10, "only7": 1, "pier": 0}


def test_words_of_a_small_table_are_counted(last: int) -> None:
    assert counts(WordShares(Statement)) == TRUE


def test_common_words_of_a_large_table_are_known_from_a_sample(last: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(near, "SAMPLE_ROWS", last - 1)  # every row, then
    words = WordShares(Statement)
    assert counts(words) == TRUE
    monkeypatch.setattr(words, "_counted", lambda connection, tokens, rows, most: dict.fromkeys(tokens, 0.0))
    assert counts(words) == {**TRUE, "only7": 0}


def test_the_sample_is_read_again_when_the_table_has_grown(last: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(near, "SAMPLE_ROWS", last - 1)
    words = WordShares(Statement)
    queries = []
    for pk in (last, last + 1, last * 2):
        Statement.objects.filter(pk=pk).exists() or StatementFactory(pk=pk)
        with CaptureQueriesContext(connection) as asked:
            counts(words)
        queries.append(len(asked))
    assert queries == [2, 1, 2]
