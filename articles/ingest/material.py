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
from articles.reading.quotations import Quotation, extract
from articles.reading.quotations.calibration import Calibration
from articles.reading.spans import Span

#: What proposes statements here, as `Statement.extractor` names it.
EXTRACTOR = "newsdb"


@dataclass(frozen=True, slots=True)
class Received:
    """A page as it was received, and its text."""

    sha256: str
    """Of the bytes."""
    text: str
    media_type: str = "text/plain"
    source_url: str = ""
    captured_at: datetime | None = None
    declared: DeclaredMetadata = NO_METADATA
    given_outlet: str = ""
    """The outlet's name as whoever submitted the page gave it."""
    html_extractor: str = ""
    """What took the text out of HTML, and its version; empty where nothing had to."""
    html_extractor_version: str = ""

    @property
    def text_sha256(self) -> str:
        """Of the text as UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Material:
    """What a page holds: its parts, its quotations, and its paragraphs as numbers."""

    received: Received
    page: Page
    quotations: Sequence[Quotation]
    digests: set[int]
    extractor: str
    calibration: Calibration = SHIPPED
    """By which the confidence of the quotations is stated."""
    foreign: str = ""
    """The language of its text if that is not English, in which case nothing is proposed."""
    erased: tuple[Span, ...] = ()
    """The places of erased quotations; the text of such a page is not stored."""

    @property
    def extractor_version(self) -> str:
        """The reader's, with its table of confidence."""
        return self.calibration.version

    def confidence(self, quotation: Quotation) -> float:
        """How sure a quotation is, as it is stated."""
        return self.calibration.confidence(quotation.confidence)

    def language_notes(self) -> list[str]:
        """What whoever loads the page should know of its language."""
        declared, read = self.received.declared.language, self.page.language
        notes = []
        if declared and declared != read:
            notes.append(f"declared to be in {declared}, but its text is in another language ({read})")
        if self.foreign:
            notes.append(f"its text is not in English ({self.foreign}): no statements are proposed")
        return notes


def receive(document: Document) -> Received:
    """A document's text and declared metadata. Raises `DocumentError` where it has none."""
    received = Received(
        sha256=hashlib.sha256(document.content).hexdigest(),
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
        html_extractor=extracted.extractor,
        html_extractor_version=extracted.extractor_version,
    )


def read_material(
    received: Received, *, outlets: Collection[str] = (), budget: Budget = UNLIMITED
) -> Material:
    """What can be read in a page. `outlets` are folded names of known ones.

    Raises OverBudgetError for a text that is too long, quotes too much, or takes longer than `budget`.
    """
    text = received.text
    check_length(text)
    budget.check()
    page = read_page(
        text,
        captured_at=received.captured_at,
        declared=received.declared,
        outlets=outlets,
        budget=budget,
    )
    foreign = foreign_language("\n".join(span.of(text) for span in page.body), received.declared.language)
    quotations = [] if foreign else extract(text, body=page.body, published=page.published, budget=budget)
    check_quoted(sum(len(quotation.parts) for quotation in quotations))
    digests = fingerprints(span.of(text) for span in budget.over(page.body))
    return Material(received, page, quotations, digests, EXTRACTOR, current_calibration(), foreign)
