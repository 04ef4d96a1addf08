"""Writes rows to files as a stream: JSON Lines and CSV, hashed while written, and Parquet."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import orjson

from articles.export.parquet import ParquetWriter
from articles.export.tables import Row, Table

#: Rows per write.
CHUNK = 2000
#: A spreadsheet interprets a cell that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Written:
    """A finished file: name in the release, format, table, size in bytes and SHA-256 (hex)."""

    path: str
    format: str
    table: Table
    bytes: int
    sha256: str


class HashedFile:
    """A new file that tracks its size and SHA-256."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bytes = 0
        self.hash = hashlib.sha256()

    def __enter__(self) -> Self:
        self._file = self.path.open("xb")
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self.hash.update(content)
        self.bytes += len(content)


class Writer(Protocol):
    """Writes the rows of one table to a file, in batches."""

    format: str

    def write(self, rows: Sequence[Row]) -> None: ...


class JsonLinesWriter:
    """Writes one JSON object per line, with keys in column order; takes JSON values."""

    format = "jsonl"

    def __init__(self, file: HashedFile, table: Table) -> None:
        self._file = file
        self._names = [column.name for column in table.columns]

    def write(self, rows: Sequence[Row]) -> None:
        lines = [
            orjson.dumps(dict(zip(self._names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)
            for row in rows
        ]
        self._file.write(b"".join(lines))


class CsvWriter:
    """Writes RFC 4180 CSV in UTF-8 with a header; null and empty text are both an empty cell.

    It takes JSON values. With ``spreadsheet_safe``, a cell that a spreadsheet would run as a formula gets a
    leading apostrophe. This is lossy: such an apostrophe cannot be told from one in the text.
    """

    format = "csv"

    def __init__(self, file: HashedFile, table: Table, *, spreadsheet_safe: bool = False) -> None:
        self._file = file
        # The csv module formats the other columns correctly itself.
        self._converted: list[tuple[int, Callable[[Any], str]]] = [
            (place, safe_text if spreadsheet_safe else plain_text)
            for place, column in enumerate(table.columns)
            if column.type == "boolean" or (spreadsheet_safe and column.type != "uuid")
        ]
        self._write([[column.name for column in table.columns]])

    def write(self, rows: Sequence[Row]) -> None:
        columns = list(zip(*rows, strict=True))
        for place, text in self._converted:
            columns[place] = tuple(map(text, columns[place]))
        self._write(zip(*columns, strict=True))

    def _write(self, rows: Iterable[Sequence[Any]]) -> None:
        cells = io.StringIO()
        csv.writer(cells, lineterminator="\r\n").writerows(rows)
        self._file.write(cells.getvalue().encode())


def plain_text(value: Any) -> str:
    """The text of a cell, as the package's schema defines it.

    >>> plain_text(True), plain_text(None)
    ('true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def safe_text(value: Any) -> str:
    """The text of a cell that no spreadsheet runs as a formula.

    >>> safe_text("=1+1")
    "'=1+1"
    """
    text = plain_text(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def write_table(
    directory: Path,
    table: Table,
    rows: Iterable[Row],
    *,
    spreadsheet_safe: bool = False,
    parquet: bool = False,
) -> tuple[list[Written], int]:
    """Write a table in every format in one pass; returns the files and the number of rows."""
    count = 0
    files = [HashedFile(directory / f"{table.name}.{format}") for format in ("csv", "jsonl")]
    with ExitStack() as stack:
        cells, lines = map(stack.enter_context, files)
        writers: list[Writer] = [
            CsvWriter(cells, table, spreadsheet_safe=spreadsheet_safe),
            JsonLinesWriter(lines, table),
        ]
        groups = ParquetWriter(directory / f"{table.name}.parquet", table) if parquet else None
        if groups:
            stack.enter_context(groups)
        rest = iter(rows)
        while some := list(islice(rest, CHUNK)):
            count += len(some)
            # Converting a whole batch to JSON values is faster than one value at a time.
            as_json = orjson.loads(orjson.dumps(some, option=orjson.OPT_UTC_Z))
            for writer in writers:
                writer.write(as_json)
            if groups:
                groups.write(some)
    written = [
        Written(file.path.name, writer.format, table, file.bytes, file.hash.hexdigest())
        for file, writer in zip(files, writers, strict=True)
    ]
    if groups:
        written.append(_written(groups.path, groups.format, table))
    return written, count


def _written(path: Path, file_format: str, table: Table) -> Written:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(path.name, file_format, table, path.stat().st_size, digest)
