"""Classifies words in quotation marks: whole sentences, a fragment of a sentence, or a title."""

from __future__ import annotations

import re

from articles.reading.quotations.cues import Cue
from articles.reading.quotations.lexicon import (
    CONJUNCTIONS,
    DETERMINERS,
    FUNCTION_WORDS,
    NOT_NAMES,
    PREPOSITIONS,
    TERM_NOUNS,
    WORK_NOUNS,
    base_form,
    is_reporting_verb,
)
from articles.reading.quotations.reading import Reading

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:['’-][^\W_](?:[^\W_]|[\u0300-\u036f])*)*")
_SMALL = PREPOSITIONS | CONJUNCTIONS | DETERMINERS
_TERMINAL = frozenset({*".?!,…—–―-", "--"})
_CLOSING = frozenset({")", "]", "%"})
_ENTITLED = frozenset({"titled", "entitled", "headlined", "captioned", "subtitled"})
_CALLED = frozenset({"called", "named", "dubbed"})
_TITLE_WORDS = 10
_NAMING = frozenset({"call", "dub", "label", "describe", "refer", "deride", "mock", "depict"})


def is_whole(reading: Reading, index: int) -> bool:
    """Whether the quotation at the token is a sentence of its own: it opens one, or a comma introduces it."""
    tokens = reading.tokens
    token = tokens[index]
    first, _ = reading.paragraph.sentence(index)
    opens = index == first or not (tokens[index - 1].is_word or tokens[index - 1].text in _CLOSING)
    following = tokens[index + 1].text if index + 1 < len(tokens) else "."
    return opens and (token.ending in _TERMINAL or following in _TERMINAL)


def is_spoken_of(reading: Reading, index: int, words: str) -> bool:
    """Whether the preceding words show that it is a title or term, which nobody speaks.

    `her memoir, "The Long Way Round,"` · `an essay titled "why we row"` · `the term "slow water"`
    """
    tokens = reading.tokens
    first, _ = reading.paragraph.sentence(index)
    place = index - 1
    if place < first:
        return False
    if tokens[place].lower in _ENTITLED:
        return True
    if tokens[place].lower == "as" and tokens[place - 1].lower == "known":
        return True
    if tokens[place].plain in TERM_NOUNS and tokens[place - 1].lower in DETERMINERS:
        return True
    if tokens[place].text == ",":
        place -= 1
    if tokens[place].lower in _CALLED and place > first:
        place -= 1
    is_work = place >= first and tokens[place].plain.removesuffix("s") in WORK_NOUNS | {"serie"}
    return is_work and is_title(words) and word_count(words) > 1


def is_title(words: str) -> bool:
    """Whether the words are capitalised like a title: "The Long Way Round", "Hamilton"."""
    found = _WORD.findall(words[:200])
    long = [word for word in found if word.lower() not in _SMALL]
    return (
        bool(long)
        and len(found) <= _TITLE_WORDS
        and all(word[0].isupper() or word[0].isdigit() for word in long)
    )


_LABEL = re.compile(r"([A-Z][A-Z.'’ -]{1,40}|[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+){0,2}):(?= *\S)")


def label_of(words: str) -> str | None:
    """The speaker's label at the start of a transcript's words ("HOLM: The bell stays."), or None."""
    match = _LABEL.match(words)
    return match.group(1) if match else None


def may_be_name(label: str) -> bool:
    """Whether an unknown label may be a person's name: it is in capitals, and not a heading."""
    last = label.split()[-1].lower()
    return label.isupper() and last not in NOT_NAMES | FUNCTION_WORDS and not is_reporting_verb(last)


def is_stage_direction(words: str) -> bool:
    """Whether it is entirely in brackets: "(CROSSTALK.)"."""
    return words[:1] in "([" and words[:1] != "" and words.rstrip(".")[-1:] in ")]"


def word_count(words: str) -> int:
    """The number of words, at most 100."""
    return sum(1 for _ in zip(_WORD.finditer(words), range(100), strict=False))


def is_mere_title(
    reading: Reading, index: int, words: str, source: Reading, cue: Cue | None, *, whole: bool
) -> bool:
    """Whether the words are capitalised like a title, and no one is said to have spoken them."""
    return is_title(words) and not (_is_sentence(reading, index) or _is_named(source, cue, whole=whole))


def _is_sentence(reading: Reading, index: int) -> bool:
    """Whether the words are a sentence of their own ("Never.")."""
    return reading.paragraph.sentence(index)[0] == index and reading.tokens[index].ending in {".", "?", "!"}


def _is_named(source: Reading, cue: Cue | None, *, whole: bool) -> bool:
    """Whether someone says words that look like a title: "Never!", or a nickname."""
    if cue is None or cue.verb < 0:
        return False
    if cue.form == "before" and base_form(source.tokens[cue.verb].lower) in _NAMING:
        return True
    return whole and cue.form in {"before", "after", "inverted"}
