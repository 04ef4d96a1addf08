"""Metadata that is given with a submission, for all its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from articles.reading.documents.records import Document, Refused
from articles.reading.page.parts import NO_METADATA, DeclaredMetadata


@dataclass(frozen=True, slots=True)
class SubmissionDefaults:
    """Defaults for all pages of a submission; a line of JSON Lines may state its own values instead.

    A URL and a headline are those of a single page.
    """

    declared: DeclaredMetadata = NO_METADATA
    source_url: str = ""
    captured_at: datetime | None = None


def apply_defaults(
    documents: Iterable[Document | Refused], given: SubmissionDefaults
) -> Iterator[Document | Refused]:
    """Yield the documents with defaults filled in; given an address or headline, refuse all but the first."""
    first = ""
    single = "address" if given.source_url else "headline" if given.declared.headline else ""
    for document in documents:
        if isinstance(document, Refused):
            yield document
        elif single and first:
            yield Refused(document.id, f"The {single} was given for {first}.")
        else:
            first = document.id
            yield replace(
                document,
                declared=document.declared.over(given.declared),
                source_url=document.source_url or given.source_url,
                captured_at=document.captured_at or given.captured_at,
            )
