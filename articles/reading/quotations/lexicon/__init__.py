"""The lexicon: words in lower case that help to find speakers, from the lists beside this module.

The lists are our own, from general knowledge of English news, not from a corpus. Given names are those common
in English-speaking countries, and those of people often in the news; names of both women and men are in
neither list.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent


def _lines(name: str) -> Iterator[list[str]]:
    for line in (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line)


def _inflected(base: str) -> tuple[str, ...]:
    """The forms of a regular verb.

    >>> _inflected("declare")
    ('declare', 'declares', 'declared', 'declaring')
    """
    stem = base.removesuffix("e")
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    return base, third, stem + "ed", stem + "ing"


def _forms() -> dict[str, str]:
    """The base form of each form of a reporting verb."""
    forms: dict[str, str] = {}
    for base, *others in _lines("irregular_reporting_verbs"):
        forms |= dict.fromkeys((base, *others), base)
    for base in _words("regular_reporting_verbs"):
        forms |= dict.fromkeys(_inflected(base), base)
    return forms


def _phrasal() -> dict[str, frozenset[str]]:
    """The particles that make each form of a verb a reporting verb ("shot back")."""
    particles: dict[str, frozenset[str]] = {}
    for particle, *forms in _lines("phrasal_reporting_verbs"):
        for form in forms:
            particles[form] = particles.get(form, frozenset()) | {particle}
    return particles


_FORMS = _forms()
_PHRASAL = _phrasal()
_NO_PARTICLES: frozenset[str] = frozenset()
_SPEECH = _words("speech_verbs")
AMBIGUOUS_VERBS = _words("ambiguous_verbs")

PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who"})
OBJECT_PRONOUNS = {"him": "he", "her": "she", "them": "they"}
AUXILIARIES = _words("auxiliaries")
PREPOSITIONS = _words("prepositions")
CONJUNCTIONS = _words("conjunctions")
DETERMINERS = _words("determiners")
FUNCTION_WORDS = (
    PREPOSITIONS | CONJUNCTIONS | DETERMINERS | PRONOUNS | AUXILIARIES | _words("other_function_words")
)

TITLES = _words("titles")
SERVING_TITLES = _words("serving_titles")
FEMALE_TITLES = _words("female_titles")
MALE_TITLES = _words("male_titles")
FEMALE_NAMES = _words("female_names")
MALE_NAMES = _words("male_names")
GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES

ORGANISATION_NOUNS = _words("organisation_nouns")
ABBREVIATIONS = _words("abbreviations")
NAME_PARTICLES = _words("name_particles")
POSTNOMINALS = _words("postnominals")
NOT_NAMES = _words("not_names")
PASSING_VERBS = _words("passing_verbs")
WORK_NOUNS = _words("work_nouns")
TERM_NOUNS = _words("term_nouns")
CLAIM_NOUNS = _words("claim_nouns")
FALSITY_WORDS = _words("falsity_words")
DENYING_VERBS = _words("denying_verbs")
BODY_NOUNS = _words("body_nouns")
TEXT_NOUNS = _words("text_nouns")
PERSON_NOUNS = _words("person_nouns")
EPITHETS = _words("epithets")
SPEAKING_NOUNS = PERSON_NOUNS | TEXT_NOUNS | BODY_NOUNS
"""Common nouns for speakers: people, texts and organisations; a plural in -s counts as its singular."""


def is_reporting_verb(word: str) -> bool:
    """Whether the word, in lower case, is a form of a reporting verb."""
    return word in _FORMS


def base_form(word: str) -> str:
    """The base form of a reporting verb, or '' if it is not one."""
    return _FORMS.get(word, "")


def phrasal_particles(word: str) -> frozenset[str]:
    """The particles that make this word, in lower case, a reporting verb: "back" for "shot"."""
    return _PHRASAL.get(word, _NO_PARTICLES)


def is_speech_verb(word: str) -> bool:
    """Whether the word is a form of a verb that commonly introduces whole quotations."""
    return _FORMS.get(word, "") in _SPEECH


def speaks(word: str) -> bool:
    """Whether a common noun can be a speaker ("ministry", "neighbours")."""
    if word[-1:] != "s":
        return word in SPEAKING_NOUNS or word.endswith("-year-old")
    return (
        word in SPEAKING_NOUNS
        or word[:-1] in SPEAKING_NOUNS
        or word.removesuffix("ies") + "y" in SPEAKING_NOUNS
    )
