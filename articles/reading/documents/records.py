"""A document submitted, or why it was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from articles.reading.page.parts import NO_METADATA, DeclaredMetadata

MediaType = Literal["text/plain", "text/html"]

#: Bytes of one document, unpacked: some four hundred times a long article. A page's HTML may be much longer
#: than its words.
MAX_DOCUMENT = 8 * 1024 * 1024


class DocumentError(ValueError):
    """Why a document is refused, for whoever submitted it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page as received."""

    id: str
    """What whoever submitted it calls it: the "id" of its line, else the file, or file and line."""
    content: bytes
    """As received; of text in JSON Lines, that text in UTF-8."""
    decoded: str
    """The content's characters: the page's text, or its HTML."""
    media_type: MediaType
    source_url: str = ""
    captured_at: datetime | None = None
    """With its time zone."""
    declared: DeclaredMetadata = NO_METADATA
    """What was said of the page beside its text."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that was not read: where it stands ("pages.jsonl, line 3"), and why."""

    where: str
    reason: str
