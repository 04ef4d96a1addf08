"""Rows into files, one at a time: JSON Lines and CSV, hashed as they are written, and Parquet."""

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

#: Rows that are written together.
CHUNK = 2000
#: A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Written:
    """A finished file: its name in the release, what it holds, its size in bytes and its hash (hex)."""

    path: str
    format: str
    table: Table
    bytes: int
    sha256: str


class HashedFile:
    """A new file that knows its size and SHA-256."""

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
    """Writes the rows of one table to a file, some at a time."""

    format: str

    def write(self, rows: Sequence[Row]) -> None: ...


class JsonLinesWriter:
    """One JSON object a line, its members in the order of the columns; takes values as JSON has them."""

    format = "jsonl"

    def __init__(self, file: HashedFile, table: Table) -> None:
        self._file = file
        self._names = [column.name for column in table.columns]

    def write(self, rows: Sequence[Row]) -> None:
        records = (dict(zip(self._names, row, strict=True)) for row in rows)
        self._file.write(b"".join([orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in records]))


class CsvWriter:
    """RFC 4180 in UTF-8 with a header; unknown is an empty cell, and so is empty text.

    It takes values as JSON has them. With ``spreadsheet_safe`` a cell that a spreadsheet would run as a
    formula begins with an apostrophe. That loses something: whether the apostrophe was in the text cannot be
    told afterwards.
    """

    format = "csv"

    def __init__(self, file: HashedFile, table: Table, *, spreadsheet_safe: bool = False) -> None:
        self._file = file
        # What csv itself writes in the same way is left to it.
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
    """A cell as the package's schema reads it.

    >>> plain_text(True), plain_text(None)
    ('true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def safe_text(value: Any) -> str:
    """A cell that no spreadsheet runs as a formula.

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
    """Write a table in every format at once. Return the files, and how many rows there were."""
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
            # As JSON has them: all at once, which is quicker than value by value in each format.
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
