"""Reading in several processes: the same result, in the same order, and no process that outlives its run."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from articles.ingest.run import ingest
from articles.management.workers import open_workers
from articles.models import Article, Capture, Proposal
from articles.reading.documents import Document, Refused, hash_of
from tests.articles.ingest.pages import CHANGED, PAGE
from tests.articles.ingest.test_run import lines, run

pytestmark = [pytest.mark.django_db, pytest.mark.any_store]  # a process that reads has no store
HTML = f"<html><body><article><h1>Bell</h1><p>{PAGE}</p></article></body></html>"


def pages(tmp_path: Path) -> Path:
    """Pages of which some are refused, alike, or of one article."""
    return lines(
        tmp_path / "pages.jsonl",
        {"id": "one", "text": PAGE},
        {"id": "again", "text": PAGE},
        {"id": "changed", "text": CHANGED},
        "no JSON",
        {"id": "nothing", "html": "<p></p>"},
        {"id": "html", "html": HTML, "outlet": "Gazette"},
        *({"id": f"more {number}", "text": f"{PAGE}Paragraph {number}.\n"} for number in range(6)),
    )


def results() -> list[Any]:
    return [
        list(Capture.objects.order_by("pk").values_list("sha256", "article__headline", "extractor")),
        list(Proposal.objects.order_by("pk").values_list("words", "name")),
        Article.objects.count(),
    ]


def test_they_change_nothing_but_the_time(tmp_path: Path) -> None:
    path = pages(tmp_path)
    with transaction.atomic():
        alone = run(path, verbosity=2)
        loaded = results()
        transaction.set_rollback(True)
    assert not Article.objects.exists()
    together = run(path, "--jobs", "2", verbosity=2)
    assert results() == loaded
    assert [line.partition(":")[0] for line in together[0].splitlines()] == [
        line.partition(":")[0] for line in alone[0].splitlines()
    ]
    assert together[1] == alone[1]
    assert run(path, "--jobs", "2")[0].startswith("0 created, 0 updated, 10 unchanged, 2 refused")


def test_a_reader_that_is_killed_ends_the_run(tmp_path: Path, monkeypatch: Any) -> None:
    class Pool:
        def submit(self, *arguments: Any) -> Any:
            future: Future[Any] = Future()
            future.set_exception(BrokenProcessPool("killed"))
            return future

        def shutdown(self, **options: Any) -> None:
            pass

    monkeypatch.setattr("articles.ingest.workers.ProcessPoolExecutor", lambda *a, **b: Pool())
    _, complaints = run(pages(tmp_path), "--jobs", "2")
    assert complaints.startswith("CommandError: A reader process was killed")


SCRIPT = """
import os, sys
from multiprocessing import get_context
from concurrent.futures import ProcessPoolExecutor
from articles.ingest.workers import _start
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_start)
    print(pool.submit(os.getpid).result(), flush=True)
    sys.stdin.read()
"""


def test_readers_end_with_the_process_that_loads(tmp_path: Path) -> None:
    script = tmp_path / "loads.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as loads:
        assert loads.stdout
        reader = int(loads.stdout.readline())
        os.kill(reader, 0)
        loads.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while Path(f"/proc/{reader}").exists() and time.monotonic() < deadline:
        if "Z" in Path(f"/proc/{reader}/stat").read_text().rpartition(")")[2].split()[:1]:
            break  # nobody has fetched how it ended
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{reader}").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_refused_says_why(jobs: int) -> None:
    text = "“Words,” said Ada Example.\n"
    documents = [
        Refused("a", "Because."),
        Document("b", hash_of(text.encode()), text, "text/plain"),
        Document("c", hash_of(b"<p></p>"), "<p></p>", "text/html"),
    ]
    with open_workers(jobs, "") as workers:
        said = [
            (where, result.reason)
            for where, result in ingest(documents, workers=workers)
            if isinstance(result, Refused)
        ]
    assert [where for where, _ in said] == ["a", "b", "c"]
    assert "does not name its outlet" in said[1][1]
    assert said[2][1] == "No article was found in the page."
