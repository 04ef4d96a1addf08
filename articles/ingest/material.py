"""Reads a document before it is loaded: plain Python, outside any transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from articles.ingest.calibration import SHIPPED, current_calibration
from articles.ingest.copies import fingerprints
from articles.reading.budget import UNLIMITED, Budget, check_length, check_quoted
from articles.reading.documents import Document, DocumentError
from articles.reading.html import HtmlError, read_html
from articles.reading.language import foreign_language
from articles.reading.page import DeclaredMetadata, Page, read_page
from articles.reading.page.parts import NO_METADATA
from articles.reading.printed_links import PrintedList
from articles.reading.quotations import Quotation, extract
from articles.reading.quotations.calibration import Calibration
from articles.reading.spans import Span

#: The name of this extractor in `Statement.extractor`.
EXTRACTOR = "newsdb"


@dataclass(frozen=True, slots=True)
class Received:
    """A page as it was received, and its text."""

    sha256: str
    """The hash of the bytes."""
    text: str
    media_type: str = "text/plain"
    source_url: str = ""
    captured_at: datetime | None = None
    declared: DeclaredMetadata = NO_METADATA
    lists: tuple[PrintedList, ...] = ()
    """The lists of links beside an HTML page's article."""
    given_outlet: str = ""
    """The outlet's name as given by the submitter."""
    html_extractor: str = ""
    """The extractor of the text and its version; empty for plain text."""
    html_extractor_version: str = ""

    @property
    def text_sha256(self) -> str:
        """The hash of the text as UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Material:
    """The contents of a page: its parts, quotations and fingerprints."""

    received: Received
    page: Page
    quotations: Sequence[Quotation]
    digests: set[int]
    extractor: str
    calibration: Calibration = SHIPPED
    """The table for the confidence of the quotations."""
    foreign: str = ""
    """The language of the text if it is not English; then nothing is proposed."""
    erased: tuple[Span, ...] = ()
    """The spans of erased quotations; the text of such a page is not stored."""
    erased_names: Collection[str] = ()
    """The speakers and authors that were erased."""

    @property
    def extractor_version(self) -> str:
        """The version of the reader and of its confidence table."""
        return self.calibration.version

    def confidence(self, quotation: Quotation) -> float:
        """The calibrated confidence of a quotation."""
        return self.calibration.confidence(quotation.confidence)

    def language_notes(self) -> list[str]:
        """Messages about the page's language, for whoever loads it."""
        declared, read = self.received.declared.language, self.page.language
        notes = []
        if declared and declared != read:
            notes.append(f"declared to be in {declared}, but its text is in another language ({read})")
        if self.foreign:
            notes.append(f"its text is not in English ({self.foreign}): no statements are proposed")
        return notes


def receive(document: Document) -> Received:
    """Extract a document's text and declared metadata. Raises `DocumentError` if it has no text."""
    received = Received(
        sha256=document.sha256,
        text=document.decoded,
        media_type=document.media_type,
        source_url=document.source_url,
        captured_at=document.captured_at,
        declared=document.declared,
        given_outlet=document.declared.outlet,
    )
    if document.media_type == "text/plain":
        return received
    try:
        extracted = read_html(document.decoded)
    except HtmlError as error:
        raise DocumentError(str(error)) from error
    return replace(
        received,
        text=extracted.text,
        declared=document.declared.over(extracted.declared),
        lists=extracted.lists,
        html_extractor=extracted.extractor,
        html_extractor_version=extracted.extractor_version,
    )


def read_material(
    received: Received, *, outlets: Collection[str] = (), budget: Budget = UNLIMITED
) -> Material:
    """Read the contents of a page. `outlets` are folded names of known outlets.

    Raises OverBudgetError if the text is too long, has too many quotations, or takes longer than `budget`.
    """
    text = received.text
    check_length(text)
    budget.check()
    page = read_page(
        text,
        captured_at=received.captured_at,
        declared=received.declared,
        lists=received.lists,
        outlets=outlets,
        budget=budget,
    )
    foreign = foreign_language("\n".join(span.of(text) for span in page.body), received.declared.language)
    quotations = [] if foreign else extract(text, body=page.body, published=page.published, budget=budget)
    check_quoted(sum(len(quotation.parts) for quotation in quotations))
    digests = fingerprints(span.of(text) for span in budget.over(page.body))
    return Material(received, page, quotations, digests, EXTRACTOR, current_calibration(), foreign)
