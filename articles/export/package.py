"""Writes a release's metadata: ``datapackage.json`` (Frictionless Data Package 2.0) and ``SHA256SUMS``."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from articles.export.tables import Column, Table
from articles.export.writers import HashedFile, Written

PACKAGE = "datapackage.json"
SUMS = "SHA256SUMS"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet"}

DESCRIPTION = (
    "Who said what, when, and where exactly is it printed. Every public record, each table as CSV, as JSON"
    " Lines and, if requested, as Parquet. Records that were retracted, merged away or only proposed are"
    " not among them. Publishers' texts are not included: a capture is described by its hashes, and a"
    " statement has the quoted words and up to 32 characters on either side. Rows are in the order in which"
    " they were recorded. In CSV an empty cell is null in columns that may be unknown, otherwise empty"
    " text."
)
SPREADSHEET_SAFE = (
    " For spreadsheets, a cell that began with =, +, -, @, a tab or a carriage return has an apostrophe"
    " before it; the JSON Lines beside it are exact."
)


def describe(
    directory: Path,
    files: Iterable[Written],
    *,
    version: int,
    created: datetime,
    licence: Mapping[str, str],
    spreadsheet_safe: bool = False,
) -> None:
    """Write both metadata files into the release in ``directory``.

    ``licence`` has ``name`` (an Open Definition or SPDX id) and ``url``; ``created`` has a time zone.
    """
    files = sorted(files, key=lambda file: file.path)
    package = {
        "$schema": PROFILE,
        "name": "newsdb",
        "title": "newsdb",
        "description": DESCRIPTION,
        "version": str(version),
        "created": f"{created:%Y-%m-%dT%H:%M:%SZ}",
        "licenses": [{"name": licence["name"], "path": licence["url"]}],
        "resources": [_resource(file, spreadsheet_safe) for file in files],
    }
    with HashedFile(directory / PACKAGE) as file:
        file.write(orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sums = {PACKAGE: file.hash.hexdigest(), **{each.path: each.sha256 for each in files}}
    lines = (f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (directory / SUMS).write_text("".join(lines), encoding="ascii")


def resource_name(table: str, file_format: str) -> str:
    """The name of a table's resource in this format; CSV has the plain name."""
    return table if file_format == "csv" else f"{table}.{file_format}"


def _resource(file: Written, spreadsheet_safe: bool) -> dict[str, Any]:
    note = SPREADSHEET_SAFE if spreadsheet_safe and file.format == "csv" else ""
    return {
        "name": resource_name(file.table.name, file.format),
        "type": "table",
        "path": file.path,
        "description": f"{file.table.description}{note}",
        "format": file.format,
        "mediatype": MEDIA_TYPES[file.format],
        **({} if file.format == "parquet" else {"encoding": "utf-8"}),
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(file.table, file.format),
    }


def _schema(table: Table, file_format: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if file_format != "parquet":  # Parquet has real nulls
        schema["missingValues"] = [""]
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(reference.columns),
                "reference": {
                    "resource": resource_name(reference.table, file_format),
                    "fields": list(reference.names),
                },
            }
            for reference in table.references
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.type == "uuid":
        field |= {"type": "string", "format": "uuid"}
    constraints: dict[str, Any] = {}
    if not column.nullable and not column.blank:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    return field | {"constraints": constraints} if constraints else field
