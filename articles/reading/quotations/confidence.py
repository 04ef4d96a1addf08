"""How sure a proposed quotation and its speaker are, by what evidence agreed.

Each row of the tables is a kind of evidence. Its value is the share of quotations with that evidence whose
words and speaker were both right in news articles in which people had marked them, estimated on nine tenths
of the articles and held against the last; where few were seen it is put lower. What was counted is the kind
of evidence and never an article.
"""

from __future__ import annotations

from typing import Literal

from articles.reading.quotations.attribution import Attributed

AUTOMATIC = 0.95
"""The threshold of the automatic tier: at or above it, independent methods agree and none objects."""

Support = Literal["agreed", "alone", "opposed"]
"""What the second method says: the same speaker, nothing, or another."""

_BESIDE = frozenset({"after", "inverted", "before"})
"""A reporting clause right beside the quotation."""
_WHOLE_BESIDE: dict[Support, float] = {"agreed": 0.98, "alone": 0.9, "opposed": 0.75}
_FRAGMENT_BESIDE: dict[Support, float] = {"agreed": 0.9, "alone": 0.8, "opposed": 0.75}
_ELSEWHERE: dict[Support, float] = {"agreed": 0.7, "alone": 0.7, "opposed": 0.65}
_SURE_PRONOUN, _PRONOUN = 0.97, 0.9
"""What a pronoun allows at most: with a second reason for whom it means, and without."""
_NOT_PLAIN = 0.9
"""What is allowed at most where a namesake may be meant, several speak, or words are passed on."""
_DENIED = 0.3
"""What words allow at most that somebody is said not to have said, or only supposed to say."""
_TEXT = 0.5
"""What a speaker that is a text allows at most ("the treaty says"): a document's words are nobody's."""
_UNCLAIMED: dict[str, float] = {
    "continued": 0.88,
    "same paragraph": 0.88,
    "nearest": 0.88,
    "repeated": 0.88,
    "label": 0.75,
    "hand-over": 0.4,
}
"""Quotations that no verb of saying claims, by what gives them a speaker."""


def confidence_of(found: Attributed) -> float:
    """The share of quotations with such evidence that are right in words and speaker, 0 to 1."""
    if found.ground in _UNCLAIMED:
        sure = _UNCLAIMED[found.ground]
    elif found.ground in _BESIDE:
        sure = (_WHOLE_BESIDE if found.whole else _FRAGMENT_BESIDE)[support(found)]
    else:
        sure = _ELSEWHERE[support(found)]
    if found.denial is not None:
        return _DENIED
    if found.passed_on:
        sure = min(sure, _NOT_PLAIN)
    if found.speaker.kind == "text":
        return min(sure, _TEXT)
    if found.speaker.kind == "pronoun":
        return min(sure, _SURE_PRONOUN if found.speaker.surely else _PRONOUN)
    return sure if found.speaker.surely else min(sure, _NOT_PLAIN)


def support(found: Attributed) -> Support:
    """What the second method says of the speaker that is believed."""
    other = found.evidence.get("discourse")
    if other is None:
        return "alone"
    return "agreed" if other.identity == found.speaker.identity else "opposed"
