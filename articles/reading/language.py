"""Guesses the language of a text from its commonest words; returns none if they are not conclusive."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from articles.reading.quotations.lexicon import FUNCTION_WORDS, NAME_PARTICLES, is_reporting_verb

UNKNOWN = "und"
"""The tag for a language that is not English, but cannot be identified."""
_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLE_LENGTH = 8_000
_MIN_WORDS = 30
_MIN_COMMON_SHARE, _MIN_ENGLISH_SHARE = 0.15, 0.1
"""In any of these languages, over three in ten words of running text are common words; in others, few are."""
_MIN_LEAD = 1.1


def guess_language(text: str, declared: str = "") -> str:
    """The language tag of a text; "und" if it is certainly not English; "" if the words are inconclusive.

    A `declared` language is returned unless the words contradict it.
    """
    words, counts = _count_common_words(text)
    if words < _MIN_WORDS and not _is_in_other_script(text):
        return declared
    (language, most), (_, second) = counts.most_common(2)
    if most < _MIN_COMMON_SHARE * words or most < _MIN_LEAD * second:
        is_foreign = counts["en"] < max(_MIN_ENGLISH_SHARE * words, most)
        return UNKNOWN if is_foreign and _may_be_english(declared) else declared
    primary = _primary_subtag(declared)
    if primary and primary not in _known_languages() and language != "en":
        return declared  # the words only match a similar language
    return declared if primary == language else language


def foreign_language(text: str, declared: str = "") -> str:
    """The language tag of a text that is not English, else ""; in a short text a few words decide."""
    words, counts = _count_common_words(text)
    if words >= _MIN_WORDS or _is_in_other_script(text):
        language = guess_language(text, declared)
        return "" if _may_be_english(language) else language
    english = counts.pop("en")
    language, most = counts.most_common(1)[0]
    if most > english:
        return language if _may_be_english(declared) else declared
    return "" if english or _may_be_english(declared) else declared


def _may_be_english(tag: str) -> bool:
    return _primary_subtag(tag) in {"", "en"}


def _primary_subtag(tag: str) -> str:
    return tag.lower().partition("-")[0]


def _is_in_other_script(text: str) -> bool:
    """Whether most of the letters are not Latin."""
    letters = [letter for letter in text[:_SAMPLE_LENGTH] if letter.isalpha()]
    return (
        sum(letter > "\u024f" and not "\u1e00" <= letter <= "\u1eff" for letter in letters) > len(letters) / 2
    )


def _count_common_words(text: str) -> tuple[int, Counter[str]]:
    """Count the words, and the common words of each language, leaving out particles of names."""
    counts = Counter(dict.fromkeys(_known_languages(), 0))
    common = _languages_by_word()
    total, name = 0, False
    for match in _LETTERS.finditer(text[:_SAMPLE_LENGTH]):
        word = match.group()
        lower = word.lower()
        total += 1
        if not (name and word in NAME_PARTICLES):
            counts.update(common.get(lower, ()))
            counts["en"] += lower in FUNCTION_WORDS or is_reporting_verb(lower)
        name = word[0].isupper()
    return total, counts


@cache
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    """The languages other than English in which each word is common."""
    languages: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name("languages.txt").read_text(encoding="utf-8").splitlines():
        language, *words = line.split()
        for word in words if language != "#" else ():
            languages[word] = (*languages.get(word, ()), language)
    return languages


@cache
def _known_languages() -> tuple[str, ...]:
    """The languages that can be recognised."""
    return ("en", *sorted({language for each in _languages_by_word().values() for language in each}))
