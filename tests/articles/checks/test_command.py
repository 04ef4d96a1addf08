"""manage.py check_quotations."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ActorFactory, StatementFactory


@pytest.fixture(autouse=True)
def statement(db: None) -> Any:
    ada = ActorFactory(name="Ada Pier", slug="ada")
    text = "We will not close the old pier before May"
    return StatementFactory(speaker=ada, text=text, said_on="2024-03-05", said_precision="day")


def test_a_draft_that_is_right(tmp_path: Path, capsys: Any, statement: Any) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("“We will not close the old pier,” Ada Pier said. Nobody cheered.", encoding="utf-8")
    call_command("check_quotations", str(draft))
    assert capsys.readouterr().out.splitlines() == [
        "contained: Ada Pier: “We will not close the old pier”",
        "  held: Ada Pier: “We will not close the old pier”",
        f"  statement {statement.uid}, 2024-03-05",
        "1 of 1 quotations are in the dataset as quoted",
    ]


def test_a_draft_that_is_not(tmp_path: Path, capsys: Any, statement: Any) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "“We will close the old pier before May,” Ada Pier said. “We will not close the old pier before May,”"
        " Bo Quay said. “It is all a great big lie,” Cy Dock said.",
        encoding="utf-8",
    )
    with pytest.raises(CommandError, match=r"^3 of 3 quotations are not in the dataset as quoted"):
        call_command("check_quotations", str(draft))
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert lines == [
        "altered, another negation: Ada Pier: “We will close the old pier before May”",
        "exact, from another speaker: Bo Quay: “We will not close the old pier before May”",
        "not found, speaker not resolved: Cy Dock: “It is all a great big lie”",
    ]


def test_a_paraphrase_is_no_quotation(tmp_path: Path, capsys: Any, statement: Any) -> None:
    StatementFactory(speaker=statement.speaker, text="The tide will be out by noon", kind="indirect")
    draft = tmp_path / "draft.txt"
    draft.write_text("“The tide will be out by noon,” Ada Pier said.", encoding="utf-8")
    with pytest.raises(CommandError, match=r"^1 of 1 quotations are not in the dataset as quoted"):
        call_command("check_quotations", str(draft))
    assert capsys.readouterr().out.startswith("exact, printed as a paraphrase: Ada Pier: “The tide")


def test_files_that_cannot_be_checked(tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"\xe9\xe8")
    with pytest.raises(CommandError, match="is not text in UTF-8"):
        call_command("check_quotations", str(latin))
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("check_quotations", str(tmp_path / "none.txt"))
