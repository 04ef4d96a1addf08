"""Finds the speaker of the next paragraph: `The society said this:`, `On Friday Ida Holm stated,`."""

from __future__ import annotations

from articles.reading.quotations.cues import Cue
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import in_apposition, sentence_subject, subject_of, verb_before

_MAX_DISTANCE = 40
"""Tokens that are searched for a reporting verb."""
_MAX_TOKENS_AFTER_VERB = 12
"""The most tokens after the verb if a comma ends the paragraph."""


def find_lead_in(previous: Reading) -> Cue | None:
    """A cue in a paragraph that ends with a colon, or with a comma soon after a reporting verb."""
    tokens = previous.tokens
    if not tokens or tokens[-1].text not in {":", ","}:
        return None
    first, end = previous.paragraph.sentences[-1]
    verb = verb_before(previous, max(first, end - _MAX_DISTANCE), end - 2)
    mention = subject_of(previous, first, verb) if verb is not None else None
    if tokens[-1].text == ":":
        mention = mention or sentence_subject(previous, first, end)
    elif verb is None or end - verb > _MAX_TOKENS_AFTER_VERB:
        return None
    return Cue(in_apposition(previous, mention), "lead-in", verb or -1, first, end - 1) if mention else None
