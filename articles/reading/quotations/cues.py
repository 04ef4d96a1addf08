"""The first method: finds the speaker through a reporting verb in the quotation's own sentence.

`"…," she said` · `"…," said Ida Holm, chair of …` · `Ida Holm, who …, said: "…"` · `according to Ida Holm` ·
`HOLM: "…"` · `The society said this:` followed by the quotation in its own paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from articles.reading.quotations.lexicon import CONJUNCTIONS, PREPOSITIONS
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.roles import named_at_end
from articles.reading.quotations.subjects import (
    agent_of,
    clause_start,
    in_apposition,
    is_adverb,
    is_verb,
    sentence_subject,
    subject_of,
    verb_before,
    verb_end,
)

CueForm = Literal[
    "after",
    "inverted",
    "before",
    "according",
    "label",
    "colon",
    "distant",
    "trailing",
    "earlier",
    "lead-in",
    "inserted",
]
"""The kind of cue that names the speaker.

`after` and `inverted`: a reporting clause after the quotation; `before`: one directly before it; `trailing`:
one at the end of the sentence; `distant`: a verb further away; `earlier`: the sentence before; `lead-in`: the
paragraph before; `colon`: a sentence without a reporting verb; `inserted`: words between dashes in the
middle.
"""

_MAX_DISTANCE = 40
"""Tokens on either side of a quotation that are searched for a reporting verb."""
_MAX_VERB_DISTANCE = 12
"""Tokens allowed between a verb and the quotation it introduces ("told the council on Monday")."""
_MAX_LABEL_WORDS = 4
"""The most words of a speaker's label."""
_SOURCES = [["according", "to"], ["in", "the", "words", "of"], ["to", "quote"]] + [
    [verb, "the", noun, "from"] for verb in ("came", "was") for noun in ("answer", "reply", "response")
]
"""Words before the speaker of the quotation next to them."""
_ENDINGS = frozenset(",?!—–―-.…")
_DASHES = frozenset({",", "—", "–", "―", "-", "--"})
_STOPS = frozenset({".", "!", "?", ";"})
_LINKING = PREPOSITIONS | CONJUNCTIONS
_AFTER_CLAUSE = PREPOSITIONS | {"and", "but", "while", "when", "as", "because", "yesterday", "today"}


@dataclass(frozen=True, slots=True)
class Cue:
    """The mention of the speaker, and the tokens of the reporting clause.

    `verb` is the index of the reporting verb, or -1 for a colon or "according to". The indices of a `lead-in`
    refer to its own paragraph.
    """

    mention: Mention
    form: CueForm
    verb: int
    first: int
    last: int


def find_cue(reading: Reading, index: int, *, is_whole: bool) -> Cue | None:
    """The cue that names the speaker of the quotation at token `index`, or None.

    `is_whole` says whether the quotation consists of whole sentences rather than a fragment.
    """
    before = _before(reading, index)
    if before is not None and before.form == "before":
        ends = reading.paragraph.sentence(index)[1] == index + 1
        if ends or reading.tokens[index - 1].text in {",", ":"}:
            return before
    after = _after(reading, index, is_whole=is_whole)
    found = after or before or _trailing(reading, index)
    return found or (_earlier(reading, index) if is_whole else None)


def _after(reading: Reading, index: int, *, is_whole: bool) -> Cue | None:
    tokens = reading.tokens
    start = index + 1
    comma = start < len(tokens) and tokens[start].text in _DASHES
    if comma:
        start += 1
    ending = tokens[index].ending
    if start >= len(tokens) or tokens[start].quoted >= 0:
        return None
    opens = reading.paragraph.sentence(index)[0] == index
    if not comma and ending not in _ENDINGS and not opens:
        return None
    cue = _according(reading, start) or _inverted(reading, start) or _subject_verb(reading, start)
    if cue is None or cue.form == "according":
        return cue
    if tokens[start].lower in {"and", "but"} and _introduces(reading, cue.last + 1):
        return None
    closes = clause_ends(reading, cue.last + 1)
    if ending in {".", "…"} and not comma and not closes:
        return None  # a new sentence follows: `"…." Smith said that …`
    return cue if closes or (is_whole and opens) else None


def _introduces(reading: Reading, place: int) -> bool:
    """Whether a quotation follows, with or without a mark before it: `“…,” but Ida Holm said: “…”`."""
    following = reading.tokens[place : place + 2]
    if following and following[0].text not in {",", ":"}:
        del following[1:]
    return any(token.quoted >= 0 for token in following)


def clause_ends(reading: Reading, place: int) -> bool:
    """Whether the reporting clause ends at `place`, without a statement of its own."""
    tokens = reading.tokens
    if place >= len(tokens):
        return True
    token = tokens[place]
    if token.quoted >= 0 or token.text in _STOPS | _DASHES | {":", "("}:
        return True
    if is_adverb(token):
        return place + 1 >= len(tokens) or tokens[place + 1].lower != "that"
    return token.lower in _AFTER_CLAUSE or (token.lower.endswith("day") and token.is_capitalised)


def _according(reading: Reading, start: int) -> Cue | None:
    tokens = reading.tokens
    for words in _SOURCES:
        behind = start + len(words)
        if behind < len(tokens) and [token.lower for token in tokens[start:behind]] == words:
            mention = _mention_near(reading, behind)
            return Cue(mention, "according", -1, start, mention.last) if mention else None
    return None


def _mention_near(reading: Reading, place: int) -> Mention | None:
    """The mention that begins at a token, or after a few modifiers."""
    tokens = reading.tokens
    for begin in range(place, min(place + 4, len(tokens))):
        if begin in reading.begins:
            return reading.begins[begin]
        if not tokens[begin].is_word or tokens[begin].lower in _LINKING:
            return None
    return None


def _inverted(reading: Reading, start: int) -> Cue | None:
    """`said Ida Holm`, optionally with an adverb before the verb."""
    tokens = reading.tokens
    verb = start + 1 if is_adverb(tokens[start]) and start + 1 < len(tokens) else start
    if not is_verb(reading, verb) or tokens[verb].lower.endswith("ing"):
        return None
    mention = _mention_near(reading, verb_end(reading, verb) + 1)
    if mention is None or mention.name in {"it", "who"}:
        return None
    mention = named_at_end(reading, mention) or in_apposition(reading, mention)
    return Cue(mention, "inverted", verb, start, mention.last)


def _subject_verb(reading: Reading, start: int) -> Cue | None:
    """`she said`, `Ida Holm, chair of the society, told the council`."""
    tokens = reading.tokens
    compares = tokens[start].lower == "as"
    if tokens[start].lower in {"and", "but", "as", "then"} and start + 1 < len(tokens):
        start += 1
    mention = _mention_near(reading, start)
    if mention is None:
        return None
    named = named_at_end(reading, mention)
    if named is not None and _follows(reading, named.last + 1):
        mention = named
    limit = mention.last + (5 if mention.kind == "pronoun" else _MAX_DISTANCE)
    for place in range(mention.last + 1, min(limit, len(tokens))):
        if tokens[place].quoted >= 0 or tokens[place].text in _STOPS | {":"}:
            return None
        if compares and tokens[place].text in _DASHES:
            compares = False  # "as Ida Holm likes to say" is one clause
        if (agent := agent_of(reading, place)) is not None:
            return Cue(agent, "after", place, start, agent.last)
        if is_verb(reading, place) and (compares or _joins(reading, mention.last + 1, place)):
            return Cue(in_apposition(reading, mention), "after", place, start, verb_end(reading, place))
    return None


def _follows(reading: Reading, place: int) -> bool:
    """Whether a reporting verb is at the token, or follows adverbs there."""
    tokens = reading.tokens
    while place < len(tokens) and is_adverb(tokens[place]):
        place += 1
    return place < len(tokens) and is_verb(reading, place)


def _joins(reading: Reading, first: int, verb: int) -> bool:
    """Whether the verb belongs to the subject despite adverbs, an apposition or a clause between."""
    tokens = reading.tokens
    last = verb - 1
    while last >= first and is_adverb(tokens[last]):
        last -= 1
    if last < first:
        return True
    closing = tokens[last].text
    if tokens[first].text in _DASHES | {"("}:
        return closing in _DASHES | {")"} and last > first
    if tokens[first].lower in PREPOSITIONS | {"who"} or tokens[first].lower == "and":
        return closing not in _DASHES or tokens[first].lower != "and"
    return False


def _before(reading: Reading, index: int) -> Cue | None:
    tokens = reading.tokens
    first, _ = reading.paragraph.sentence(index)
    last = index - 1
    if last < first:
        return None
    mark = tokens[last].text
    if mark in {",", ":"} or mark in _DASHES:
        last -= 1
    if last < first:
        return None
    if (
        mark == ":"
        and last - first < _MAX_LABEL_WORDS
        and all(token.is_capitalised for token in tokens[first : last + 1])
    ):
        name = " ".join(token.text for token in tokens[first : last + 1])
        label = reading.ends.get(last) or Mention(first, last, "person", name)
        return Cue(label, "label", -1, first, last)
    if (told := _told_by(reading, first, last)) is not None:
        return told
    first = clause_start(reading, first, last)
    verb = verb_before(reading, max(first, last - _MAX_DISTANCE), last)
    mention = subject_of(reading, first, verb) if verb is not None else None
    mention = in_apposition(reading, mention) if mention else None
    if mention is not None and verb is not None:
        near = last - verb <= _MAX_VERB_DISTANCE and not any(
            token.quoted >= 0 for token in tokens[verb:index]
        )
        return Cue(mention, "before" if near else "distant", verb, mention.first, last)
    for start in range(max(first, last - _MAX_VERB_DISTANCE), last) if mark == "," else [first]:
        if (source := _according(reading, start)) is not None:
            return source
    if mark == ":":
        mention = sentence_subject(reading, first, last) or next(
            (m for m in reading.mentions if first <= m.first and m.last <= last), None
        )
        return Cue(mention, "colon", -1, mention.first, last) if mention else None
    return None


def _told_by(reading: Reading, first: int, last: int) -> Cue | None:
    """`Odo Marsh was told by Ida Holm:`, `that` instead of the colon, or neither."""
    last -= reading.tokens[last].lower == "that"
    mention = reading.ends.get(last)
    verb = mention.first - 2 if mention is not None else -1
    if mention is None or verb < first or agent_of(reading, verb) is not mention:
        return None
    return Cue(mention, "before", verb, mention.first, last)


def _earlier(reading: Reading, index: int) -> Cue | None:
    """A cue in the sentence before: `The boat is late, Ida Holm said. "It is always late."`"""
    number = reading.paragraph.sentence_of[index]
    first, end = reading.paragraph.sentences[number - 1] if number else (0, 0)
    if any(token.quoted >= 0 for token in reading.tokens[max(first, end - _MAX_DISTANCE) : end]):
        return None
    verb = verb_before(reading, max(first, end - _MAX_DISTANCE), end - 1)
    mention = subject_of(reading, first, verb) if verb is not None else None
    if mention is None or verb is None:
        return None
    return Cue(in_apposition(reading, mention), "earlier", verb, mention.first, end - 1)


def _trailing(reading: Reading, index: int) -> Cue | None:
    """A cue at the end of the sentence: `"A mess" is what it is, Ida Holm said.`"""
    tokens = reading.tokens
    _, end = reading.paragraph.sentence(index)
    for place in range(index + 2, min(end, index + _MAX_DISTANCE)):
        if tokens[place].quoted >= 0:
            return None
        if tokens[place].text == "," and place + 1 < end:
            cue = _inverted(reading, place + 1) or _subject_verb(reading, place + 1)
            if cue is not None and clause_ends(reading, cue.last + 1):
                return replace(cue, form="trailing")
    return None
