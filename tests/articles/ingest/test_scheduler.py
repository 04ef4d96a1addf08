"""Reading by the workers of a Dask scheduler: the same result in the same order, whichever of them die."""

import io
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from articles.ingest.run import ingest
from articles.ingest.workers import WorkersLostError, dask_cluster
from articles.reading.documents import Refused, read_documents
from tests.articles.ingest.pages import CHANGED, PAGE
from tests.articles.ingest.test_jobs import pages, results
from tests.articles.ingest.test_run import lines, run
from tests.dask import PATIENCE, Dask, running_dask

pytestmark = [pytest.mark.django_db, pytest.mark.any_store]  # a worker has no store


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    """A scheduler with three workers."""
    with running_dask(tmp_path / "scheduler.json", workers=3) as cluster:
        yield cluster


def many(tmp_path: Path, number: int, text: str) -> Path:
    """A file of pages that differ."""
    rows = ({"id": f"{place}", "text": f"{text}Paragraph {place}.\n"} for place in range(number))
    return lines(tmp_path / "many.jsonl", *rows)


def test_they_change_nothing_but_the_time(
    tmp_path: Path, dask: Dask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.ingest.workers.PATIENCE", 2)
    path = pages(tmp_path)
    with transaction.atomic():
        alone = run(path)
        loaded = results()
        transaction.set_rollback(True)
    assert run(path, "--scheduler", dask.address) == alone
    assert results() == loaded

    texts = many(tmp_path, 5, PAGE)
    extracted = extract(texts)
    assert len(extracted.splitlines()) == 5
    assert extract(texts, "--scheduler", dask.address) == extracted

    class KillingOutput(io.StringIO):
        """It kills a worker when the first document has been written."""

        def write(self, line: str) -> int:
            if not self.tell():
                dask.workers[2].kill()
            return super().write(line)

    texts = many(tmp_path, 30, PAGE)
    killing = extract(texts, "--scheduler", dask.address, out=KillingOutput())
    assert dask.workers[2].wait(PATIENCE)
    assert killing == extract(texts)
    assert len(killing.splitlines()) == 30

    with dask_cluster(dask.address) as workers:
        outcomes = []
        with many(tmp_path, 30, PAGE).open("rb") as stream:
            for where, outcome in ingest(read_documents(stream), workers=workers):
                if not outcomes:
                    dask.workers[0].kill()
                assert not isinstance(outcome, Refused)
                outcomes.append((where, outcome.action))
        assert [where for where, _ in outcomes] == [f"{place}" for place in range(30)]

        with many(tmp_path, 30, CHANGED).open("rb") as stream:
            outcome_by_page = ingest(read_documents(stream), workers=workers)
            next(outcome_by_page)
            dask.scheduler.kill()
            with pytest.raises(WorkersLostError) as lost:
                list(outcome_by_page)
        assert str(lost.value) == (
            f"The Dask scheduler {dask.address} no longer answers. Run this again once it does."
        )


def test_no_scheduler_and_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.ingest.workers.PATIENCE", 0.2)
    path = many(tmp_path, 1, PAGE)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        _, complaint = run(path, "--scheduler", address)
    assert complaint.startswith(f"CommandError: There is no Dask scheduler at {address}. ")
    _, complaint = run(path, "--scheduler", "nonsense")
    assert complaint.startswith("CommandError: There is no Dask scheduler at nonsense. ")


def extract(path: Path, *arguments: str, out: io.StringIO | None = None) -> str:
    """What the command prints."""
    out = out or io.StringIO()
    call_command("extract_statements", str(path), "--jsonl", *arguments, stdout=out)
    return out.getvalue()
