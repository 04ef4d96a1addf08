"""Learns who holds which title in a text: `President Ida Holm`, `Ida Holm, the president`."""

from __future__ import annotations

from collections.abc import Callable

from articles.reading.quotations.lexicon import CONJUNCTIONS, PREPOSITIONS
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import in_apposition

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
                if (noun := _title_after(reading, mention)) is not None:
                    self._record(noun.name, name_of(mention))
            elif mention.kind == "nominal" and reading.tokens[mention.first].lower == "the":
                named = in_apposition(reading, mention)
                if named is not mention:
                    self._record(mention.name, name_of(named))

    def holder(self, title: str) -> str:
        """The name of the only holder of a title, or ''."""
        return self._holders.get(title, "")

    def _record(self, title: str, name: str) -> None:
        self._holders[title] = "" if self._holders.get(title, name) != name else name


def _title_after(reading: Reading, mention: Mention) -> Mention | None:
    """The title in apposition after a name, unless it belongs to another name or is a subject itself."""
    tokens = reading.tokens
    noun = reading.begins.get(mention.last + 2)
    if noun is None or noun.kind != "nominal" or tokens[mention.last + 1].text != ",":
        return None
    following = tokens[noun.last + 1 : noun.last + 2]
    goes_on = any(token.is_word and token.lower not in _MAY_FOLLOW for token in following)
    return None if goes_on or in_apposition(reading, noun) is not noun else noun
