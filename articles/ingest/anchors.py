"""Where words stand in a text: W3C Web Annotation selectors over decoded text.

A place is a pair of `str` indices: Unicode code points, 0-based, end exclusive (TextPositionSelector).
Beside it stand the words themselves and up to `CONTEXT` code points either side (TextQuoteSelector), so
that a place can be checked, and found again in another text. Nothing is normalised: the text is the
text as it was received.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from articles.ingest.spelling import find_plainly

CONTEXT = 32
"""Code points of context kept on either side of the words."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Words at their place: `text[start:end] == exact`, between `prefix` and `suffix`."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class AnchorError(ValueError):
    """Words that cannot be anchored.

    `words` are the words in question. `nearest` is the place whose spelling differs from them in
    typographic marks or white space only, if there is one: its `exact` is the text's own spelling.
    """

    def __init__(self, message: str, *, words: str = "", nearest: Anchored | None = None) -> None:
        super().__init__(message)
        self.words = words
        self.nearest = nearest


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
    """Every place where exactly these words stand, in order, overlapping ones included."""
    return [anchor_at(text, start, start + len(words)) for start in _starts(text, words)]


def find_parts(text: str, parts: Sequence[str]) -> list[Anchored]:
    """The parts of an interrupted quotation, each after the one before.

    Where the words stand more than once, the places closest together win, then the earliest. Raises
    AnchorError when there are no words, when a part is not in the text (and then says how the text
    spells it, if only marks or white space differ), or stands in another order only.
    """
    if not parts:
        raise AnchorError("No words were given.")
    places = [_starts(text, part) for part in parts]
    for part, starts in zip(parts, places, strict=True):
        if not starts:
            raise _not_found(text, part)
    best: list[int] | None = None
    for first in places[0]:
        chosen = _chain(first, parts, places)
        if len(chosen) < len(parts):
            if best is None:
                raise AnchorError(
                    f"The words “{parts[len(chosen)]}” do not stand after “{parts[len(chosen) - 1]}”.",
                    words=parts[len(chosen)],
                )
            break  # a later first part has even less text after it
        if best is None or chosen[-1] - chosen[0] < best[-1] - best[0]:
            best = chosen
    assert best is not None  # noqa: S101 - every part has a place, so the loop ran
    return [anchor_at(text, start, start + len(part)) for start, part in zip(best, parts, strict=True)]


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


def _starts(text: str, words: str) -> list[int]:
    if not words:
        raise AnchorError("No words were given.")
    starts = []
    start = text.find(words)
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + 1)
    return starts


def _not_found(text: str, words: str) -> AnchorError:
    message = f"The words “{words}” are not in the text."
    place = find_plainly(text, words)
    nearest = anchor_at(text, *place) if place else None
    if nearest is not None:
        message += f" It spells them “{nearest.exact}”, at {nearest.start}."
    return AnchorError(message, words=words, nearest=nearest)


def _chain(first: int, parts: Sequence[str], places: Sequence[Sequence[int]]) -> list[int]:
    """From this place of the first part, the earliest place of each next part; shorter if one has none."""
    chosen = [first]
    for previous, starts in zip(parts, places[1:], strict=False):
        following = bisect_left(starts, chosen[-1] + len(previous))
        if following == len(starts):
            break
        chosen.append(starts[following])
    return chosen


# --- words as a curator pastes them --------------------------------------------------------------

_BETWEEN_PARTS = re.compile(r"\[(?:…|\.{3})\]|[\r\n\u2028\u2029]")
_OPENING = frozenset('“„«"')
_CLOSING = frozenset('”»"')


def parse_statement_words(pasted: str) -> list[str]:
    """The parts of a pasted quotation, without its marks; an empty list when nothing is left.

    Parts are divided by `[…]`, `[...]` or a line break. One pair of quotation marks around a part is
    taken off (or one mark, where its partner is in another part or missing), with the comma of the
    reporting sentence before or after the closing mark. Marks inside the words stay.
    """
    parts = (_without_marks(part.strip()) for part in _BETWEEN_PARTS.split(pasted))
    return [part for part in parts if part]


def _without_marks(part: str) -> str:
    if part[-1:] == "," and part[-2:-1] in _CLOSING:
        part = part[:-1]
    opens, closes = part[:1] in _OPENING, part[-1:] in _CLOSING
    inner = part[1 if opens else 0 : -1 if closes else None]
    if opens and closes:
        outer = not _closes_before_opening(inner)  # else two quotations: “one” and “two”
    elif opens:
        outer = _CLOSING.isdisjoint(inner)  # else only its beginning is quoted
    elif closes:
        outer = _OPENING.isdisjoint(inner)
    elif part[:1] == "‘" and part[-1:] == "’":
        outer, closes, inner = True, True, part[1:-1]
    else:
        outer = False  # a lone ‘ or ’ may be an apostrophe
    if not outer:
        return part
    return (inner.removesuffix(",") if closes else inner).strip()


def _closes_before_opening(inner: str) -> bool:
    """Whether the first mark that has a direction is a closing one."""
    return next((char for char in inner if char in _OPENING | _CLOSING), "") in {"”", "»"}
