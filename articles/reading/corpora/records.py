"""Reads the members of a corpus's records, and reports which of them is wrong."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from articles.reading.documents.json_lines import check_line
from articles.reading.documents.records import DocumentError

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")


class LineError(ValueError):
    """The line is not a record of the corpus."""


def record_in(line: bytes) -> Mapping[str, Any]:
    """The JSON object in a line. Raises ``LineError``, as all readers here do."""
    try:
        check_line(line)
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise LineError("It is not JSON.") from None
    except DocumentError as error:
        raise LineError(str(error)) from None
    if not isinstance(record, dict):
        raise LineError("It is not a JSON object.")
    if b"\\u0000" in line:
        raise LineError("It contains the NUL character, which text cannot.")
    return record


def member(record: Mapping[str, Any], name: str, kind: type, default: Any = None) -> Any:
    """The member of this name, which must be of this type."""
    value = record.get(name, default)
    if not isinstance(value, kind):
        raise LineError(f"{name} is {'missing' if value is None else 'of the wrong type'}.")
    return value


def words(record: Mapping[str, Any], name: str) -> str:
    """The text of a member, which must not be empty, without superfluous white space."""
    text = " ".join(member(record, name, str).split())
    if not text:
        raise LineError(f"{name} is empty.")
    return text


def strings(values: list[Any], name: str) -> list[str]:
    """The values of a member, all of which must be text."""
    if not all(isinstance(value, str) for value in values):
        raise LineError(f"{name} has a value that is not text.")
    return values


def day(text: str, name: str = "date") -> date | None:
    """The day of a date or time; None for ''."""
    if not text:
        return None
    match = _DAY.match(text)
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(text)
    except ValueError:
        raise LineError(f"{name} is not a date: {text[:40]}") from None
