"""Locates the parts of a quotation in a text, if the position of each is unambiguous.

Parts follow one another. Parts in one paragraph belong together: “…,” she said, “…”. So of all possible
positions, those with the fewest changes of paragraph are chosen, and only one choice may remain.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from articles.reading.anchors import (
    PLACES_LISTED,
    AmbiguousError,
    Anchored,
    AnchorError,
    anchor_at,
    carry_over,
    find_starts,
)
from articles.reading.quotations.paragraphs import find_paragraphs
from articles.reading.spelling import find_plainly

MAX_PLACES = 1000
"""Words that occur more often than this are only located if their start is given."""
_UNREACHABLE = 10**6


@dataclass(frozen=True, slots=True)
class _Place:
    """A possible position of a part, and the numbers of the paragraphs in which it starts and ends."""

    start: int
    end: int
    first: int
    last: int

    @property
    def mirrored(self) -> "_Place":
        return _Place(-self.end, -self.start, -self.last, -self.first)


def find_parts(text: str, parts: Sequence[str], starts: Sequence[int | None] = ()) -> list[Anchored]:
    """Anchor the parts of a quotation, each after the one before.

    ``starts`` has the known starts of parts; None or nothing for a part that is to be found. Raises
    AmbiguousError if a part could be in several places. Raises AnchorError if there are no words; if a part
    is not in the text (the error then has the spelling of the text, if only marks or white space differ) or
    not at the given start; or if the parts are in a different order.
    """
    if not parts:
        raise AnchorError("No words were given.")
    given = [*starts, *(None for _ in parts[len(starts) :])]
    found = [_starts(text, words, start) for words, start in zip(parts, given, strict=True)]
    meant = _best_starts(text, parts, found) if len(parts) > 1 else found
    places = {
        index: [anchor_at(text, start, start + len(words)) for start in some[:PLACES_LISTED]]
        for index, (words, some) in enumerate(zip(parts, meant, strict=True))
    }
    if unclear := {index: some for index, some in places.items() if len(some) > 1}:
        first = min(unclear)
        raise AmbiguousError(ambiguity(parts[first], meant[first]), words=parts[first], places=unclear)
    return [place for (place,) in places.values()]


def ambiguity(words: str, starts: Sequence[int]) -> str:
    """The error for words that occur in several places."""
    listed = ", ".join(map(str, starts[:5])) + (", …" if len(starts) > 5 else "")
    return f"The text has the words “{words}” {len(starts)} times, at {listed}: say which one is meant."


def carry_parts(parts: Sequence[Anchored], other_text: str) -> list[Anchored]:
    """Anchor the same parts in another text; empty unless each is there once, in context and in order."""
    carried: list[Anchored] = []
    for part in parts:
        found = carry_over(part, other_text)
        if found is None or (carried and found.start < carried[-1].end):
            return []
        carried.append(found)
    return carried


def _starts(text: str, words: str, given: int | None) -> list[int]:
    if given is not None:
        if not (words and given >= 0 and text.startswith(words, given)):
            raise AnchorError(f"The words “{words}” are not at {given}.", words=words)
        return [given]
    found = list(islice(find_starts(text, words), MAX_PLACES + 1))
    if len(found) > MAX_PLACES:
        raise AnchorError(f"The words “{words}” occur in too many places: give more of them.", words=words)
    if not found:
        raise _not_found(text, words)
    return [start for start in found if _is_whole(text, start, start + len(words))] or found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the match begins and ends at word boundaries: not “no” in “nobody”."""
    return not (text[start].isalnum() and text[start - 1 : start].isalnum()) and not (
        text[end - 1].isalnum() and text[end : end + 1].isalnum()
    )


def _not_found(text: str, words: str) -> AnchorError:
    message = f"The words “{words}” are not in the text."
    place = find_plainly(text, words)
    nearest = anchor_at(text, *place) if place else None
    if nearest is not None:
        message += f" It spells them “{nearest.exact}”, at {nearest.start}."
    return AnchorError(message, words=words, nearest=nearest)


def _best_starts(text: str, parts: Sequence[str], found: Sequence[Sequence[int]]) -> list[list[int]]:
    """The starts of each part that belong to a sequence with the fewest changes of paragraph."""
    paragraphs = [paragraph.start for paragraph in find_paragraphs(text)]
    rows = [
        [
            _Place(start, end, bisect_right(paragraphs, start), bisect_right(paragraphs, end - 1))
            for start in starts
            for end in (start + len(words),)
        ]
        for words, starts in zip(parts, found, strict=True)
    ]
    before = _fewest_changes(rows)
    for index, changes in enumerate(before):
        if min(changes) >= _UNREACHABLE:
            raise AnchorError(
                f"The words “{parts[index]}” do not occur after “{parts[index - 1]}”.", words=parts[index]
            )
    mirrored = _fewest_changes([[place.mirrored for place in reversed(row)] for row in reversed(rows)])
    after = [list(reversed(changes)) for changes in reversed(mirrored)]
    least = min(before[-1])
    return [
        [place.start for place, b, a in zip(row, *changes, strict=True) if b + a == least]
        for row, *changes in zip(rows, before, after, strict=True)
    ]


def _fewest_changes(rows: Sequence[Sequence[_Place]]) -> list[list[int]]:
    """The fewest changes of paragraph on the way from the first part to each position."""
    changes = [[0] * len(rows[0])]
    for previous, row in pairwise(rows):
        known = list(zip(previous, changes[-1], strict=True))
        reached, anywhere, paragraph, here = 0, _UNREACHABLE, 0, _UNREACHABLE
        counts = []
        for place in row:
            while reached < len(known) and known[reached][0].end <= place.start:
                earlier, count = known[reached]
                here = min(count, here) if earlier.last == paragraph else count
                anywhere, paragraph = min(anywhere, count), earlier.last
                reached += 1
            counts.append(min(anywhere + 1, here if paragraph == place.first else _UNREACHABLE))
        changes.append(counts)
    return changes
