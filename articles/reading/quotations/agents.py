"""Finds the speaker behind a passive verb around the words: `The plan was called “a gift” by Ida Holm`."""

from __future__ import annotations

from articles.reading.quotations.cues import Cue
from articles.reading.quotations.lexicon import DETERMINERS, is_reporting_verb
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import in_apposition, is_passive

_BETWEEN = DETERMINERS | {"as"}
_MAX_BETWEEN = 2
"""The most words between the verb and the quotation: "described as a"."""


def find_agent(reading: Reading, index: int) -> Cue | None:
    """A cue whose passive verb precedes the quotation at token `index`, and whose agent follows it."""
    tokens = reading.tokens
    agent = reading.begins.get(index + 2)
    if agent is None or agent.kind == "pronoun" or tokens[index + 1].lower != "by":
        return None
    verb = index - 1
    while verb > max(0, index - 1 - _MAX_BETWEEN) and tokens[verb].lower in _BETWEEN:
        verb -= 1
    if verb < 1 or not is_reporting_verb(tokens[verb].lower) or not is_passive(reading, verb):
        return None
    return Cue(in_apposition(reading, agent), "distant", verb, verb, agent.last)
