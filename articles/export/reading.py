"""Reads and verifies a release, without Django."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from articles.export.package import PACKAGE, SUMS
from articles.export.tables import Table

_SUM = re.compile(r"([0-9a-f]{64})  ([a-z_]+\.[a-z]+)")
#: A version: the sequence number of a change in the ledger.
VERSION = r"[0-9]{1,19}"
#: Far longer than any row.
MAX_LINE = 16 * 1024 * 1024


class ReleaseError(ValueError):
    """The release is invalid; the message names the file and, if possible, the line."""


def verify(directory: Path, tables: list[Table]) -> dict[str, Any]:
    """Check every file against its hash in ``SHA256SUMS``, and return the release's metadata.

    Raises ReleaseError if a file is missing, not listed, or has another hash.
    """
    sums = _sums(directory / SUMS)
    needed = [PACKAGE, *(f"{table.name}.jsonl" for table in tables if not table.optional)]
    for name in needed:
        if name not in sums:
            raise ReleaseError(f"{SUMS} does not list {name}: the release is incomplete.")
    for name, stated in sums.items():
        if _sha256(directory / name) != stated:
            raise ReleaseError(f"{name} is not the file that was released: its SHA-256 differs from {SUMS}.")
    try:
        description = orjson.loads((directory / PACKAGE).read_bytes())
    except orjson.JSONDecodeError as error:
        raise ReleaseError(f"{PACKAGE} is not JSON ({error}).") from None
    if not isinstance(description, dict):
        raise ReleaseError(f"{PACKAGE} is not a JSON object.")
    if not re.fullmatch(VERSION, str(description.get("version", ""))):
        raise ReleaseError(f"{PACKAGE} has an invalid version: it must be a whole number.")
    return description


def read_rows(directory: Path, table: Table) -> Iterator[tuple[int, Any]]:
    """Yield the parsed lines of a table's JSON Lines, with their numbers from 1; rows are not checked.

    Yields nothing for an optional table that the release lacks. Raises ReleaseError for the first line that
    is not JSON.
    """
    name = f"{table.name}.jsonl"
    if table.optional and not (directory / name).exists():
        return
    with (directory / name).open("rb") as lines:
        number = 0
        while line := lines.readline(MAX_LINE):
            number += 1
            try:
                yield number, orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise ReleaseError(f"{name}, line {number}: not JSON ({error}).") from None


def check_row(table: Table, number: int, row: Any) -> None:
    """Raise ReleaseError unless this is a valid row of the table."""
    if faults := list(table.faults(row)):
        raise ReleaseError(f"{table.name}.jsonl, line {number}: {'; '.join(faults)}.")


def _sums(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="ascii")
    except (FileNotFoundError, NotADirectoryError):
        raise ReleaseError(f"{path} is missing: name a directory that export_dataset wrote.") from None
    except UnicodeDecodeError:
        raise ReleaseError(f"{SUMS} is not in sha256sum's format.") from None
    sums = {}
    for number, line in enumerate(text.splitlines(), 1):
        found = _SUM.fullmatch(line)
        if not found:
            raise ReleaseError(f"{SUMS}, line {number}: not in sha256sum's format.")
        sums[found[2]] = found[1]
    return sums


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise ReleaseError(f"{path.name} is missing, though {SUMS} lists it.") from None
