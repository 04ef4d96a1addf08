"""Metadata that is given with a submission, for all its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from articles.reading.documents.records import Document, Refused
from articles.reading.page.parts import NO_METADATA, DeclaredMetadata


@dataclass(frozen=True, slots=True)
class SubmissionDefaults:
    """Defaults for all pages of a submission; a line of JSON Lines may state its own values instead."""

    declared: DeclaredMetadata = NO_METADATA
    source_url: str = ""
    """It is for a single page: every page has its own address."""
    captured_at: datetime | None = None


def apply_defaults(
    documents: Iterable[Document | Refused], given: SubmissionDefaults
) -> Iterator[Document | Refused]:
    """Yield the documents with defaults filled in; given an address, refuse all but the first."""
    first = ""
    for document in documents:
        if isinstance(document, Refused):
            yield document
        elif given.source_url and first:
            yield Refused(document.id, f"The address was given for {first}.")
        else:
            first = document.id
            yield replace(
                document,
                declared=document.declared.over(given.declared),
                source_url=document.source_url or given.source_url,
                captured_at=document.captured_at or given.captured_at,
            )
