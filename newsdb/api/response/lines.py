"""Records as lines: CSV, with columns derived from the serializer, and JSON Lines."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson

from newsdb.api.rows.reading import Row
from newsdb.api.rows.serializers import RowSerializer

#: Characters with which a formula begins in a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@lru_cache(maxsize=1024)
def columns_of(serializer: type[RowSerializer]) -> tuple[tuple[str, ...], ...]:
    """The path of each column. Members of nested objects have their own columns; a list has one."""
    return tuple(_paths(serializer(), ()))


def _paths(serializer: RowSerializer, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, field in serializer.fields.items():
        if isinstance(field, RowSerializer):
            yield from _paths(field, (*before, name))
        else:
            yield (*before, name)


def header(serializer: type[RowSerializer]) -> list[str]:
    """The names of the columns, as in ``speaker.slug``."""
    return [".".join(path) for path in columns_of(serializer)]


def cells(serializer: type[RowSerializer], row: Row, *, safe: bool) -> Iterator[str]:
    """A record's cells: null and ``""`` are empty, booleans are ``true`` or ``false``, lists are JSON.

    With ``safe``, an apostrophe is put before text that a spreadsheet would run as a formula. The text is
    then no longer exact.
    """
    for path in columns_of(serializer):
        value: Any = row
        for name in path:
            value = None if value is None else value[name]
        text = _cell(value)
        yield f"'{text}" if safe and text.startswith(FORMULA) else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return orjson.dumps(value, option=orjson.OPT_UTC_Z).decode().removeprefix('"').removesuffix('"')


def csv_lines(
    serializer: type[RowSerializer], rows: Iterable[Row], *, safe: bool, head: bool = True
) -> bytes:
    """CSV as in RFC 4180: commas, CRLF, a header line, quotes where needed; in UTF-8.

    With ``safe`` it begins with a byte order mark, since spreadsheets would otherwise assume another
    encoding.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    if head:
        writer.writerow(header(serializer))
    writer.writerows(cells(serializer, row, safe=safe) for row in rows)
    return written.getvalue().encode("utf-8-sig" if safe and head else "utf-8")


def json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One JSON object per line."""
    return b"".join(orjson.dumps(row, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE) for row in rows)
