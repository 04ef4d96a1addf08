"""Parses a line of JSON Lines: `{"id", "text" or "html", "source_url", "captured_at", …}`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from articles.reading.documents import records
from articles.reading.documents.decoding import checked, decode
from articles.reading.documents.records import Document, DocumentError, MediaType, hash_of
from articles.reading.page.organisations import author_called
from articles.reading.page.parts import MAX_AUTHORS, Author, DeclaredMetadata
from newsdb.addresses import WEB_ADDRESS, WEB_ADDRESS_RULE
from newsdb.dates import PartialDate, is_plausible

_CONTENT_KEYS: dict[str, MediaType] = {"text": "text/plain", "html": "text/html"}
_STRING_KEYS = ("outlet", "headline", "deck", "section", "language")
#: The keys that a line may have.
KEYS = ("id", *_CONTENT_KEYS, "source_url", "captured_at", *_STRING_KEYS, "authors", "published_on")
#: No time zone on earth is this far from UTC, and PostgreSQL rejects any that is.
_WIDEST_OFFSET = timedelta(hours=16)
_WEB_ADDRESS = re.compile(WEB_ADDRESS)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def read_row(line: bytes, *, otherwise: str) -> Document:
    """Parse a line into a document; its id is `otherwise` if the line has none.

    Raises DocumentError, whose message tells what is wrong and what would be valid.
    """
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise DocumentError(f"It is not JSON: {error}.") from None
    if not isinstance(row, dict):
        raise DocumentError("It is not a JSON object.")
    if unknown := sorted(set(row) - set(KEYS)):
        raise DocumentError(f"Unknown fields: {', '.join(unknown)}. Known fields: {', '.join(KEYS)}.")
    given = [key for key in _CONTENT_KEYS if row.get(key) is not None]
    if len(given) != 1:
        raise DocumentError('A document has either "text" or "html".')
    content = _string_value(row, given[0]).encode()
    return Document(
        id=_document_id(row.get("id")) or otherwise,
        sha256=hash_of(content),
        decoded=decode(content),  # JSON is UTF-8, whatever its HTML declares
        media_type=_CONTENT_KEYS[given[0]],
        source_url=read_source_url(_string_value(row, "source_url")),
        captured_at=read_captured_at(_string_value(row, "captured_at")),
        declared=DeclaredMetadata(
            outlet=_string_value(row, "outlet"),
            headline=_string_value(row, "headline"),
            deck=_string_value(row, "deck"),
            section=_string_value(row, "section"),
            language=read_language(_string_value(row, "language")),
            published=_published_on(_string_value(row, "published_on")),
            authors=_authors(row.get("authors")),
        ),
    )


def _string_value(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise DocumentError(f'"{key}" is not a string.')
    if len(value) > records.MAX_DOCUMENT:  # as UTF-8 it is at least as long
        raise DocumentError(f"It is longer than {records.MAX_DOCUMENT:,} bytes.")
    checked(value)
    return value if key in _CONTENT_KEYS else value.strip()


def _document_id(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise DocumentError('"id" is neither a string nor a whole number.')
    return checked(str(value))


def read_source_url(url: str) -> str:
    """Return the URL. Raises DocumentError if it is invalid."""
    if url and not _WEB_ADDRESS.match(url):
        raise DocumentError(f'"source_url" is invalid: an address {WEB_ADDRESS_RULE}')
    return url


def read_captured_at(value: str) -> datetime | None:
    """Parse a time with a time zone; "" is None. Raises DocumentError if it is invalid."""
    if not value:
        return None
    try:
        captured_at = datetime.fromisoformat(value)
        captured_at.astimezone(UTC)
    except (ValueError, OverflowError):  # near the limits of year 1 and 9999
        captured_at = None
    offset = captured_at.utcoffset() if captured_at else None
    if offset is None or abs(offset) >= _WIDEST_OFFSET:
        raise DocumentError('"captured_at" must be written as in 2024-10-23T06:00:00Z, with a time zone.')
    return captured_at


def _published_on(value: str) -> PartialDate | None:
    try:
        day = PartialDate.parse(value) if value else None
    except ValueError as error:
        raise DocumentError(f'"published_on": {error}') from None
    return day if day and is_plausible(day) else None


def read_language(language: str) -> str:
    """Return the language tag. Raises DocumentError if it is invalid."""
    if language and not _LANGUAGE.fullmatch(language):
        raise DocumentError('"language" must be a tag such as en or pt-BR.')
    return language


def _authors(value: Any) -> tuple[Author, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise DocumentError('"authors" is not a list of strings.')
    if len(value) > MAX_AUTHORS:
        raise DocumentError(f'"authors" names more than {MAX_AUTHORS}.')
    return tuple(author_called(name) for name in (checked(name).strip() for name in value) if name)
