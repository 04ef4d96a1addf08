"""Who is who within a text: the fullest name behind a surname, a title or a body's short name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.reading.quotations.lexicon import FEMALE_NAMES, MALE_NAMES
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.naming import Gender
from articles.reading.quotations.reading import Reading

_NAMESAKES = 24
"""People of one surname that are distinguished; no news article has more."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(slots=True)
class Person:
    """A person by the fullest name in the text."""

    name: str
    gender: Gender
    count: int


def surname(name: str) -> str:
    """The last word of a name in lower case, without Jr. and the like.

    >>> surname("Ada M. Brook, Jr.")
    'brook'
    """
    words = [word.strip(".,") for word in name.lower().split()]
    return next((word for word in reversed(words) if word not in _SUFFIXES), "")


class Cast:
    """The people and bodies of a text, by their names there."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._people: dict[str, list[Person]] = defaultdict(list)
        self._by_word: dict[str, Person] = {}
        self._by_title: dict[str, str] = {}
        self._bodies: dict[str, str] = {}
        readings = list(readings)
        self._gather(mention for reading in readings for mention in reading.mentions)
        for reading in readings:
            self._learn_titles(reading)

    def find(self, name: str, gender: Gender = "") -> Person | None:
        """The person a name stands for: the whole name, else its surname, else any of its words."""
        last = surname(name)
        blank_if_too_long = [
            p for p in self._people.get(last, []) if not (gender and p.gender and p.gender != gender)
        ]
        if not blank_if_too_long:
            return self._by_word.get(last) if " " not in name else None
        first = name.lower().partition(" ")[0]
        same = [p for p in blank_if_too_long if p.name.lower().startswith(first + " ")] if " " in name else []
        return max(same or blank_if_too_long, key=lambda person: person.count)

    def gender(self, name: str) -> Gender:
        """Of the person of that name, '' where unknown."""
        person = self.find(name)
        return person.gender if person else ""

    def name_of(self, mention: Mention) -> str:
        """The fullest name of a mention, '' of a pronoun and of a noun that stands for nobody named."""
        if mention.kind == "person":
            person = self.find(mention.name, mention.gender if mention.title else "")
            return person.name if person else mention.name
        if mention.kind == "organisation":
            return self._bodies.get(_body_key(mention.name), mention.name)
        if mention.kind == "nominal":
            return self._by_title.get(mention.name) or self._bodies.get(mention.name, "")
        return ""

    def _gather(self, mentions: Iterable[Mention]) -> None:
        counts: Counter[str] = Counter()
        genders: dict[str, Gender] = {}
        for mention in mentions:
            if mention.kind == "person":
                counts[mention.name] += 1
                genders[mention.name] = genders.get(mention.name) or mention.gender or _given(mention.name)
            elif mention.kind == "organisation":
                known = self._bodies.get(_body_key(mention.name), "")
                self._bodies[_body_key(mention.name)] = max(known, mention.name, key=len)
        for name in sorted(counts, key=lambda name: " " not in name):  # whole names before lone words
            person = self.find(name)
            if person is None or (" " in name and person.name != name and not _same(person.name, name)):
                self._add(Person(name, genders[name], counts[name]))
                continue
            if " " in name:
                person.name = _fuller(person.name, name)
                person.count += counts[name]
            person.gender = person.gender or genders[name]

    def _add(self, person: Person) -> None:
        namesakes = self._people[surname(person.name)]
        if len(namesakes) < _NAMESAKES:
            namesakes.append(person)
        if " " in person.name:
            for word in person.name.lower().split():
                self._by_word.setdefault(word, person)

    def _learn_titles(self, reading: Reading) -> None:
        """Titles before names, and nouns in apposition: `President Ida Holm`, `Ida Holm, the president`."""
        for mention in reading.mentions:
            if mention.kind != "person":
                continue
            if mention.title:
                self._entitle(mention.title, self.name_of(mention))
            comma, noun = mention.last + 1, reading.begins.get(mention.last + 2)
            if noun and noun.kind == "nominal" and reading.tokens[comma].text == ",":
                self._entitle(noun.name, self.name_of(mention))

    def _entitle(self, title: str, name: str) -> None:
        """A title that two people share identifies neither."""
        self._by_title[title] = "" if self._by_title.get(title, name) != name else name


def _given(name: str) -> Gender:
    first = name.lower().partition(" ")[0]
    return "female" if first in FEMALE_NAMES else "male" if first in MALE_NAMES else ""


def _same(name: str, other: str) -> bool:
    """Whether two names of one surname may be one person's: "Ada M. Brook" and "Ada Brook"."""
    first, second = name.lower().partition(" ")[0], other.lower().partition(" ")[0]
    return first == second or (
        first[:1] == second[:1] and min(len(first.strip(".")), len(second.strip("."))) == 1
    )


def _fuller(name: str, other: str) -> str:
    """The fuller of two names of one person; what one has before all of the other is no part of it."""
    if name.endswith(" " + other) or other.endswith(" " + name):
        return min(name, other, key=len)
    return max(name, other, key=len)


def _body_key(name: str) -> str:
    return name.lower().rpartition(" ")[2]
