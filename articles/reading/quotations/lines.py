"""Reads documents and writes their quotations as JSON Lines, without a database.

Input has one document per line: `{"id": "…", "text": "…"}`; other keys are ignored. Output, in the same
order: `{"id", "quotes": [{"start", "end", "speaker", "mention", "mention_start", "mention_end", "confidence",
…}]}` with an object for each part, offsets in code points, `mention` as printed, and `speaker` as resolved
within the text, or null. The parts of a quotation share its `quotation` number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articles.reading.documents.json_lines import check_line
from articles.reading.documents.records import MAX_DOCUMENT
from articles.reading.quotations.records import Quotation


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its id."""

    id: str | int
    text: str


class LineError(ValueError):
    """A line that is not a valid document: `number` counts from 1."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"Line {number}: {reason}")
        self.number = number


def read_lines(lines: Iterable[bytes]) -> Iterator[Document | LineError]:
    """Yield the documents in order, with an error in place of each invalid line; empty lines are skipped."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            check_line(line)
            yield _document(line)
        except (ValueError, RecursionError) as error:
            yield LineError(number, _reason(error))


def read_text(name: str, content: bytes) -> Document:
    """Read a whole file as one document. Raises ValueError if it is not UTF-8, or too long."""
    if len(content) > MAX_DOCUMENT:
        raise ValueError(f"longer than {MAX_DOCUMENT:,} bytes.")
    try:
        return Document(name, _checked(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise ValueError(_reason(error)) from None


def write_line(document: Document, quotations: Sequence[Quotation]) -> str:
    """Serialise a document's quotations to one line, without the line break."""
    quotes = [
        _part(document.text, number, quotation, part)
        for number, quotation in enumerate(quotations)
        for part in range(len(quotation.parts))
    ]
    return json.dumps({"id": document.id, "quotes": quotes}, ensure_ascii=False)


def _document(line: bytes) -> Document:
    read = json.loads(line.decode("utf-8-sig"))
    if not isinstance(read, dict) or not isinstance(read.get("text"), str):
        raise ValueError('a document must be an object with "id" and "text", both strings.')
    name = read.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise ValueError('a document must be an object with "id" and "text", both strings.')
    return Document(_checked(name) if isinstance(name, str) else name, _checked(read["text"]))


def _checked(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text cannot contain the NUL character.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("text cannot contain a lone surrogate.")
    return text


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8, at byte {error.start}."
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON, at character {error.pos}: {error.msg}."
    if isinstance(error, RecursionError):
        return "not JSON: nested too deeply."
    return str(error)


def _part(text: str, number: int, quotation: Quotation, part: int) -> dict[str, Any]:
    words, mention = quotation.parts[part], quotation.mention
    return {
        "start": words.start,
        "end": words.end,
        "text": words.of(text),
        "speaker": quotation.name or None,
        "mention": mention.of(text) if mention else None,
        "mention_start": mention.start if mention else None,
        "mention_end": mention.end if mention else None,
        "confidence": quotation.confidence,
        "quotation": number,
        "kind": quotation.kind,
        "cue": quotation.cue,
        "audience": quotation.audience,
        "said_on": str(quotation.said_on) if quotation.said_on else None,
    }
