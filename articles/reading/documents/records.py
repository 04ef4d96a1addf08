"""A submitted document, or the reason why it was refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from articles.reading.page.parts import NO_METADATA, DeclaredMetadata

MediaType = Literal["text/plain", "text/html"]

#: In bytes, for one decompressed document: some four hundred times a long article. The HTML of a page may be
#: much longer than its words.
MAX_DOCUMENT = 8 * 1024 * 1024


class DocumentError(ValueError):
    """The reason why a document is refused, worded for whoever submitted it."""


def hash_of(content: bytes) -> str:
    """The SHA-256 of a document's bytes, by which it is known: 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """A page as received."""

    id: str
    """The submitter's identifier: the "id" of its line, else the file, or file and line."""
    sha256: str
    """The hash of its bytes (``hash_of``); for text in JSON Lines, of that text as UTF-8."""
    decoded: str
    """The page's text, or its HTML."""
    media_type: MediaType
    source_url: str = ""
    captured_at: datetime | None = None
    """With its time zone."""
    declared: DeclaredMetadata = NO_METADATA
    """Metadata that was submitted along with the page."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that was not read: its location ("pages.jsonl, line 3"), and the reason."""

    where: str
    reason: str
