"""Writes rows to Apache Parquet in row groups, with the optional pyarrow."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from articles.export.tables import Row, Table

if TYPE_CHECKING:
    import pyarrow

#: Rows that are buffered and written together.
GROUP = 10_000


class ParquetUnavailableError(Exception):
    """pyarrow is not installed; the message says how to."""


def require_parquet() -> None:
    """Raise ParquetUnavailableError if pyarrow is not installed."""
    if importlib.util.find_spec("pyarrow") is None:
        raise ParquetUnavailableError(
            "Parquet needs pyarrow, which is not installed: pip install -r requirements-extras.txt"
        )


class ParquetWriter:
    """Writes a table's rows to a new Parquet file."""

    format = "parquet"

    def __init__(self, path: Path, table: Table) -> None:
        self.path = path
        self._table = table
        self._rows: list[Row] = []

    def __enter__(self) -> Self:
        # Imported here because pyarrow is optional and slow to import.
        from pyarrow import parquet

        self._schema = schema_of(self._table)
        self._file = parquet.ParquetWriter(self.path, self._schema, compression="zstd")
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self._write_group()
        self._file.close()

    def write(self, rows: Sequence[Row]) -> None:
        self._rows += rows
        while len(self._rows) >= GROUP:
            self._write_group()

    def _write_group(self) -> None:
        import pyarrow

        rows = self._rows[:GROUP]
        columns = zip(*rows, strict=True) if rows else ([] for _ in self._schema)
        arrays = [
            pyarrow.array([_plain(value, column.type) for value in values], field.type)
            for values, column, field in zip(columns, self._table.columns, self._schema, strict=True)
        ]
        self._file.write_table(pyarrow.Table.from_arrays(arrays, schema=self._schema), row_group_size=GROUP)
        del self._rows[:GROUP]


def schema_of(table: Table) -> "pyarrow.Schema":
    """The Arrow schema: dates as date32, times in UTC to the microsecond, uuids as text."""
    import pyarrow

    types: dict[str, Any] = {
        "string": pyarrow.string(),
        "uuid": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "datetime": pyarrow.timestamp("us", tz="UTC"),
    }
    return pyarrow.schema(
        [
            pyarrow.field(
                column.name,
                types[column.type],
                nullable=column.nullable,
                metadata={"description": column.description},
            )
            for column in table.columns
        ]
    )


def _plain(value: Any, kind: str) -> Any:
    return str(value) if kind == "uuid" and value is not None else value
