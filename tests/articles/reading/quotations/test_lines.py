"""extract_statements: text or JSON Lines in, JSON Lines out, and no database."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

TEXT = "🦆 “The boat,” Ida Holm said, “sails.”"


@pytest.fixture
def run(monkeypatch, capsys):
    """The lines that the command writes for what is on its standard input, its errors, and how it ended."""

    def run(content, *arguments):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
        ending = None
        try:
            call_command("extract_statements", *arguments)
        except CommandError as error:
            ending = str(error)
        written = capsys.readouterr()
        return [json.loads(line) for line in written.out.splitlines()], written.err, ending

    return run


def line(**document):
    return json.dumps(document).encode() + b"\n"


def test_a_text_gives_a_line_with_each_part_of_each_quotation(run):
    ((document,), _, ending) = run(TEXT.encode())
    assert ending is None
    assert document["id"] == "-"
    first, second = document["quotes"]
    assert [TEXT[part["start"] : part["end"]] for part in (first, second)] == ["The boat", "sails."]
    assert (first["quotation"], second["quotation"]) == (0, 0)
    assert TEXT[first["mention_start"] : first["mention_end"]] == first["mention"] == "Ida Holm"
    assert first["speaker"] == "Ida Holm"
    assert (first["kind"], first["cue"], first["audience"], first["said_on"]) == ("direct", "said", "", None)
    assert 0 < first["confidence"] <= 1


def test_a_file_is_called_by_its_name(run, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    ((document,), _, _) = run(b"", str(page))
    assert document["id"] == str(page)
    assert len(document["quotes"]) == 2


def test_json_lines_keep_their_order_and_their_ids(run):
    lines = line(id="b", text=TEXT, other=1) + b"\n" + line(id=7, text="Nothing.")
    documents, _, ending = run(lines, "--jsonl")
    assert ending is None
    assert [(document["id"], len(document["quotes"])) for document in documents] == [("b", 2), (7, 0)]


def test_who_is_not_known_by_name_is_null(run):
    ((document,), _, _) = run("“It sails,” she said.".encode())
    (part,) = document["quotes"]
    assert (part["speaker"], part["mention"]) == (None, "she")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"nope\n", "not JSON, at character 0"),
        (b"[]\n", 'an object with "id" and "text"'),
        (line(id=1), 'an object with "id" and "text"'),
        (line(text=TEXT), 'an object with "id" and "text"'),
        (line(id=True, text=TEXT), 'an object with "id" and "text"'),
        (line(id=1, text=None), 'an object with "id" and "text"'),
        (b"\xff\xfe\n", "not UTF-8, at byte 0"),
        (line(id=1, text="a\x00b"), "NUL"),
        (b'{"id": 1, "text": "\\ud800"}\n', "lone surrogate"),
        (b"[" * 100_000 + b"\n", "nested too deeply"),
        (b"[" * 100_001 + b"\n", "more than 100,000 values"),
    ],
)
def test_a_bad_line_is_named_and_passed_over(run, bad, reason):
    documents, errors, ending = run(line(id=1, text=TEXT) + bad + line(id=3, text=TEXT), "--jsonl")
    assert [document["id"] for document in documents] == [1, 3]
    assert errors.startswith("Line 2: ")
    assert reason in errors
    assert ending == "1 of the documents could not be read; see above."


@pytest.mark.parametrize("content", [b"\xff", b"a\x00b"])
def test_a_file_that_is_no_text_is_refused(run, content):
    documents, _, ending = run(content)
    assert documents == []
    assert ending.startswith("-: ")


def test_text_that_is_not_english_gives_nothing_and_is_named(run):
    lines = line(id="a", text="„Der Ofen hält“, sagte Greta Lang am Dienstag.") + line(id="b", text=TEXT)
    documents, errors, ending = run(lines, "--jsonl")
    assert [(document["id"], len(document["quotes"])) for document in documents] == [("a", 0), ("b", 2)]
    assert errors == "a: not in English (de); nothing is proposed.\n"
    assert ending is None


def test_a_file_that_is_not_there_is_refused(run):
    _, _, ending = run(b"", "/nowhere/page.txt")
    assert "/nowhere/page.txt" in ending
