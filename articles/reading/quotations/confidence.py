"""Estimates the confidence in a quotation and its speaker from the evidence that agreed.

Each row of the tables is a kind of evidence. Its value is the share of quotations with such evidence whose
words and speaker were both right in annotated news articles, moved towards the earlier value where the sample
was small. It was not measured on other articles: ``manage.py calibrate`` compares it with an instance's own.
"""

from __future__ import annotations

from typing import Literal

from articles.reading.quotations.attribution import Attributed

AUTOMATIC = 0.95
"""The threshold for publishing without review: above it, independent methods agree and none disagrees."""

Support = Literal["agreed", "alone", "opposed"]
"""Whether the second method found the same speaker, none, or another."""

_ADJACENT_FORMS = frozenset({"after", "inverted", "before"})
"""Forms of cue in which the reporting clause is next to the quotation."""
_WHOLE_ADJACENT: dict[Support, float] = {"agreed": 0.98, "alone": 0.9, "opposed": 0.75}
_FRAGMENT_ADJACENT: dict[Support, float] = {"agreed": 0.9, "alone": 0.8, "opposed": 0.75}
_ELSEWHERE: dict[Support, float] = {"agreed": 0.7, "alone": 0.7, "opposed": 0.65}
_SURE_PRONOUN, _PRONOUN = 0.97, 0.9
"""Upper limits for a pronoun: with a second reason for its reference, and without."""
_AMBIGUOUS = 0.9
"""Upper limit if a namesake may be meant, or if someone else reports the words."""
_DENIED = 0.3
"""The confidence of words that were denied or are hypothetical."""
_TEXT = 0.5
"""Upper limit if the "speaker" is a text ("the treaty says"): nobody speaks a document's words."""
_WITHOUT_VERB: dict[str, float] = {
    "continued": 0.88,
    "same paragraph": 0.88,
    "nearest": 0.88,
    "repeated": 0.88,
    "label": 0.75,
    "hand-over": 0.4,
}
"""Confidence of quotations without a reporting verb, by the ground for their speaker."""


def confidence_of(found: Attributed) -> float:
    """The share, 0 to 1, of quotations with such evidence whose words and speaker are right."""
    if found.ground in _WITHOUT_VERB:
        sure = _WITHOUT_VERB[found.ground]
    elif found.ground in _ADJACENT_FORMS:
        sure = (_WHOLE_ADJACENT if found.whole else _FRAGMENT_ADJACENT)[support(found)]
    else:
        sure = _ELSEWHERE[support(found)]
    if found.denial is not None:
        return _DENIED
    if found.passed_on:
        sure = min(sure, _AMBIGUOUS)
    if found.speaker.kind == "text":
        return min(sure, _TEXT)
    if found.speaker.kind == "pronoun":
        return min(sure, _SURE_PRONOUN if found.speaker.surely else _PRONOUN)
    return sure if found.speaker.surely else min(sure, _AMBIGUOUS)


def support(found: Attributed) -> Support:
    """Whether the second method agrees with the speaker that is believed."""
    other = found.evidence.get("discourse")
    if other is None:
        return "alone"
    return "agreed" if other.identity == found.speaker.identity else "opposed"
