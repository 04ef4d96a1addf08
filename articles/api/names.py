"""Names of people in parts, as reference managers sort and abbreviate them."""

import re
from typing import NamedTuple

_SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|II|III|IV|V)$")
#: Parts before a family name that it is sorted without, and is printed without where only it is printed.
_DROPPING = {"von", "vom", "zu", "zum", "zur", "af", "av", "de", "du", "des", "d’", "d'"}
#: Parts that are always printed with it.
_KEPT = {
    *("van", "der", "den", "ter", "ten", "te", "la", "le", "les", "di", "da", "dal", "della"),
    *("do", "dos", "das", "el", "al", "bin", "ibn"),
}
#: Family names that stand first where the given name has two syllables, written apart or with a hyphen.
_FIRST = {"Kim", "Park", "Choi", "Choe", "Jung", "Kang", "Moon", "Yoon", "Ri", "Pak", "Cho", "Han", "Shin"}
_TWO_SYLLABLES = re.compile(r"\w{2,6}-[a-z]\w{1,5}|\w{2,6} [A-Z][a-z]{1,5}")


class PersonName(NamedTuple):
    """The parts of a name; ``given`` is empty where it has one word."""

    given: str
    dropping_particle: str
    particle: str
    family: str
    suffix: str


def parse_name(name: str) -> PersonName:
    """The parts of a person's name: the last word is the family name, with the particles before it."""
    suffix = ""
    if found := _SUFFIX.search(name):
        name, suffix = name[: found.start()], found[1]
    if name.count(", ") == 1:
        name = " ".join(reversed(name.split(", ")))
    first, _, rest = name.partition(" ")
    if first in _FIRST and _TWO_SYLLABLES.fullmatch(rest):
        return PersonName(rest, "", "", first, suffix)
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1] in _DROPPING | _KEPT:
        start -= 1
    particles = words[start:-1]
    # Kept are those from the first such on: of "de la", only "la"; of "van de", both.
    kept = next((place for place, word in enumerate(particles) if word in _KEPT), len(particles))
    given, dropping, particle = (
        " ".join(part) for part in (words[:start], particles[:kept], particles[kept:])
    )
    return PersonName(given, dropping, particle, words[-1], suffix)
