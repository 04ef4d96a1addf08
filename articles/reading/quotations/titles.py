"""Learns who holds which title in a text: `President Ida Holm`, `Ida Holm, the president`."""

from __future__ import annotations

from collections.abc import Callable

from articles.reading.quotations.lexicon import CONJUNCTIONS, PREPOSITIONS
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import in_apposition

_IN_FULL = {
    "capt": "captain",
    "cllr": "councillor",
    "col": "colonel",
    "cr": "councillor",
    "det": "detective",
    "dr": "doctor",
    "gen": "general",
    "gov": "governor",
    "insp": "inspector",
    "justice": "judge",
    "lt": "lieutenant",
    "pres": "president",
    "prof": "professor",
    "rep": "representative",
    "congressman": "representative",
    "congresswoman": "representative",
    "rev": "reverend",
    "sec": "secretary",
    "sen": "senator",
    "sgt": "sergeant",
    "supt": "superintendent",
}
"""Titles as they are printed before a name, and as their holder is called afterwards."""
_AGE = "-year-old"
_MAY_FOLLOW = PREPOSITIONS | CONJUNCTIONS | {"who"}
"""Words after a title in apposition. Before others it is a subject: "asked by Odo Marsh, the mayor said"."""


class Titles:
    """The holders of the titles of a text."""

    def __init__(self) -> None:
        self._holders: dict[str, str] = {}

    def learn(self, reading: Reading, name_of: Callable[[Mention], str]) -> None:
        """Record titles before names and in apposition, before or after them."""
        for mention in reading.mentions:
            if mention.kind == "person":
                if mention.title:
                    self._record(mention.title, name_of(mention))
                if age := _age_of(reading, mention):
                    self._record(age + _AGE, name_of(mention))
                if (noun := _title_after(reading, mention)) is not None:
                    self._record(noun.name, name_of(mention))
            elif mention.kind == "nominal" and reading.tokens[mention.first].lower == "the":
                named = in_apposition(reading, mention)
                if named is not mention:
                    self._record(mention.name, name_of(named))

    def holder(self, title: str) -> str:
        """The name of the only holder of a title, or ''."""
        return self._holders.get(_IN_FULL.get(title, title), "")

    def _record(self, title: str, name: str) -> None:
        title = _IN_FULL.get(title, title)
        self._holders[title] = "" if self._holders.get(title, name) != name else name


def _age_of(reading: Reading, mention: Mention) -> str:
    """The age after a name ("Ida Holm, 24, of Lindle") or before it ("24-year-old Ida Holm"), or ''."""
    tokens = reading.tokens
    if tokens[mention.last + 1 : mention.last + 2] and tokens[mention.last + 1].text == ",":
        following = [token.text for token in tokens[mention.last + 2 : mention.last + 4]]
        if following and following[0].isdigit() and following[1:] != ["years"] and len(following[0]) < 4:
            return following[0]
    before = tokens[mention.first - 1].lower if mention.first else ""
    begins = tokens[mention.first].lower
    return next((word.removesuffix(_AGE) for word in (before, begins) if word.endswith(_AGE)), "")


def _title_after(reading: Reading, mention: Mention) -> Mention | None:
    """The title in apposition after a name, unless it belongs to another name or is a subject itself."""
    tokens = reading.tokens
    noun = reading.begins.get(mention.last + 2)
    if noun is None or noun.kind != "nominal" or tokens[mention.last + 1].text != ",":
        return None
    following = tokens[noun.last + 1 : noun.last + 2]
    goes_on = any(token.is_word and token.lower not in _MAY_FOLLOW for token in following)
    return None if goes_on or in_apposition(reading, noun) is not noun else noun
