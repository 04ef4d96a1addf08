"""Where words stand in a text: W3C Web Annotation selectors over decoded text.

A place is a pair of `str` indices: Unicode code points, 0-based, end exclusive (TextPositionSelector).
Beside it stand the words themselves and up to `CONTEXT` code points either side (TextQuoteSelector), so
that a place can be checked, and found again in another text. Nothing is normalised: the text is the
text as it was received.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.reading.spans import Span

CONTEXT = 32
"""Code points of context kept on either side of the words."""
PLACES_LISTED = 50
"""Places of ambiguous words that an error lists."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Words at their place: `text[start:end] == exact`, between `prefix` and `suffix`."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def cut_off(part: Anchored, spans: Sequence[Span]) -> Anchored:
    """The part, with its prefix or suffix cleared if that overlaps one of ``spans``."""

    def reaches(start: int, end: int) -> bool:
        return any(start < span.end and span.start < end for span in spans)

    return replace(
        part,
        prefix="" if reaches(part.start - len(part.prefix), part.start) else part.prefix,
        suffix="" if reaches(part.end, part.end + len(part.suffix)) else part.suffix,
    )


class AnchorError(ValueError):
    """Words that cannot be anchored.

    `words` are the words in question. `nearest` is the place whose spelling differs from them in
    typographic marks or white space only, if there is one: its `exact` is the text's own spelling.
    """

    def __init__(self, message: str, *, words: str = "", nearest: Anchored | None = None) -> None:
        super().__init__(message)
        self.words = words
        self.nearest = nearest


class AmbiguousError(AnchorError):
    """Words that could stand in several places of the text.

    ``places`` are those to choose from, in order, by the index of the part: at most ``PLACES_LISTED`` each.
    """

    def __init__(self, message: str, *, words: str, places: Mapping[int, Sequence[Anchored]]) -> None:
        super().__init__(message, words=words)
        self.places = places


def anchor_at(text: str, start: int, end: int) -> Anchored:
    """The words `text[start:end]` with their context; AnchorError unless 0 <= start < end <= len(text)."""
    if not 0 <= start < end <= len(text):
        raise AnchorError(f"No words stand at {start} to {end} of a text of {len(text)} code points.")
    return Anchored(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def find_anchor(text: str, words: str) -> list[Anchored]:
    """The places where exactly these words stand, in order; see ``find_starts``."""
    return [anchor_at(text, start, start + len(words)) for start in find_starts(text, words)]


def find_starts(text: str, words: str) -> Iterator[int]:
    """Where exactly these words start, in order. Raises AnchorError when there are no words.

    Places may overlap, but not all places in a run such as “ha ha ha ha” are found: that would take quadratic
    time.
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
    """The anchor with the prefix and suffix that it lacks taken from ``text``."""
    before = text[max(0, anchored.start - CONTEXT) : anchored.start]
    after = text[anchored.end : anchored.end + CONTEXT]
    return replace(anchored, prefix=anchored.prefix or before, suffix=anchored.suffix or after)


def check(text: str, start: int, end: int, exact: str, prefix: str, suffix: str) -> bool:
    """Whether the words stand at that place of the text, and their context around them."""
    whole = prefix + exact + suffix
    return 0 <= start < end == start + len(exact) and text.startswith(whole, start - len(prefix))


def carry_over(anchored: Anchored, other_text: str) -> Anchored | None:
    """The same words in another text, or None unless they stand there in the same context exactly once."""
    whole = anchored.prefix + anchored.exact + anchored.suffix
    first = other_text.find(whole)
    if first < 0 or other_text.find(whole, first + 1) >= 0:
        return None
    start = first + len(anchored.prefix)
    return anchor_at(other_text, start, start + len(anchored.exact))
