"""Files and streams, read into documents one after the other."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from articles.reading.documents import Document, Refused, hash_of, json_lines, packed, read_documents, records
from articles.reading.page import Author
from newsdb.dates import PartialDate

LINE = b'{"text": "A ferry"}\n'


def read(content: bytes, name: str = "") -> list[Document | Refused]:
    return list(read_documents(io.BytesIO(content), name=name))


def only(content: bytes, name: str = "") -> Document:
    (document,) = read(content, name)
    assert isinstance(document, Document), document
    return document


def refusal(content: bytes, name: str = "") -> str:
    (refused,) = read(content, name)
    assert isinstance(refused, Refused), refused
    return refused.reason


def lines(*rows: object) -> bytes:
    return b"\n".join(orjson.dumps(row) for row in rows)


def test_a_file_of_text_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_bytes("Zoë’s ferry\r\n🦆\n".encode())
    (document,) = read_documents(path)
    assert document == Document(str(path), hash_of(path.read_bytes()), "Zoë’s ferry\r\n🦆\n", "text/plain")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("", b"A ferry\nsails.", "text/plain"),
        ("", b"\n <!DOCTYPE html><p>A ferry", "text/html"),
        ("", b"\xef\xbb\xbf<html><p>A ferry", "text/html"),
        ("page.HTM", b"A ferry", "text/html"),
        ("page.txt", b'{"text": "A ferry"}', "text/plain"),
        ("page", b'{"html": "<p>A ferry"}\n', "text/html"),
        ("page.ndjson.zst", b'{"text": "A ferry"}', "text/plain"),
        ("", b"{A brace} begins this page\nand ends there.", "text/plain"),
        ("", b"", "text/plain"),
        ("", b"\n\n" + LINE, "text/plain"),
        ("", b"\xef\xbb\xbf" + LINE, "text/plain"),
        ("", b"\n" * 1_000_000 + b"<html>", "text/plain"),
        ("page.html.gz", b'{"text": "A ferry"}', "text/html"),
    ],
)
def test_the_kind_is_told_by_name_or_content(name: str, content: bytes, media_type: str) -> None:
    document = only(content, name)
    assert document.media_type == media_type
    assert (document.sha256 == hash_of(content)) == (
        b'{"' not in content or ".txt" in name or ".html" in name
    )


def test_a_line_tells_all_that_is_known_of_a_page() -> None:
    row = {
        "id": 7,
        "text": "A ferry",
        "source_url": "https://gazette.example/ferry",
        "captured_at": "2025-03-14T09:30:00+02:00",
        "outlet": " The Example Gazette ",
        "headline": "A ferry",
        "authors": ["Ada Example", " "],
        "published_on": "2025-03",
        "language": "en-GB",
    }
    document = only(lines(row))
    assert (document.id, document.decoded, document.source_url) == ("7", "A ferry", row["source_url"])
    assert document.captured_at == datetime(2025, 3, 14, 7, 30, tzinfo=UTC)
    assert document.captured_at.utcoffset() == timedelta(hours=2)
    assert (document.declared.outlet, document.declared.headline) == ("The Example Gazette", "A ferry")
    assert (document.declared.authors, document.declared.language) == ((Author("Ada Example"),), "en-GB")
    assert document.declared.published == PartialDate.parse("2025-03")


@pytest.mark.parametrize("day", ["2999-01-01", "2999", "1970-01-01"])
def test_a_day_that_means_unknown_or_is_to_come_is_unknown(day: str) -> None:
    assert only(lines({"text": "A ferry", "published_on": day})).declared.published is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[]", "not a JSON object"),
        (b'{"text": NaN}', "not JSON"),
        (b'{"text": "\\ud800"}', "not JSON"),
        (b'{"text": "\\u0000"}', "NUL"),
        (b'{"text": "A", "outlet": "\\u0000"}', "NUL"),
        (b'{"text": "A", "id": "\\u0000"}', "NUL"),
        (b'{"text": "A", "authors": ["\\u0000"]}', "NUL"),
        (
            b'{"text": "A", "ur\\u0000l": ""}',
            "Unknown fields: ur\x00l. Known fields: id, text, html, source_url",
        ),
        (
            b'{"text": "A", "url": "", "date": ""}',
            "Unknown fields: date, url. Known fields: id, text, html, source_url",
        ),
        (b'{"id": "1"}', 'either "text" or "html"'),
        (b'{"text": "A", "html": "<p>A"}', 'either "text" or "html"'),
        (b'{"text": 1}', '"text" is not a string'),
        (b'{"text": "A", "id": [1]}', '"id" is neither'),
        (b'{"text": "A", "id": true}', '"id" is neither'),
        (b'{"text": "A", "source_url": "javascript:alert(1)"}', '"source_url" is invalid: an address'),
        (b'{"text": "A", "captured_at": "2024-10-23T06:00:00"}', "with a time zone"),
        (b'{"text": "A", "captured_at": "yesterday"}', "with a time zone"),
        (b'{"text": "A", "captured_at": "2024-10-23T06:00:00-17:17"}', "with a time zone"),
        (b'{"text": "A", "captured_at": "0001-01-01T00:00:00+01:00"}', "with a time zone"),
        (b'{"text": "A", "published_on": "2024-02-30"}', '"published_on": There is no such date'),
        (b'{"text": "A", "language": "English please"}', '"language" must be a tag'),
        (b'{"text": "A", "authors": "Ada Example"}', '"authors" is not a list of strings'),
        (b'{"text": "A", "headline": 1984}', '"headline" is not a string'),
        (b'{"text": ' + b"[" * 900, "not JSON"),
        (b'{"text": "A", "id": [' + b"{}," * 100_000 + b"{}]}", "more than 100,000 values"),
        (b'{"text": ' + b"[" * 5000, "not JSON"),
        (b'{"text": "A", "id": ' + b"9" * 5000 + b"}", "not JSON"),
        ('{"text": "Zoë"}'.encode("latin-1"), "not JSON"),
    ],
)
def test_a_bad_line_is_refused_by_place_and_reason_and_the_next_is_read(line: bytes, reason: str) -> None:
    first, second = read(line + b'\n\n{"text": "A ferry"}', "pages.jsonl")
    assert isinstance(first, Refused)
    assert first.where == "pages.jsonl, line 1"
    assert reason in first.reason
    assert isinstance(second, Document)
    assert second.id == "pages.jsonl, line 3"


def test_the_words_of_a_page_are_kept_as_they_are() -> None:
    assert only(lines({"text": " A ferry\r\n"})).decoded == " A ferry\r\n"
    html = '<meta charset="windows-1252"><p>Zoë'
    assert only(lines({"html": html})).decoded == html


def test_lines_are_counted_from_the_first_of_the_file() -> None:
    assert only(b"\n \r\n" + LINE, "pages.jsonl").id == "pages.jsonl, line 3"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstd.compress])
def test_packed_files_are_unpacked(pack) -> None:
    two = lines({"text": "A ferry"}, {"html": "<p>A heron"})
    assert [document.decoded for document in read(pack(two[:9]) + pack(two[9:]))] == ["A ferry", "<p>A heron"]
    assert only(pack(b"A ferry")).decoded == "A ferry"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstd.compress])
def test_a_damaged_file_costs_only_what_is_damaged(pack) -> None:
    content = pack(LINE * 3)
    first, *others, refused = read(pack(LINE) + content[:-9], "p.jsonl")
    assert {first.decoded, *(document.decoded for document in others)} == {"A ferry"}
    assert isinstance(refused, Refused)
    assert "cannot be unpacked" in refused.reason
    assert "cannot be unpacked" in refusal(pack(b"A ferry")[:-1])
    assert "cannot be unpacked" in refusal(pack(b"A ferry")[:4] + b"\xff" * 20)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstd.compress])
def test_what_unpacks_for_ever_is_stopped(pack, monkeypatch) -> None:
    monkeypatch.setattr(packed, "MAX_FILE", 10_000)
    content = pack(LINE * 400 + b" " * 3000)
    *documents, refused = read(content, "bomb.jsonl.gz")
    assert documents
    assert refused == Refused(
        "bomb.jsonl.gz", "The file unpacks to more than 10,000 bytes; the rest was not read."
    )
    monkeypatch.setattr(packed, "MAX_FILE", 11_000)
    assert len(read(content, "bomb.jsonl.gz")) == 400


@pytest.mark.parametrize("pack", [bytes, zstd.compress])
def test_a_file_has_a_bound_in_lines(pack, monkeypatch) -> None:
    monkeypatch.setattr(packed, "MAX_LINES", 1000)
    assert len(read(pack(b"\n" * 998 + LINE), "p.jsonl")) == 1
    refused = Refused("p.jsonl", "The file has more than 1,000 lines; the rest was not read.")
    assert read(pack(b"\n" * 1001), "p.jsonl") == [refused]
    assert read(pack(LINE + b"\n" * 200_000), "p.jsonl")[-1] == refused


@pytest.mark.parametrize("blank", [b" ", b"\n", b" " * 100_000 + b"\n"])
def test_blanks_before_the_first_character_are_bounded(blank: bytes, monkeypatch) -> None:
    monkeypatch.setattr(records, "MAX_DOCUMENT", 200_000)
    assert only(blank * (150_000 // len(blank)) + b"A ferry").decoded.strip() == "A ferry"
    assert re.search(
        "more than 200,000 bytes of white space|longer than 200,000",
        refusal(blank * (200_000 // len(blank) + 1)),
    )


def test_a_line_of_a_length_that_is_read_in_pieces_is_told_by_its_end() -> None:
    assert only(b' \n{"text": "' + b"x" * 200_000 + b'"}\n').decoded == "x" * 200_000


def test_a_line_names_no_more_authors_than_a_page_has() -> None:
    assert len(only(lines({"text": "A", "authors": ["Ada"] * 50})).declared.authors) == 50
    assert "names more than 50" in refusal(lines({"text": "A", "authors": ["Ada"] * 51}), "p.jsonl")


def test_a_document_has_a_bound(monkeypatch) -> None:
    monkeypatch.setattr(records, "MAX_DOCUMENT", 100)
    assert only(b"x" * 100).decoded == "x" * 100
    assert "longer than 100 bytes" in refusal(b"x" * 101)
    assert "longer than 100 bytes" in refusal(b"x\n" * 50 + b"x")
    assert "longer than 100 bytes" in refusal(lines({"text": "x" * 101}))


def test_a_line_has_a_bound_and_the_next_is_read(monkeypatch) -> None:
    monkeypatch.setattr(json_lines, "MAX_LINE", 100)
    long = b'{"text": "' + b"x" * 1000 + b'"}'
    found = read(b"\n".join([long, b'{"text": "A"}', long]), "p.jsonl")
    assert [document.where if isinstance(document, Refused) else document.id for document in found] == [
        "p.jsonl, line 1",
        "p.jsonl, line 2",
        "p.jsonl, line 3",
    ]
    assert found[2] == Refused("p.jsonl, line 3", "It is longer than 100 bytes.")


class Endless(io.RawIOBase):
    """Lines without end: whoever would read it whole never returns."""

    rest = b""

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= 1_000_000
        self.rest += LINE * (size // len(LINE) + 1)
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece


def test_memory_does_not_grow_with_the_file() -> None:
    found = itertools.islice(read_documents(Endless()), 10_000)
    assert {document.decoded for document in found} == {"A ferry"}


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nothing.txt"
    assert list(read_documents(path)) == [Refused(str(path), "It cannot be read: No such file or directory.")]
    assert "cannot be read" in next(read_documents(tmp_path)).reason
