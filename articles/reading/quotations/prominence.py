"""Finds the mentions that a later "he" or "she" most likely refers to: subjects and agents."""

from __future__ import annotations

from collections.abc import Iterator

from articles.reading.quotations.lexicon import is_reporting_verb
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.roles import named_at_end
from articles.reading.quotations.subjects import in_apposition, is_passive, sentence_subject

_OPEN_CLAUSES = frozenset(
    {"after", "although", "as", "asked", "because", "before", "if", "once", "pressed", "since", "though"}
    | {"told", "until", "when", "while"}
)
"""Words that begin a clause before the main one, whose "he" or "she" is often the main subject."""
_MAX_AGENT_DISTANCE = 40
"""Tokens of a sentence that are searched for the person behind a passive verb."""


def find_subjects(reading: Reading) -> set[int]:
    """The first tokens of the mentions that are subjects of a paragraph's sentences, or act in them."""
    found = {
        _named(reading, mention).first
        for first, end in reading.paragraph.sentences
        for mention in _subjects(reading, first, end)
    }
    return found | {mention.first for mention in reading.mentions if _is_said_to_report(reading, mention)}


def _named(reading: Reading, mention: Mention) -> Mention:
    """The name in apposition, or at the end of two descriptions: "Farmer and stalwart Ida Holm"."""
    linked = [token.lower for token in reading.tokens[mention.last + 1 : mention.last + 2]] == ["and"]
    named = named_at_end(reading, mention) if linked and mention.kind == "nominal" else None
    return named or in_apposition(reading, mention)


def main_subject(reading: Reading, first: int, end: int) -> Mention | None:
    """The name behind an opening clause about "he" or "she": in "Asked if he minded, Odo Marsh laughed"."""
    opening = next(reading.subjects(first, end), None)
    main = sentence_subject(reading, first, end - 1)
    if main is None or main.kind != "person" or opening is None or opening.kind != "pronoun":
        return None
    return main if opening.gender and reading.tokens[first].lower in _OPEN_CLAUSES else None


def _subjects(reading: Reading, first: int, end: int) -> Iterator[Mention]:
    subject = next(reading.subjects(first, end), None)
    if subject is not None:
        yield subject
    if subject is None or subject.kind not in {"person", "pronoun"}:
        for place in range(first + 2, min(end, first + _MAX_AGENT_DISTANCE)):
            agent = reading.begins.get(place)
            if agent and reading.tokens[place - 1].lower == "by" and is_passive(reading, place - 2):
                yield agent


def _is_said_to_report(reading: Reading, mention: Mention) -> bool:
    """Whether a comma and a reporting verb precede it: "the ferry runs, noted the Observer's Ida Holm"."""
    before = mention.first - 1
    if (owner := reading.ends.get(before)) is not None and reading.tokens[before].is_possessive:
        before = owner.first - 1
    return (
        mention.kind == "person"
        and before > 0
        and is_reporting_verb(reading.tokens[before].lower)
        and reading.tokens[before - 1].text == ","
    )
