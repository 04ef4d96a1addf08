"""The quotations found in a text, with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from articles.reading.spans import Span
from newsdb.dates import PartialDate

QuotationKind = Literal["direct", "partial"]
Method = Literal["cue", "discourse", "denial"]
"""`denial` finds no speaker, but words that deny the quotation or treat it as hypothetical."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The finding of one method: the speaker as printed, with the fullest name in the text.

    For a `denial`, the mention is the denying words ("never said"), and the name is ''.
    """

    method: Method
    mention: Span | None
    name: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks that are attributed to someone, with the speaker if known."""

    parts: tuple[Span, ...]
    """In order; without the marks, and without a comma of the reporting sentence."""
    kind: QuotationKind
    """`direct`: whole words in marks. `partial`: a quoted fragment inside the author's own sentence."""
    mention: Span | None
    """The speaker as printed: "he", "the minister", "Ms. Halvarsen"."""
    name: str
    """The speaker's fullest name in the text, or ''."""
    together: tuple[str, ...]
    """The names of all speakers of a joint statement, starting with `name`; else empty."""
    cue: str
    """The reporting verb as printed ("said"), or ''."""
    audience: str
    """The audience as printed ("the parish council"), or ''."""
    said_on: PartialDate | None
    """The date, if the reporting sentence states it."""
    confidence: float
    """The share, 0 to 1, of such quotations with the right words and speaker: see `confidence`."""
    evidence: tuple[Attribution, ...]
    """The findings of all methods, including those that were not believed."""
