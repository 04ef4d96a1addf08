"""Identifies people within a text: the full name behind a surname, a title or a short name."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from articles.reading.quotations.lexicon import FUNCTION_WORDS, GIVEN_NAMES, is_reporting_verb
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.naming import SUFFIXES, Gender, given_gender
from articles.reading.quotations.organisations import Organisations
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.titles import Titles
from articles.reading.quotations.tokens import Token, without_accents

_GIVEN_NAMES = GIVEN_NAMES - FUNCTION_WORDS
"""Without "Will", which is a verb in most headlines."""
_INDEFINITE = frozenset(
    {"a", "an", "another", "any", "each", "every", "no", "one", "some", "his", "her", "their", "my", "our"}
)
"""Determiners of somebody who need not be named: "a spokesman", "her spokesman"."""
_RELATIVES = frozenset(
    {"aunt", "brother", "cousin", "dad", "daughter", "father", "granddaughter", "grandfather", "grandmother"}
    | {"grandson", "husband", "mom", "mother", "mum", "nephew", "niece", "sister", "son", "uncle", "widow"}
    | {"widower", "wife"}
)
_MAX_NAMESAKES = 24
"""The most people of one surname; no news article has more."""


@dataclass(slots=True, eq=False)
class Person:
    """A person, by the fullest name in the text."""

    name: str
    gender: Gender
    count: int = 0
    introduced: int = -1
    """The last paragraph so far that gave the full name."""
    is_relative: bool = False
    """Whether the text introduces the person as somebody's relative, who is rarely meant by the surname."""


def surname(name: str) -> str:
    """The last word of a name, in lower case without accents, ignoring suffixes such as Jr.

    >>> surname("Ada M. Brook, Jr.")
    'brook'
    """
    return next((word for word in reversed(_words(name)) if word not in SUFFIXES), "")


class Cast:
    """The people and organisations of a text, by their names in it."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._people: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[str, Person] = {}
        self._by_word: dict[str, list[Person]] = defaultdict(list)
        self._honorifics: dict[str, set[Gender]] = defaultdict(set)
        self._titles = Titles()
        self._organisations = Organisations()
        self._resolved: dict[int, tuple[Person, bool]] = {}
        self._owners: dict[str, Person] = {}
        self._shared: set[str] = set()
        self._gather(readings)
        for number, reading in enumerate(readings):
            self._resolve_names(reading, number)
            self._titles.learn(reading, partial(self._fullest_name, reading))

    def find(self, name: str, gender: Gender = "") -> Person | None:
        """The person that a name refers to anywhere in the text; of namesakes, the one named most often."""
        if " " in name:
            return self._by_name.get(name) or self._same_person(name)
        key = surname(name)
        people = self._people.get(key) or self._by_word.get(key, [])
        return max(_with_gender(people, gender), key=lambda person: person.count, default=None)

    def gender(self, name: str) -> Gender:
        """The gender of the person with that name, '' if unknown."""
        person = self.find(name)
        return person.gender if person else ""

    def name_of(self, reading: Reading, mention: Mention) -> tuple[str, bool]:
        """The fullest name of a mention, and whether it is unambiguous.

        The name is "" for a pronoun, and for a noun that refers to nobody named.
        """
        if mention.kind == "person":
            start = reading.tokens[mention.first].start
            person, surely = self._resolved.get(start) or (self.find(mention.name, mention.gender), True)
            return (person.name if person else mention.name), surely
        if mention.kind == "organisation":
            return self._organisations.fullest(mention.name)
        if mention.kind == "nominal":
            if not _is_new(reading.tokens[mention.first : mention.last]):
                return self.holder(mention)
            is_apposed = mention.first and reading.tokens[mention.first - 1].text == ","
            named = reading.ends.get(mention.first - 2) if is_apposed else None
            return self.name_of(reading, named) if named and named.kind == "person" else ("", True)
        return "", True

    def _fullest_name(self, reading: Reading, mention: Mention) -> str:
        return self.name_of(reading, mention)[0]

    def holder(self, mention: Mention) -> tuple[str, bool]:
        """The holder of a title, or the person whose surname is also a title: "King said"."""
        if name := self._titles.holder(mention.name):
            return name, True
        if mention.first == mention.last and len(called := self._people.get(mention.name, [])) == 1:
            return called[0].name, True
        return self._organisations.fullest(mention.name)

    def _gather(self, readings: Sequence[Reading]) -> None:
        counts: Counter[str] = Counter()
        genders: dict[str, Gender] = {}
        fuller: dict[str, set[str]] = defaultdict(set)
        for reading in readings:
            for name in _names_outside_mentions(reading):
                fuller[surname(name)].add(name)
            for mention in reading.mentions:
                if mention.kind == "organisation":
                    self._organisations.add(mention.name)
                elif mention.kind == "person":
                    name = mention.name
                    counts[name] += 1
                    genders[name] = genders.get(name) or mention.gender or _gender_of_given_name(name)
                    if mention.title and mention.gender:
                        self._honorifics[surname(name)].add(mention.gender)
        for name in sorted(counts, key=lambda name: " " not in name):  # full names first
            person = self.find(name, "" if " " in name else genders[name])
            if person is None:
                known = fuller[surname(name)] if " " not in name else set()
                full = known.pop() if len(known) == 1 else name
                person = self._add(Person(full, genders[name] or _gender_of_given_name(full)))
            elif " " in name:
                person.name = _fuller(person.name, name)
            self._by_name[name] = person
            person.count += counts[name]
            person.gender = person.gender or genders[name]
        for reading in readings:
            for mention in reading.mentions:
                if mention.kind == "person" and " " in mention.name:
                    if mention.title or _words(mention.name)[0] not in _GIVEN_NAMES:
                        self._by_name[mention.name] = self._in_full(mention.name)
                    if _is_relative(reading, mention):
                        self._by_name[mention.name].is_relative = True

    def _in_full(self, surnames: str) -> Person:
        """The person with these surnames: Ada Sen Gupta for "Justice Sen Gupta", or for "Sen Gupta"."""
        person = self._by_name[surnames]
        ends = f" {surnames.lower()}"
        full = [one for one in self._people[surname(surnames)] if one.name.lower().endswith(ends)]
        if len(full) > 1:
            self._shared.add(surnames)
        return full[0] if len(full) == 1 else person

    def _same_person(self, name: str) -> Person | None:
        return next(
            (p for p in self._people.get(surname(name), []) if _may_be_same_person(p.name, name)), None
        )

    def _add(self, person: Person) -> Person:
        for people in [self._people[surname(person.name)], *(self._by_word[w] for w in _words(person.name))]:
            if len(people) < _MAX_NAMESAKES:
                people.append(person)
        return person

    def _resolve_names(self, reading: Reading, number: int) -> None:
        """Resolve the names in a paragraph, based on the paragraphs up to it."""
        for mention in reading.mentions:
            if mention.kind != "person":
                continue
            start = reading.tokens[mention.first].start
            if " " in mention.name:
                person = self._by_name[mention.name]
                person.introduced = number
                self._resolved[start] = person, mention.name not in self._shared
            elif meant := self._resolve_single_name(mention, number):
                self._resolved[start] = meant

    def _resolve_single_name(self, mention: Mention, number: int) -> tuple[Person, bool] | None:
        """The person that a single name refers to in this paragraph, and whether that is certain.

        It is certain if only one person fits or only one has been introduced. Otherwise it is whoever the
        paragraph itself introduced, then whoever the single name referred to before, then whoever was
        introduced last.
        """
        key = surname(mention.name)
        named = self._people.get(key) or self._by_word.get(key, [])
        printed = mention.gender if mention.title else ""
        usual = self._honorifics.get(key, set())
        people = _with_gender(named, printed or (next(iter(usual)) if len(usual) == 1 else ""))
        if len(people) < 2:
            return (people[0], True) if people else None
        if not printed:
            here = [person for person in people if not person.is_relative or person.introduced == number]
            people = here or people
        known = [person for person in people if person.introduced >= 0]
        if not known:
            return people[0], False
        if len(people) == 1:
            return people[0], _has_no_recent_namesake(people[0], named, number)
        owner = self._owners.get(key)
        if len(known) == 1:
            self._owners[key] = known[0]
            return known[0], True
        here = [person for person in known if person.introduced == number]
        if len(here) == 1:
            return here[0], owner is here[0] or _has_no_recent_namesake(here[0], known, number)
        if owner in known:
            return owner, _has_no_recent_namesake(owner, known, number)
        return max(known, key=lambda person: person.introduced), False


def _is_new(described: Sequence[Token]) -> bool:
    """Whether words before a title show that its holder need not be named: "a mayor", "Lindle's mayor"."""
    if not described:
        return False
    after_article = described[described[0].lower == "the" :]
    return described[0].lower in _INDEFINITE or any(token.is_capitalised for token in after_article)


def _is_relative(reading: Reading, mention: Mention) -> bool:
    """Whether a noun for a relative introduces a name: `his wife, Ida Holm`, `her brother Odo Marsh`."""
    apposed = mention.first > 1 and reading.tokens[mention.first - 1].text == ","
    described = (reading.ends.get(mention.first - 2) if apposed else None) or mention
    words = reading.tokens[described.first : mention.last]
    return any(token.plain in _RELATIVES and not token.is_capitalised for token in words)  # no "Father Marsh"


def _names_outside_mentions(reading: Reading) -> Iterator[str]:
    """Given name and surname of people in a headline, or in a phrase like "Ida Holm's campaign"."""
    if reading.mentions:
        places = [range(m.first, m.last) for m in reading.mentions if m.kind == "organisation"]
    else:
        places = [range(len(reading.tokens) - 1)]
    for first in chain.from_iterable(places):
        given, last = reading.tokens[first], reading.tokens[first + 1]
        if (
            given.plain in _GIVEN_NAMES
            and given.is_capitalised
            and last.is_capitalised
            and not is_reporting_verb(given.lower)
        ):
            yield unicodedata.normalize("NFC", f"{given.text} {last.name}")


def _words(name: str) -> list[str]:
    return [word.strip(".,") for word in without_accents(name.lower()).split()]


def _gender_of_given_name(name: str) -> Gender:
    return given_gender(_words(name)[0])


def _with_gender(people: Sequence[Person], gender: Gender) -> Sequence[Person]:
    """The people of this gender, else those whose gender is unknown."""
    if not gender:
        return people
    known = [person for person in people if person.gender == gender]
    return known or [person for person in people if not person.gender]


def _has_no_recent_namesake(person: Person, known: Sequence[Person], number: int) -> bool:
    """Whether no namesake was introduced in this paragraph or the one before."""
    return all(number - other.introduced > 1 for other in known if other is not person)


def _may_be_same_person(name: str, other: str) -> bool:
    """Whether names with one surname may be one person's ("Ada M. Brook", "Ada Brook"); Jr. differs."""
    words, others = _words(name), _words(other)
    if SUFFIXES.intersection(words) != SUFFIXES.intersection(others):
        return False
    first, second = words[0], others[0]
    return first == second or (first[:1] == second[:1] and min(len(first), len(second)) == 1)


def _fuller(name: str, other: str) -> str:
    """The fuller of two names of a person; if one merely puts words before the other, the shorter one."""
    if name.endswith(" " + other) or other.endswith(" " + name):
        return min(name, other, key=len)
    return max(name, other, key=len)
