"""Splits people's names into parts for reference managers."""

import re
from typing import NamedTuple

_SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|II|III|IV|V)$")
#: Particles that are ignored for sorting, and dropped if only the family name is printed.
_DROPPING_PARTICLES = {"von", "vom", "zu", "zum", "zur", "af", "av", "de", "du", "des", "d’", "d'"}
#: Particles that are always printed with the family name.
_KEPT_PARTICLES = {
    *("van", "der", "den", "ter", "ten", "te", "la", "le", "les", "di", "da", "dal", "della"),
    *("do", "dos", "das", "el", "al", "bin", "ibn"),
}
#: Family names that come first, if a given name of two syllables follows (separate or hyphenated).
_FAMILY_FIRST = {
    *("Kim", "Park", "Choi", "Choe", "Jung", "Kang", "Moon", "Yoon", "Ri", "Pak", "Cho", "Han", "Shin"),
}
_TWO_SYLLABLES = re.compile(r"\w{2,6}-[a-z]\w{1,5}|\w{2,6} [A-Z][a-z]{1,5}")


class PersonName(NamedTuple):
    """The parts of a name; ``given`` is empty for a single word."""

    given: str
    dropping_particle: str
    particle: str
    family: str
    suffix: str


def parse_name(name: str) -> PersonName:
    """Split a person's name: the last word is the family name, with any particles before it."""
    suffix = ""
    if found := _SUFFIX.search(name):
        name, suffix = name[: found.start()], found[1]
    if name.count(", ") == 1:
        name = " ".join(reversed(name.split(", ")))
    first, _, rest = name.partition(" ")
    if first in _FAMILY_FIRST and _TWO_SYLLABLES.fullmatch(rest):
        return PersonName(rest, "", "", first, suffix)
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1] in _DROPPING_PARTICLES | _KEPT_PARTICLES:
        start -= 1
    particles = words[start:-1]
    # Particles are kept from the first of ``_KEPT_PARTICLES``: in "de la" only "la", in "van de" both.
    kept = next((place for place, word in enumerate(particles) if word in _KEPT_PARTICLES), len(particles))
    given, dropping, particle = (
        " ".join(part) for part in (words[:start], particles[:kept], particles[kept:])
    )
    return PersonName(given, dropping, particle, words[-1], suffix)
