"""Files of pages, by the command: what becomes of each is told, and one that is bad costs no other."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.ingest.material import read_material
from articles.ingest.run import ingest
from articles.models import Article, Capture, Proposal, Statement
from articles.reading.documents import read_documents
from tests.articles.ingest.pages import CHANGED, PAGE, SAMPLE
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db


def run(*arguments: Any, **options: Any) -> tuple[str, str]:
    """What the command prints, and what it complains of; its last word among that."""
    out, complaints = io.StringIO(), io.StringIO()
    try:
        call_command("ingest", *map(str, arguments), stdout=out, stderr=complaints, no_color=True, **options)
    except CommandError as error:
        complaints.write(f"CommandError: {error}")
    return out.getvalue(), complaints.getvalue()


def lines(path: Path, *rows: Any) -> Path:
    """A file of JSON Lines; text stands in it as it is."""
    written = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("".join(f"{row}\n" for row in written), encoding="utf-8")
    return path


def test_it_tells_what_became_of_each(tmp_path: Path) -> None:
    changed = tmp_path / "changed.txt"
    changed.write_text(CHANGED, encoding="utf-8")
    page = lines(tmp_path / "pages.jsonl", {"id": "bell", "text": PAGE})
    out, complaints = run(SAMPLE, page, verbosity=2)
    *each, summary = out.splitlines()
    assert each[1] == "bell: created, The bell of Lindle Water is back (The Lindle Observer)"
    count = Proposal.objects.count()
    assert summary == (
        f"2 created, 0 updated, 0 unchanged, 0 refused; {count} statements proposed, 0 published."
    )
    assert complaints == ""
    assert run(SAMPLE, page)[0].startswith("0 created, 0 updated, 2 unchanged, 0 refused; 0 statements")
    assert run(changed)[0].startswith("0 created, 1 updated, 0 unchanged, 0 refused; 1 statements")


def test_a_bad_document_costs_no_other(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "pages.jsonl",
        {"id": "no outlet", "text": "The bell is back"},
        "{",
        {"id": "long", "text": PAGE, "outlet": "Gazette", "headline": "Bell " * 101},
        {"id": "bell", "text": PAGE},
    )
    out, complaints = run(path, tmp_path / "missing.txt")
    assert out.startswith("1 created, 0 updated, 0 unchanged, 4 refused;")
    refusals = complaints.splitlines()
    assert refusals[0].startswith("no outlet: The page does not name its outlet")
    assert refusals[1].startswith(f"{path}, line 2: ")
    assert refusals[2].startswith("long: headline: ")
    assert refusals[3].startswith(f"{tmp_path / 'missing.txt'}: ")
    assert refusals[4] == "CommandError: 4 of the documents were refused; see above."
    assert Article.objects.get().headline == "The bell of Lindle Water is back"


def test_a_fault_of_ours_costs_no_other_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lines(tmp_path / "pages.jsonl", {"id": "bad", "text": PAGE}, {"id": "good", "text": CHANGED})

    def fail_once(received: Any, **options: Any) -> Any:
        if received.text == PAGE:
            raise RecursionError("too deep")
        return read_material(received, **options)

    monkeypatch.setattr("articles.ingest.material.read_material", fail_once)
    results = dict(ingest(read_documents(path)))
    assert results["bad"].reason == "RecursionError: too deep"
    assert results["good"].action == "created"


def test_what_a_person_has_to_see_to_is_told(tmp_path: Path) -> None:
    for name in ("Pernilla Quillfeather", "pernilla quillfeather"):
        ActorFactory(name=name)
    path = lines(tmp_path / "pages.jsonl", {"id": "bell", "text": PAGE})
    _, complaints = run(path)
    assert complaints.startswith("bell: “Pernilla Quillfeather” may be more than one actor")


def test_standard_input_packed_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for pack in (bytes, gzip.compress):

        class Piped:
            buffer = io.BytesIO(pack(SAMPLE.read_bytes()))

        monkeypatch.setattr("sys.stdin", Piped)
        run("-")
    assert Capture.objects.get().text == SAMPLE.read_bytes().decode()


def test_publishing_what_is_sure(tmp_path: Path) -> None:
    ActorFactory(name="Mirela Tansy-Okoro")
    path = lines(tmp_path / "pages.jsonl", {"id": "bell", "text": PAGE})
    assert "1 published" in run(path, publish=0.5)[0]
    assert Statement.objects.public().get().reviewed is False


@pytest.mark.parametrize("wrong", ["1.1", "-0.1", "nan", "sure"])
def test_a_confidence_is_a_number_from_0_to_1(wrong: str) -> None:
    with pytest.raises(CommandError, match="from 0 to 1"):
        call_command("ingest", str(SAMPLE), f"--publish={wrong}")
