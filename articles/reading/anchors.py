"""Locates words in a text: W3C Web Annotation selectors over decoded text.

An anchor has a start and an end: `str` indices, that is Unicode code points, 0-based, end exclusive
(TextPositionSelector). It also keeps the words themselves and up to `CONTEXT` code points on either side
(TextQuoteSelector), so that the position can be verified, and found again in another text. Nothing is
normalised: the text is exactly as it was received.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.reading.spans import Span

CONTEXT = 32
"""Code points of context kept on either side of the words."""
PLACES_LISTED = 50
"""The maximum number of places that an error lists for ambiguous words."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Words and their position: `text[start:end] == exact`, between `prefix` and `suffix`."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def cut_off(part: Anchored, spans: Sequence[Span]) -> Anchored:
    """Return the anchor, with its prefix or suffix cleared if it overlaps one of ``spans``."""

    def reaches(start: int, end: int) -> bool:
        return any(start < span.end and span.start < end for span in spans)

    return replace(
        part,
        prefix="" if reaches(part.start - len(part.prefix), part.start) else part.prefix,
        suffix="" if reaches(part.end, part.end + len(part.suffix)) else part.suffix,
    )


class AnchorError(ValueError):
    """Words that cannot be anchored.

    `words` are the words in question. `nearest` is a passage that differs from them only in typographic marks
    or white space, if there is one: its `exact` is the spelling of the text.
    """

    def __init__(self, message: str, *, words: str = "", nearest: Anchored | None = None) -> None:
        super().__init__(message)
        self.words = words
        self.nearest = nearest


class AmbiguousError(AnchorError):
    """Words that occur several times in the text.

    ``places`` maps the index of a part to its candidates, in order: at most ``PLACES_LISTED`` each.
    """

    def __init__(self, message: str, *, words: str, places: Mapping[int, Sequence[Anchored]]) -> None:
        super().__init__(message, words=words)
        self.places = places


def anchor_at(text: str, start: int, end: int) -> Anchored:
    """Anchor `text[start:end]`, with context. Raises AnchorError unless 0 <= start < end <= len(text)."""
    if not 0 <= start < end <= len(text):
        raise AnchorError(f"There are no words at {start} to {end} in a text of {len(text)} code points.")
    return Anchored(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def find_anchor(text: str, words: str) -> list[Anchored]:
    """Anchor every exact occurrence of the words, in order; see ``find_starts``."""
    return [anchor_at(text, start, start + len(words)) for start in find_starts(text, words)]


def find_starts(text: str, words: str) -> Iterator[int]:
    """Yield the start of each exact occurrence of the words. Raises AnchorError if there are no words.

    Occurrences may overlap, but in a run such as “ha ha ha ha” some are skipped: finding all would take
    quadratic time.
    """
    if not words:
        raise AnchorError("No words were given.")
    start = text.find(words)
    while start >= 0:
        yield start
        overlapping = text.find(words, start + 1)
        if 0 <= overlapping < start + len(words):
            yield overlapping
            overlapping = text.find(words, overlapping + len(words))
        start = overlapping


def with_context(anchored: Anchored, text: str) -> Anchored:
    """Return the anchor with a missing prefix or suffix filled in from ``text``."""
    before = text[max(0, anchored.start - CONTEXT) : anchored.start]
    after = text[anchored.end : anchored.end + CONTEXT]
    return replace(anchored, prefix=anchored.prefix or before, suffix=anchored.suffix or after)


def check(text: str, start: int, end: int, exact: str, prefix: str, suffix: str) -> bool:
    """Whether the words and their context are at that position of the text."""
    whole = prefix + exact + suffix
    return 0 <= start < end == start + len(exact) and text.startswith(whole, start - len(prefix))


def carry_over(anchored: Anchored, other_text: str) -> Anchored | None:
    """Anchor the same words in another text; None unless they occur there exactly once in this context."""
    whole = anchored.prefix + anchored.exact + anchored.suffix
    first = other_text.find(whole)
    if first < 0 or other_text.find(whole, first + 1) >= 0:
        return None
    start = first + len(anchored.prefix)
    return anchor_at(other_text, start, start + len(anchored.exact))
