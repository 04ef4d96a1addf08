"""How sure a proposed quotation and its speaker are, by what evidence agreed.

Each row is a kind of evidence, and its value the share of quotations with that evidence whose words and
speaker were both right, in news articles whose quotations people had marked, rounded down; a row seen in few
of them is put lower still. Nothing is fitted to an article.
"""

from __future__ import annotations

from articles.ingest.quotations.attribution import Attributed

AUTOMATIC = 0.95
"""The threshold of the automatic tier: at or above it, two independent reasons agree on the speaker."""

_BESIDE = frozenset({"after", "inverted", "before"})
"""A reporting clause right beside the quotation."""
_AGREED = 0.98
_AGREED_PRONOUN = 0.97
_DOUBTFUL_PRONOUN = 0.9
_CLAUSE_ALONE = 0.9
_GROUNDS = {
    "continued": 0.85,
    "same paragraph": 0.85,
    "nearest": 0.85,
    "according": 0.85,
    "label": 0.8,
    "lead-in": 0.7,
    "trailing": 0.8,
    "colon": 0.6,
    "distant": 0.6,
    "hand-over": 0.4,
}
_FRAGMENT = 0.8
"""By how much a fragment in marks is less sure to be anyone's words than whole sentences are."""


def confidence_of(found: Attributed) -> float:
    """The share of quotations with such evidence that are right in words and speaker, 0 to 1."""
    sure = _of_whole(found)
    return round(sure if found.whole else sure * _FRAGMENT, 2)


def _of_whole(found: Attributed) -> float:
    if found.ground not in _BESIDE:
        return _GROUNDS[found.ground]
    if not agrees(found):
        return _CLAUSE_ALONE
    if found.speaker.kind != "pronoun":
        return _AGREED
    return _AGREED_PRONOUN if found.speaker.surely else _DOUBTFUL_PRONOUN


def agrees(found: Attributed) -> bool:
    """Whether the methods found the same speaker."""
    who = {one.name or (one.mention and one.mention.start) for one in found.evidence}
    return len(found.evidence) > 1 and len(who) == 1
