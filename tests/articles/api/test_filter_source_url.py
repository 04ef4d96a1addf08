"""The filter ``source_url``: what is held of this page?"""

import pytest

from tests.factories import ArticleFactory, CaptureFactory, StatementFactory
from tests.reader import Reader


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gazette.example/Ferry?id=7&page=2",
        "http://gazette.example/Ferry/?page=2&id=7",
        "https://GAZETTE.example:443/Ferry?id=7&page=2#comments",
        "https://gazette.example/Ferry?utm_source=x&id=7&utm_medium=y&page=2&fbclid=z",
    ],
)
def test_source_url_however_it_was_copied(reader: Reader, url: str) -> None:
    own = ArticleFactory(source_url="https://www.gazette.example/Ferry?id=7&page=2")
    CaptureFactory(article=own, source_url="https://copies.example/7")
    statement, _ = StatementFactory(article=own), StatementFactory()
    assert reader.found("articles/", source_url=url) == [own.pk]
    assert reader.found("statements/", source_url=url) == [statement.pk]
    assert reader.found("articles/", source_url="https://copies.example/7") == [own.pk]


def test_source_url_of_any_capture(reader: Reader) -> None:
    article = ArticleFactory()
    for _ in range(2):
        CaptureFactory(article=article, source_url="https://copies.example/7/")
    again = CaptureFactory(source_url="http://www.copies.example/7").article
    statement = StatementFactory(article=article)
    assert reader.found("articles/", source_url="https://copies.example/7") == [again.pk, article.pk]
    assert reader.found("statements/", source_url="https://copies.example/7") == [statement.pk]


@pytest.mark.parametrize("url", ["https://gazette.example/ferry", "https://gazette.example/Ferry?id=8"])
def test_source_url_of_which_nothing_is_held(reader: Reader, url: str) -> None:
    StatementFactory(article__source_url="https://gazette.example/Ferry?id=7")
    assert reader.rows("articles/", source_url=url) == []
    assert reader.rows("statements/", source_url=url) == []


@pytest.mark.parametrize("url", ["ferry", "/ferry", "https://", "https://[::1", "https://a:99999/"])
def test_what_is_no_source_url(reader: Reader, url: str) -> None:
    for path in ("articles/", "statements/"):
        fault = reader.fault(path, source_url=url)
        assert (fault["parameter"], fault["code"]) == ("source_url", "invalid")
