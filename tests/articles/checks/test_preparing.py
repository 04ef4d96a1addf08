"""What a worker reads before its first check."""

import runpy
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from articles.checks.candidates import prepare
from articles.checks.checking import Quotation, check_quotation
from articles.search import near
from articles.search.near import WordShares, word_shares
from newsdb.api.endpoints import probes
from newsdb.api.request.concurrency import check_limit, write_limit
from tests.factories import ArticleFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A table of which a sample is read, as the first thing of this process; its connection stays open."""
    article = ArticleFactory()
    for number in range(8):
        last = StatementFactory(article=article, text=f"The ferry leaves harbour number {number}").pk
    monkeypatch.setattr(near, "SAMPLE_ROWS", last - 1)
    monkeypatch.setattr(connection, "close", lambda: None)
    word_shares.cache_clear()
    yield
    word_shares.cache_clear()


def reads_a_sample() -> bool:
    with CaptureQueriesContext(connection) as queries:
        check_quotation(Quotation("The ferry leaves the old harbour"))
    return any("RECURSIVE" in query["sql"] for query in queries.captured_queries)


def test_the_first_check_of_a_worker_reads_no_sample(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gc.freeze", lambda: None)
    for limit in (check_limit, write_limit):
        monkeypatch.setattr(limit, "threads", None)
    monkeypatch.setattr(probes, "worker", None)
    worker = SimpleNamespace(cfg=SimpleNamespace(threads=4))
    runpy.run_path(str(checkout / "gunicorn.conf.py"))["post_worker_init"](worker)
    assert not reads_a_sample()


def test_without_a_database_the_first_check_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> Any:
        raise OperationalError("no such server")

    with monkeypatch.context() as patched:
        patched.setattr(WordShares, "of", fail)
        prepare()
    assert reads_a_sample()
    assert not reads_a_sample()
