"""What reading a text for its quotations gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from articles.reading.spans import Span
from newsdb.dates import PartialDate

QuotationKind = Literal["direct", "partial"]
Method = Literal["cue", "discourse", "denial"]
"""`denial` finds no speaker, but the words that say that nobody said it, or that only suppose it."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What one method found: the speaker as printed, and that speaker's fullest name within the text.

    Of a `denial` the mention is the words that deny ("never said"), and the name is ''.
    """

    method: Method
    mention: Span | None
    name: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks that someone is said to have said, and who that is, where known."""

    parts: tuple[Span, ...]
    """Between the marks, without them and without a comma of the reporting sentence; in order."""
    kind: QuotationKind
    """`direct`: whole words in marks. `partial`: a quoted fragment inside the author's own sentence."""
    mention: Span | None
    """The speaker as printed: "he", "the minister", "Ms. Halvarsen"."""
    name: str
    """The fullest name within the text of whoever is meant; '' where the text gives none."""
    together: tuple[str, ...]
    """The names of everyone who makes a joint statement, `name` the first of them; else empty."""
    cue: str
    """The reporting verb as printed ("said"); '' where there is none."""
    audience: str
    """To whom, as printed ("the parish council"); '' where the text does not say."""
    said_on: PartialDate | None
    """When, only where the reporting sentence itself says it."""
    confidence: float
    """The share of such quotations whose words and speaker are both right, 0 to 1: see `confidence`."""
    evidence: tuple[Attribution, ...]
    """What each method found by itself, whether or not it was believed."""
