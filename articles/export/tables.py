"""What a release's tables look like, without Django: columns, their types, how tables refer to each other."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: One row, in the order of the table's columns: ``str``, ``int``, ``float``, ``bool``, ``date``,
#: ``datetime`` (aware, UTC), ``UUID`` or ``None``.
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


#: By type as Data Package names it: what a value of it is in JSON.
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
    """A column: ``type`` is one of ``CHECKS``; ``nullable`` values may be null, ``blank`` ones empty text.

    A ``derived`` one is computed from others, not read. Older releases may lack an ``optional`` one.
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
        """What is wrong with a value as read from JSON."""
        if value is None:
            return None if self.nullable else "null, but it is never unknown"
        return None if CHECKS[self.type](value) else f"{value!r:.80} is no {self.type}"


@dataclass(frozen=True)
class Reference:
    """Columns that name a row of another table by its columns, in the same order."""

    columns: tuple[str, ...]
    table: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table: ``key`` are the columns that tell its rows apart, none where some may be unknown.

    Older releases may lack an ``optional`` one.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    optional: bool = False

    def complete(self, row: Any) -> None:
        """Add to a row read from JSON, as null or empty text, the columns that older releases lack."""
        if isinstance(row, dict):
            for column in self.columns:
                if column.optional:
                    row.setdefault(column.name, None if column.nullable else "")

    def faults(self, row: Any) -> Iterable[str]:
        """What is wrong with a row as read from JSON: an object of exactly these columns."""
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
