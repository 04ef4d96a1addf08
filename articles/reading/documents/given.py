"""What is said of pages beside the files that they are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from articles.reading.documents.records import Document, Refused
from articles.reading.page.parts import NO_METADATA, DeclaredMetadata


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever submits pages says of them all; of a line of JSON Lines, what it does not say itself."""

    declared: DeclaredMetadata = NO_METADATA
    source_url: str = ""
    """Of one page: each has its own."""
    captured_at: datetime | None = None


def with_given(documents: Iterable[Document | Refused], given: Given) -> Iterator[Document | Refused]:
    """The documents with what is said of them. A second one at a given address is refused."""
    first = ""
    for document in documents:
        if isinstance(document, Refused):
            yield document
        elif given.source_url and first:
            yield Refused(document.id, f"The address that was given is that of {first}.")
        else:
            first = document.id
            yield replace(
                document,
                declared=document.declared.over(given.declared),
                source_url=document.source_url or given.source_url,
                captured_at=document.captured_at or given.captured_at,
            )
