"""The schema of a release's tables, without Django: columns, types and references."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: The values of a row in column order: ``str``, ``int``, ``float``, ``bool``, ``date``, ``datetime`` (in
#: UTC), ``UUID`` or ``None``.
Row = Sequence[Any]

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z", re.ASCII)


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_datetime(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(_DATETIME.fullmatch(value) and datetime.fromisoformat(value))
    except ValueError:
        return False


#: Checks of JSON values, by Data Package type.
CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "uuid": lambda value: isinstance(value, str) and bool(_UUID.fullmatch(value)),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_date,
    "datetime": _is_datetime,
}


@dataclass(frozen=True)
class Column:
    """A column: ``type`` is one of ``CHECKS``; values may be null if ``nullable``, empty text if ``blank``.

    A ``derived`` column is computed from others when a release is loaded. Older releases may lack an
    ``optional`` one.
    """

    name: str
    type: str
    description: str
    nullable: bool = False
    blank: bool = False
    choices: tuple[str, ...] = ()
    derived: bool = False
    optional: bool = False

    def fault(self, value: Any) -> str | None:
        """What is wrong with a value read from JSON, or None."""
        if value is None:
            return None if self.nullable else "null, but it is never unknown"
        return None if CHECKS[self.type](value) else f"{value!r:.80} is not a valid {self.type}"


@dataclass(frozen=True)
class Reference:
    """Columns that identify a row of another table, with the names they have there."""

    columns: tuple[str, ...]
    table: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table: ``key`` are the columns that identify its rows; empty if they may be unknown.

    Older releases may lack an ``optional`` table.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    optional: bool = False

    def complete(self, row: Any) -> None:
        """Fill in columns that older releases lack, as null or empty text, in a row read from JSON."""
        if isinstance(row, dict):
            for column in self.columns:
                if column.optional:
                    row.setdefault(column.name, None if column.nullable else "")

    def faults(self, row: Any) -> Iterable[str]:
        """Yield the faults of a row read from JSON, which must be an object with exactly these columns."""
        if not isinstance(row, dict):
            yield "not a JSON object"
            return
        names = {column.name for column in self.columns}
        yield from (f"{name}: there is no such column" for name in sorted(row.keys() - names))
        for column in self.columns:
            if column.name not in row:
                yield f"{column.name}: missing"
            elif fault := column.fault(row[column.name]):
                yield f"{column.name}: {fault}"
