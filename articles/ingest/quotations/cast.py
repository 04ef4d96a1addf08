"""Who is who within a text: the fullest name behind a surname, a title or a pronoun."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.ingest.quotations.lexicon import FEMALE_NAMES, MALE_NAMES
from articles.ingest.quotations.mentions import Gender, Mention


@dataclass(slots=True)
class Person:
    """A person by the fullest name in the text."""

    name: str
    gender: Gender
    count: int = 0

    @property
    def surname(self) -> str:
        return surname(self.name)


def surname(name: str) -> str:
    """The last word of a name, without Jr. and the like, in lower case."""
    words = [
        word
        for word in name.lower().replace(",", " ").split()
        if word.strip(".") not in {"jr", "sr", "ii", "iii"}
    ]
    return words[-1].strip(".") if words else ""


class Cast:
    """The people and organisations of a text."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._people: dict[str, list[Person]] = defaultdict(list)
        self._organisations: set[str] = set()
        counts: Counter[str] = Counter()
        genders: dict[str, Gender] = {}
        for mention in mentions:
            if mention.kind == "person":
                counts[mention.name] += 1
                genders[mention.name] = genders.get(mention.name) or mention.gender
            elif mention.kind == "organisation":
                self._organisations.add(mention.name)
        for name, count in counts.items():
            if " " in name:
                self._people[surname(name)].append(Person(name, genders[name], count))
        for name, count in counts.items():
            if " " not in name and not self.find(name):
                self._people[surname(name)].append(Person(name, genders[name], count))
        for name, gender in genders.items():
            self.learn(name, gender)

    def find(self, name: str, gender: Gender = "") -> Person | None:
        """The person a name stands for: by the whole name, else by its surname, else by any of its words."""
        last = surname(name)
        known = self._people.get(last, [])
        fitting = [p for p in known if not gender or not p.gender or p.gender == gender]
        exact = [p for p in fitting if p.name.lower() == name.lower()]
        if exact:
            return exact[0]
        if fitting:
            first = name.lower().split()[0]
            same = [p for p in fitting if p.name.lower().split()[0] == first] if " " in name else []
            return max(same or fitting, key=lambda person: person.count)
        if " " not in name:
            for people in self._people.values():
                for person in people:
                    if last in person.name.lower().split():
                        return person
        return None

    def learn(self, name: str, gender: Gender) -> None:
        """Note the gender that a title or a pronoun tells."""
        person = self.find(name)
        if person and gender and not person.gender:
            person.gender = gender

    def gender(self, name: str) -> Gender:
        """Of the person of that name, '' where nothing tells."""
        person = self.find(name)
        if person is None:
            return ""
        first = person.name.lower().split()[0]
        return person.gender or ("female" if first in FEMALE_NAMES else "male" if first in MALE_NAMES else "")

    def name_of(self, mention: Mention) -> str:
        """The fullest name of a mention that is itself a name; '' of any other."""
        if mention.kind == "organisation":
            return mention.name
        if mention.kind != "person":
            return ""
        person = self.find(mention.name, mention.gender if mention.titled else "")
        return person.name if person else mention.name
