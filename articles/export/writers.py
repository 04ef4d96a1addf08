"""Rows into files, one at a time: JSON Lines and CSV, hashed as they are written, and Parquet."""

import csv
import hashlib
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import orjson

from articles.export.parquet import ParquetWriter
from articles.export.tables import Row, Table

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
    """A new file that knows its size and SHA-256; ``write`` takes text, ``write_bytes`` UTF-8."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bytes = 0
        self.hash = hashlib.sha256()

    def __enter__(self) -> Self:
        self._file = self.path.open("xb")
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def write(self, text: str) -> None:
        self.write_bytes(text.encode())

    def write_bytes(self, content: bytes) -> None:
        self._file.write(content)
        self.hash.update(content)
        self.bytes += len(content)


class Writer(Protocol):
    """Writes the rows of one table to a file."""

    format: str

    def row(self, row: Row) -> None: ...


class JsonLinesWriter:
    """One JSON object a line, its members in the order of the columns."""

    format = "jsonl"

    def __init__(self, file: HashedFile, table: Table) -> None:
        self._file = file
        self._names = [column.name for column in table.columns]

    def row(self, row: Row) -> None:
        record = dict(zip(self._names, row, strict=True))
        self._file.write_bytes(orjson.dumps(record, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))


class CsvWriter:
    """RFC 4180 in UTF-8 with a header; unknown is an empty cell, and so is empty text.

    With ``spreadsheet_safe`` a cell that a spreadsheet would run as a formula begins with an apostrophe. That
    loses something: whether the apostrophe was in the text cannot be told afterwards.
    """

    format = "csv"

    def __init__(self, file: HashedFile, table: Table, *, spreadsheet_safe: bool = False) -> None:
        self._writer = csv.writer(file, lineterminator="\r\n")
        # What csv itself writes in the same way is left to it.
        self._converted: list[tuple[int, Callable[[Any], str]]] = [
            (place, safe_text if spreadsheet_safe else plain_text)
            for place, column in enumerate(table.columns)
            if column.type in ("boolean", "datetime") or (spreadsheet_safe and column.type != "uuid")
        ]
        self._writer.writerow(column.name for column in table.columns)

    def row(self, row: Row) -> None:
        cells = list(row)
        for place, text in self._converted:
            cells[place] = text(cells[place])
        self._writer.writerow(cells)


def plain_text(value: Any) -> str:
    """A cell as the package's schema reads it.

    >>> plain_text(True), plain_text(None)
    ('true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
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
    paths = [directory / f"{table.name}.csv", directory / f"{table.name}.jsonl"]
    with HashedFile(paths[0]) as cells, HashedFile(paths[1]) as lines, ExitStack() as stack:
        writers: list[Writer] = [
            CsvWriter(cells, table, spreadsheet_safe=spreadsheet_safe),
            JsonLinesWriter(lines, table),
        ]
        if parquet:
            groups = stack.enter_context(ParquetWriter(directory / f"{table.name}.parquet", table))
            writers.append(groups)
        for row in rows:
            count += 1
            for writer in writers:
                writer.row(row)
    files = [
        Written(file.path.name, writer.format, table, file.bytes, file.hash.hexdigest())
        for file, writer in zip((cells, lines), writers, strict=False)
    ]
    if parquet:
        files.append(_written(groups.path, groups.format, table))
    return files, count


def _written(path: Path, file_format: str, table: Table) -> Written:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(path.name, file_format, table, path.stat().st_size, digest)
