"""Finds joint speakers: `Ida Holm and Odo Marsh said`, `said Ida Holm, Odo Marsh and Ann Brook`."""

from __future__ import annotations

from collections.abc import Sequence

from articles.reading.quotations.cues import Cue
from articles.reading.quotations.lexicon import CONJUNCTIONS, PREPOSITIONS
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import is_adverb, is_verb

_MAX_LISTED = 8
"""The most people read from a list."""
_LINKS = frozenset({"and", "&"})
_SPEAKERS = frozenset({"person", "organisation"})


def speakers_with(reading: Reading, cue: Cue) -> Sequence[Mention]:
    """The speakers that the cue's subject names, in order; empty if there is only one."""
    if cue.verb < 0 or cue.mention.kind == "pronoun":
        return []
    earlier = _members_before(reading, cue.mention) if cue.mention.last < cue.verb else []
    listed, linked = _members_after(reading, cue.mention)
    everyone = [*earlier, cue.mention, *listed]
    if not (linked or earlier) or not _is_subject(reading, cue, everyone):
        return []
    named = [mention for mention in everyone if mention.kind in _SPEAKERS]
    return named if len(named) > 1 else []


def _members_after(reading: Reading, mention: Mention) -> tuple[list[Mention], bool]:
    """The rest of a list after a mention, and whether "and" introduces its last member."""
    found: list[Mention] = []
    complete = 0
    while len(found) < _MAX_LISTED:
        place, linked = _link(reading, mention.last + 1)
        following = reading.begins.get(place)
        if following is None:
            break
        found.append(mention := following)
        complete = len(found) if linked else complete
    return found[:complete], complete > 0


def _link(reading: Reading, place: int) -> tuple[int, bool]:
    """The start of the next member after a comma, "and" or both, and whether there is an "and"."""
    tokens = reading.tokens
    begin = place
    if place < len(tokens) and tokens[place].text == ",":
        place += 1
    linked = place < len(tokens) and tokens[place].lower in _LINKS
    place += linked
    return (place, linked) if place > begin else (-1, False)


def _members_before(reading: Reading, mention: Mention) -> list[Mention]:
    """The members of a list before its last, which "and" introduces."""
    tokens = reading.tokens
    place = mention.first - 1
    if place < 1 or tokens[place].lower not in _LINKS:
        return []
    place -= 2 if tokens[place - 1].text == "," else 1
    found: list[Mention] = []
    while len(found) < _MAX_LISTED and (earlier := reading.ends.get(place)) is not None:
        if earlier.kind not in _SPEAKERS and reading.is_led_in(earlier, 0):
            break
        found.insert(0, earlier)
        if not earlier.first or tokens[earlier.first - 1].text != ",":
            break
        place = earlier.first - 2
    return found


def _is_subject(reading: Reading, cue: Cue, everyone: Sequence[Mention]) -> bool:
    """Whether the whole list is the verb's subject: no member belongs to a clause of its own."""
    tokens = reading.tokens
    first, end = everyone[0].first, everyone[-1].last + 1
    start, _ = reading.paragraph.sentence(cue.verb)
    before = tokens[first - 1] if first > start else None
    if cue.mention.last < cue.verb:
        while end < cue.verb and (is_adverb(tokens[end]) or tokens[end].text == ","):
            end += 1
        opens = before is None or before.quoted >= 0 or before.text in {",", ":", "—", "("}
        return (opens or (before is not None and before.lower in CONJUNCTIONS | {"as"})) and end == cue.verb
    if end >= len(tokens) or tokens[end].quoted >= 0 or not tokens[end].is_word:
        return True
    return tokens[end].lower in PREPOSITIONS | CONJUNCTIONS and not is_verb(reading, end)
