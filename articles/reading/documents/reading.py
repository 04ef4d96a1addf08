"""Reads the documents in a file or stream one by one; an invalid one does not stop the next."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from articles.reading.documents import json_lines, records
from articles.reading.documents.decoding import decode
from articles.reading.documents.json_lines import check_line, cut_lines
from articles.reading.documents.packed import decompressed
from articles.reading.documents.records import Document, DocumentError, MediaType, Refused, hash_of
from articles.reading.documents.rows import read_row

#: After this many blank lines at its beginning, a file is taken to be text.
_MAX_BLANK_LINES = 100
#: Bytes of a blank line that are read at a time.
_BLANK_CHUNK_BYTES = 2**16

_Format = MediaType | Literal["jsonl"]
_COMPRESSED_SUFFIX = re.compile(r"\.(?:gz|gzip|bz2|zst|zstd)$", re.IGNORECASE)
_SUFFIXES: dict[str, _Format] = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|\?xml|!--)", re.IGNORECASE)


def read_documents(source: Path | BinaryIO, *, name: str = "") -> Iterator[Document | Refused]:
    """Yield the documents in a file or binary stream: text, HTML or JSON Lines, optionally compressed.

    The format follows from the file's name, or else from the first line. An invalid line is refused, and
    reading continues with the next. Memory does not grow with the file. `name` is the name of a stream in
    messages.
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
        lines = decompressed(stream)
        blank, first = _first_line(lines)
        kind = _SUFFIXES.get(Path(_COMPRESSED_SUFFIX.sub("", name)).suffix.lower()) or _detect_format(first)
        if kind == "jsonl":
            yield from _read_lines(cut_lines(lines, first), name, number=blank.count(b"\n") + 1)
        else:
            content = blank + first
            content += lines.read(max(0, records.MAX_DOCUMENT + 1 - len(content)))
            yield Document(name, hash_of(content), decode(content, kind), kind)
    except DocumentError as error:
        yield Refused(name, str(error))


def _first_line(lines: BinaryIO) -> tuple[bytes, bytes]:
    """Read the leading blank lines, and the first line after them, from which the format is recognised.

    Raises DocumentError if the blank lines alone are longer than a document may be.
    """
    blank = bytearray()
    line = lines.readline(_BLANK_CHUNK_BYTES)
    while line and not line.strip() and blank.count(b"\n") < _MAX_BLANK_LINES:
        blank += line
        if len(blank) > records.MAX_DOCUMENT:
            raise DocumentError(
                f"The file begins with more than {records.MAX_DOCUMENT:,} bytes of white space."
            )
        line = lines.readline(_BLANK_CHUNK_BYTES)
    if line and not line.endswith(b"\n"):
        line += lines.readline(max(0, json_lines.MAX_LINE + 1 - len(line)))
    return bytes(blank), line


def _detect_format(first: bytes) -> _Format:
    """The format of a file that begins with this line."""
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
