"""Finds the speaker of a participle: `Calling it “a gift”, Ida left`, `Odo was quoted as saying “…”`."""

from __future__ import annotations

from articles.reading.quotations.cues import Cue
from articles.reading.quotations.lexicon import PASSING_VERBS, is_reporting_verb
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import TO_BE, in_apposition, is_passive, sentence_subject

_MAX_DISTANCE = 12
"""The most tokens between the participle and the quotation, or between it and "quoted"."""
_QUOTED = frozenset({"cited", "quoted", "reported"})


def find_participle(reading: Reading, index: int) -> Cue | None:
    """The cue whose participle precedes the quotation at token `index`, or None."""
    return _quoted_as_saying(reading, index) or _opening(reading, index)


def _opening(reading: Reading, index: int) -> Cue | None:
    """A participle that opens the sentence, with its subject after the quotation and a comma."""
    tokens = reading.tokens
    first, end = reading.paragraph.sentence(index)
    verb = tokens[first].lower
    opens = verb.endswith("ing") and is_reporting_verb(verb) and verb not in PASSING_VERBS
    if not opens or not first < index <= first + _MAX_DISTANCE or index + 1 >= end:
        return None
    comma = tokens[index + 1].text == ","
    subject = reading.begins.get(index + 1 + comma)
    if subject is None or not (comma or tokens[index].ending == ","):
        return None
    return Cue(in_apposition(reading, subject), "distant", first, subject.first, subject.last)


def _quoted_as_saying(reading: Reading, index: int) -> Cue | None:
    """The subject of "was quoted", with who quotes it or without: "was quoted by the Observer as saying"."""
    tokens = reading.tokens
    first, _ = reading.paragraph.sentence(index)
    for saying in range(index - 1, max(first + 1, index - _MAX_DISTANCE), -1):
        is_saying = tokens[saying].lower.endswith("ing") and is_reporting_verb(tokens[saying].lower)
        if not is_saying or tokens[saying - 1].lower != "as":
            continue
        for quoted in range(saying - 2, max(first, saying - _MAX_DISTANCE), -1):
            if tokens[quoted].lower in _QUOTED and is_passive(reading, quoted):
                be = next(i for i in range(quoted - 1, -1, -1) if tokens[i].lower in TO_BE)
                subject = sentence_subject(reading, first, be - 1)
                if subject is None:
                    return None
                return Cue(in_apposition(reading, subject), "before", saying, subject.first, index - 1)
    return None
