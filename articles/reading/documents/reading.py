"""The documents in a file or stream, one after the other, whatever is wrong with any of them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from articles.reading.documents import json_lines, records
from articles.reading.documents.decoding import decode
from articles.reading.documents.json_lines import check_line, cut_lines
from articles.reading.documents.packed import unpacked
from articles.reading.documents.records import Document, DocumentError, MediaType, Refused
from articles.reading.documents.rows import read_row

#: Blank lines at the beginning of a file after which it may hold anything, and is text.
_MOST_BLANK = 100
#: Bytes of a blank line that are read at once.
_PIECE = 2**16

_Kind = MediaType | Literal["jsonl"]
_PACKED = re.compile(r"\.(?:gz|gzip|zst|zstd)$", re.IGNORECASE)
_SUFFIXES: dict[str, _Kind] = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|\?xml|!--)", re.IGNORECASE)


def read_documents(source: Path | BinaryIO, *, name: str = "") -> Iterator[Document | Refused]:
    """What a file or binary stream holds: text, HTML or JSON Lines, packed by gzip, by Zstandard or not.

    The kind is told by the file's name, else by how the content begins. What is wrong with a line refuses
    that line; the next is read all the same. Memory does not grow with the file. `name` is what a stream is
    called.
    """
    if not isinstance(source, Path):
        yield from _read(source, name or "standard input")
        return
    name = name or str(source)
    try:
        with source.open("rb") as stream:
            yield from _read(stream, name)
    except OSError as error:
        yield Refused(name, f"It cannot be read: {error.strerror or error}.")


def _read(stream: BinaryIO, name: str) -> Iterator[Document | Refused]:
    try:
        lines = unpacked(stream)
        blank, first = _first_line(lines)
        kind = _SUFFIXES.get(Path(_PACKED.sub("", name)).suffix.lower()) or _kind(first)
        if kind == "jsonl":
            yield from _read_lines(cut_lines(lines, first), name, number=blank.count(b"\n") + 1)
        else:
            content = blank + first
            content += lines.read(max(0, records.MAX_DOCUMENT + 1 - len(content)))
            yield Document(name, content, decode(content, kind), kind)
    except DocumentError as error:
        yield Refused(name, str(error))


def _first_line(lines: BinaryIO) -> tuple[bytes, bytes]:
    """The blank lines that a file begins with, and the first that is not, by which its kind is known.

    Raises DocumentError where blanks alone are longer than a document.
    """
    blank = bytearray()
    line = lines.readline(_PIECE)
    while line and not line.strip() and blank.count(b"\n") < _MOST_BLANK:
        blank += line
        if len(blank) > records.MAX_DOCUMENT:
            raise DocumentError(f"It begins with more than {records.MAX_DOCUMENT:,} bytes of white space.")
        line = lines.readline(_PIECE)
    if line and not line.endswith(b"\n"):
        line += lines.readline(max(0, json_lines.MAX_LINE + 1 - len(line)))
    return bytes(blank), line


def _kind(first: bytes) -> _Kind:
    """What begins with this line."""
    begin = first.removeprefix(codecs.BOM_UTF8).lstrip()
    if begin.startswith(b"{") and begin.rstrip().endswith(b"}"):
        return "jsonl"
    return "text/html" if _MARKUP.match(begin) else "text/plain"


def _read_lines(lines: Iterator[bytes], name: str, *, number: int) -> Iterator[Document | Refused]:
    for place, line in enumerate(lines, start=number):
        where = f"{name}, line {place}"
        if line.isspace():
            continue
        try:
            check_line(line)
            yield read_row(line.removeprefix(codecs.BOM_UTF8), otherwise=where)
        except DocumentError as error:
            yield Refused(where, str(error))
