"""Decides whether a text contains the words that are to be erased. Texts are compared folded."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from articles.models.statement import GAP
from newsdb.text import fold

#: A part of a quotation with at least this many words or characters is searched for on its own; a shorter
#: one, such as "No", only together with the other parts.
DISTINCTIVE_WORDS, DISTINCTIVE_LENGTH = 3, 12
#: Shorter texts only match whole words: "Li" does not match "police".
ANYWHERE_FROM = 8


@dataclass(frozen=True)
class WordsMatcher:
    """Groups of folded texts: a text matches if it contains all texts of a group."""

    groups: frozenset[tuple[str, ...]] = frozenset()

    @classmethod
    def of_statement(cls, parts: Iterable[str]) -> "WordsMatcher":
        """Match the words of a statement, given its parts."""
        folded = [key for part in dict.fromkeys(parts) if (key := fold(part))]
        distinctive: list[tuple[str, ...]] = [(key,) for key in folded if is_distinctive(key)]
        return cls(frozenset(distinctive or ([tuple(folded)] if folded else [])))

    @classmethod
    def of_names(cls, names: Iterable[str]) -> "WordsMatcher":
        """Match the names of an actor."""
        return cls(frozenset((key,) for name in names if (key := fold(name))))

    def __or__(self, other: "WordsMatcher") -> "WordsMatcher":
        return WordsMatcher(self.groups | other.groups)

    def matches(self, text: str) -> bool:
        """Whether ``text`` contains the words."""
        folded = fold(text)
        return any(all(_is_in(key, folded) for key in group) for group in self.groups)

    def matches_any(self, value: Any) -> bool:
        """Whether any text in ``value`` (text, or parsed or serialised JSON) contains the words."""
        return any(self.matches(text) for text in texts_in(value))

    def overlaps(self, context: str) -> bool:
        """Whether a prefix or suffix contains the words, or begins or ends with part of them."""
        folded = fold(context)
        return any(_overlaps(key, folded) for group in self.groups for key in group)


def parts_of(statement: Any) -> set[str]:
    """The parts of a statement's words, from its text and its anchors."""
    return {*statement.text.split(GAP), *(anchor.exact for anchor in statement.anchors.all())}


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text within ``value``, including those in serialised JSON."""
    if isinstance(value, str):
        yield value
        if value[:1] in ("[", "{"):
            try:
                yield from texts_in(json.loads(value))
            except (ValueError, RecursionError):
                return
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts_in(name)
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def is_distinctive(key: str) -> bool:
    """Whether a folded text is long enough to be searched for on its own."""
    return len(key.split()) >= DISTINCTIVE_WORDS or len(key) >= DISTINCTIVE_LENGTH


def _is_in(key: str, folded: str) -> bool:
    return key in folded if len(key) >= ANYWHERE_FROM else f" {key} " in f" {folded} "


def _overlaps(key: str, folded: str) -> bool:
    if _is_in(key, folded) or (len(folded) >= DISTINCTIVE_LENGTH and folded in key):
        return True
    longest = min(len(key), len(folded))
    return any(
        folded.endswith(key[:length]) or folded.startswith(key[-length:])
        for length in range(ANYWHERE_FROM, longest + 1)
    )
