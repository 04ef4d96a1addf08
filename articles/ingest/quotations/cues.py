"""The first method: the grammar of a quotation's own sentence, told by a verb of saying.

`"…," she said` · `"…," said Ida Holm, chair of …` · `Ida Holm, who …, said: "…"` · `according to Ida
Holm` · `HOLM: "…"`
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from articles.ingest.quotations.lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    is_reporting_verb,
    is_speech_verb,
)
from articles.ingest.quotations.mentions import Mention
from articles.ingest.quotations.tokens import Paragraph, Token

CueForm = Literal["after", "inverted", "before", "colon", "according", "label", "subject"]
"""How the speaker was told; `subject`: only by a verb further off in the same sentence."""

_REACH = 40
"""Tokens over which a verb of saying is looked for on either side of a quotation."""
_ENDINGS = frozenset(",?!—–-.…'’")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying and whose it is: `verb` is its token, -1 where a colon or "according to" tells."""

    mention: Mention
    form: CueForm
    verb: int
    first: int
    last: int
    """The tokens of the reporting clause, as far as it was read."""


@dataclass(slots=True)
class Reading:
    """A paragraph with its mentions by their first and by their last token."""

    paragraph: Paragraph
    mentions: Sequence[Mention]
    begins: dict[int, Mention] = field(default_factory=dict)
    ends: dict[int, Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.begins = {mention.first: mention for mention in self.mentions}
        self.ends = {mention.last: mention for mention in self.mentions}

    @property
    def tokens(self) -> list[Token]:
        return self.paragraph.tokens


def find_cue(reading: Reading, index: int) -> Cue | None:
    """What tells the speaker of the quotation at the token `index`, if anything in its sentence does."""
    return _after(reading, index) or _before(reading, index)


# --- behind the quotation ------------------------------------------------------------------------


def _after(reading: Reading, index: int) -> Cue | None:
    tokens = reading.tokens
    start = index + 1
    comma = start < len(tokens) and tokens[start].text in {",", "—", "–", "-"}
    if comma:
        start += 1
    if start >= len(tokens) or tokens[start].quoted >= 0:
        return None
    ending = tokens[index].ending
    detached = ending == "." and not comma
    if not comma and ending not in _ENDINGS and not _opens_sentence(reading, index):
        return None
    limit = min(len(tokens), start + _REACH)
    cue = (
        _according(reading, start, limit) or _inverted(reading, start) or _subject_verb(reading, start, limit)
    )
    if cue and detached and not _is_whole_sentence(reading, cue):
        return None
    return cue


def _opens_sentence(reading: Reading, index: int) -> bool:
    return reading.paragraph.sentence(index)[0] == index


def _is_whole_sentence(reading: Reading, cue: Cue) -> bool:
    """Whether nothing but the reporting clause stands up to the next full stop."""
    following = cue.last + 1
    tokens = reading.tokens
    return (
        cue.form != "according"
        and (tokens[cue.first].lower in {"he", "she", "they"} or cue.form in {"inverted", "after"})
        and (following >= len(tokens) or tokens[following].text in {".", ","})
    )


def _according(reading: Reading, start: int, limit: int) -> Cue | None:
    tokens = reading.tokens
    if start + 2 < limit and tokens[start].lower == "according" and tokens[start + 1].lower == "to":
        mention = _first_mention(reading, start + 2, 4)
        if mention:
            return Cue(mention, "according", -1, start, mention.last)
    return None


def _first_mention(reading: Reading, start: int, within: int) -> Mention | None:
    for place in range(start, min(start + within, len(reading.tokens))):
        if place in reading.begins:
            return reading.begins[place]
        if reading.tokens[place].quoted >= 0:
            return None
    # A name whose phrase began before its own tokens were reached, as "the chair Ida Holm" does.
    return next((m for m in reading.mentions if m.first <= start <= m.last), None)


def _inverted(reading: Reading, start: int) -> Cue | None:
    """`said Ida Holm`; an adverb may stand before it."""
    tokens = reading.tokens
    verb = start + 1 if tokens[start].lower.endswith("ly") and start + 1 < len(tokens) else start
    if not _is_verb(reading, verb) or tokens[verb].lower.endswith("ing"):
        return None
    place = verb + 1
    if place >= len(tokens) or tokens[place].lower in PREPOSITIONS | CONJUNCTIONS | {"that", ","}:
        return None
    mention = reading.begins.get(place) or _nominal_at(reading, place)
    return Cue(mention, "inverted", verb, start, mention.last) if mention else None


def _subject_verb(reading: Reading, start: int, limit: int) -> Cue | None:
    """`she said`, `Ida Holm, chair of the society, told the council`."""
    tokens = reading.tokens
    if tokens[start].lower in {"and", "but", "as", "then"} and start + 1 < limit:
        start += 1
    mention = reading.begins.get(start) or _nominal_at(reading, start)
    if mention is None:
        return None
    place = mention.last + 1
    while place < limit and tokens[place].quoted < 0 and tokens[place].text not in {".", "!", "?", ":"}:
        if _is_verb(reading, place) and _joins(reading, mention.last + 1, place):
            return Cue(mention, "after", place, start, place)
        if mention.kind == "pronoun" and place > mention.last + 4:
            return None
        place += 1
    return None


def _joins(reading: Reading, first: int, verb: int) -> bool:
    """Whether a verb is the subject's across what stands between: adverbs, an apposition, a clause."""
    tokens = reading.tokens
    last = verb - 1
    while last >= first and _is_adverb(tokens[last]):
        last -= 1
    if last < first:
        return True
    if tokens[first].text in {",", "—", "(", "–"}:
        return tokens[last].text in {",", "—", ")", "–"} and last > first
    if tokens[first].lower in PREPOSITIONS | {"who"}:
        return (
            tokens[last].text not in {","}
            and not any(is_reporting_verb(token.lower) for token in tokens[first:verb])
        ) or tokens[last].text == ","
    return False


def _is_adverb(token: Token) -> bool:
    return token.lower in AUXILIARIES or (
        token.lower.endswith("ly") and token.is_word and not token.is_capitalised
    )


_NOUN_BEFORE = DETERMINERS | {"of", "in", "for", "with", "his", "her", "new", "to"}


def _is_verb(reading: Reading, place: int) -> bool:
    """A verb of saying in its place: not the noun of the same form ("the report", "a claim")."""
    tokens = reading.tokens
    token = tokens[place]
    if not is_reporting_verb(token.lower) or (token.is_capitalised and not is_speech_verb(token.lower)):
        return False
    if place == 0:
        return True
    before = tokens[place - 1]
    if before.lower == "to" and place > 1:
        return True
    return not (before.lower in _NOUN_BEFORE or before.is_possessive)


# --- before the quotation ------------------------------------------------------------------------


def _before(reading: Reading, index: int) -> Cue | None:
    tokens = reading.tokens
    first, _ = reading.paragraph.sentence(index)
    last = index - 1
    if last < first:
        return None
    mark = tokens[last].text
    if mark in {",", ":"}:
        last -= 1
    if last < first:
        return None
    if mark == ":":
        label = reading.ends.get(last)
        if label is not None and label.first == first:
            return Cue(label, "label", -1, first, last)
    verb = _verb_before(reading, max(first, last - _REACH), last)
    if verb is not None:
        mention = subject_of(reading, first, verb)
        if mention is not None:
            form: CueForm = "colon" if mark == ":" else "before" if last - verb <= 12 else "subject"
            return Cue(mention, form, verb, mention.first, last)
    if tokens[first].lower == "according" and first + 2 <= last:
        mention = _first_mention(reading, first + 2, 4)
        if mention:
            return Cue(mention, "according", -1, first, mention.last)
    if mark == ":":
        mention = sentence_subject(reading, first, last)
        if mention is not None:
            return Cue(mention, "colon", -1, mention.first, last)
    return None


def _verb_before(reading: Reading, first: int, last: int) -> int | None:
    for place in range(last, first - 1, -1):
        if reading.tokens[place].text == ";":
            return None
        if _is_verb(reading, place):
            return place
    return None


def subject_of(reading: Reading, first: int, verb: int) -> Mention | None:
    """The subject of the verb, in the sentence that begins at the token `first`."""
    tokens = reading.tokens
    place = verb - 1
    while place >= first and _is_adverb(tokens[place]):
        place -= 1
    if place < first:
        return None
    token = tokens[place]
    if tokens[verb].lower.endswith("ing") or token.lower in {"and", "but", "then", "to", "or"}:
        earlier = _verb_before(reading, first, place - 1) if token.lower in {"and", "but", "or"} else None
        found = subject_of(reading, first, earlier) if earlier is not None else None
        return found or sentence_subject(reading, first, place)
    if token.lower in {"who", "which", "that"} and place > first:
        return _ending_at(reading, first, place - 2 if tokens[place - 1].text == "," else place - 1)
    if token.text in {",", "—", "–", ")"}:
        return _before_insertion(reading, first, place)
    return _ending_at(reading, first, place)


def _before_insertion(reading: Reading, first: int, close: int) -> Mention | None:
    """The subject before an insertion that ends at `close`: `Ida Holm, who chairs the society, …`."""
    tokens = reading.tokens
    opening = {")": {"("}, "—": {"—"}, "–": {"–"}}.get(tokens[close].text, {","})
    for place in range(close - 1, first, -1):
        if tokens[place].text in opening:
            mention = _ending_at(reading, first, place - 1)
            if (
                mention is not None
                and mention.kind in {"person", "organisation"}
                and not _led_in(reading, mention, first)
            ):
                return mention
            if mention is not None and mention.kind == "nominal" and not _led_in(reading, mention, first):
                return mention
    return sentence_subject(reading, first, close)


def _led_in(reading: Reading, mention: Mention, first: int) -> bool:
    return mention.first > first and reading.tokens[mention.first - 1].lower in PREPOSITIONS


def _ending_at(reading: Reading, first: int, place: int) -> Mention | None:
    """The subject whose phrase ends at the token: of "a spokesman for the mayor", the spokesman."""
    mention = reading.ends.get(place)
    if mention is None:
        for start in range(place, max(first, place - 8) - 1, -1):
            token = reading.tokens[start]
            if start in reading.begins and reading.begins[start].last >= place - 6 and start < place:
                mention = reading.begins[start]
                break
            if token.text in {",", ":", ";"} or token.quoted >= 0:
                return None
    while mention is not None and mention.first - 2 >= first:
        before = reading.tokens[mention.first - 1]
        head = reading.ends.get(mention.first - 2)
        if before.lower not in PREPOSITIONS or head is None or head.kind == "pronoun":
            break
        mention = head
    return mention


def _nominal_at(reading: Reading, place: int) -> Mention | None:
    """A mention that begins with words of its own before a name, or possessively."""
    return next((m for m in reading.mentions if m.first <= place <= m.last and place - m.first <= 1), None)


def sentence_subject(reading: Reading, first: int, last: int) -> Mention | None:
    """The first mention of a sentence that no preposition leads in, from the token `first` to `last`."""
    for mention in reading.mentions:
        if mention.first < first or mention.last > last:
            continue
        if mention.first > first and reading.tokens[mention.first - 1].lower in PREPOSITIONS:
            continue
        if reading.tokens[mention.last].is_possessive:
            continue
        return mention
    return None
