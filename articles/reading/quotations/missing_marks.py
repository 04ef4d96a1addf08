"""Guesses where quoted words begin or end if a quotation mark is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.reading.quotations.lexicon import PRONOUNS, is_reporting_verb
from articles.reading.spans import Span

_SENTENCE_END = re.compile(r"[.!?…](?:\s+|$)")
_MAX_MARK_DISTANCE = 1500
"""Code points that are searched for the place of a missing mark: longer than most quoted paragraphs."""
_MAX_CLAUSE_LENGTH = 160
"""The most code points of a reporting clause."""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_AFTER_COMMA = re.compile(r"[,?!.…—]\s+")
_BEFORE_WORDS = re.compile(r"[,:]\s+")


def missing_end(text: str, start: int, limit: int) -> int:
    """The end of words without a closing mark: before ", he said", else after the last sentence."""
    for match in _AFTER_COMMA.finditer(text, start, min(limit, start + _MAX_MARK_DISTANCE)):
        if _reports(text, match.end(), limit) and _stands_alone(text, match.end(), limit):
            return _before(match)
    ends = [
        match.start() + 1
        for match in _SENTENCE_END.finditer(text, start, min(limit, start + _MAX_MARK_DISTANCE))
    ]
    return ends[-1] if ends else limit


def end_before_clause(text: str, start: int, limit: int) -> int | None:
    """The end of words without a closing mark, if only a reporting clause follows in the paragraph."""
    for match in _AFTER_COMMA.finditer(text, max(start, limit - _MAX_CLAUSE_LENGTH), limit):
        if match.group()[0] != "." and _reports(text, match.end(), limit):
            ends = _SENTENCE_END.search(text, match.end(), limit)
            return _before(match) if ends is None or ends.end() == limit else None
    return None


def _before(match: re.Match[str]) -> int:
    return match.start() + (match.group()[0] in ".?!…")


def _reports(text: str, start: int, limit: int) -> bool:
    """Whether a reporting clause begins here: "he said", "said Ida", "Ida Holm said"."""
    words = [word.group() for word in _some_words(text, start, limit, 4)]
    return len(words) >= 2 and (
        (words[0].lower() in PRONOUNS and is_reporting_verb(words[1]))
        or (is_reporting_verb(words[0]) and (words[1][0].isupper() or words[1] in PRONOUNS))
        or (words[0][0].isupper() and any(is_reporting_verb(word) for word in words[1:3]))
    )


def _stands_alone(text: str, start: int, limit: int) -> bool:
    """Whether the clause is as short as a reporting clause, and ends its sentence."""
    end = _SENTENCE_END.search(text, start, min(limit, start + _MAX_CLAUSE_LENGTH))
    return end is not None or limit - start <= _MAX_CLAUSE_LENGTH


def missing_start(text: str, paragraph: Span, after: int, end: int) -> int | None:
    """The start of words without an opening mark: after the previous sentence, or after "He said,"."""
    if end - after > _MAX_MARK_DISTANCE:
        return None
    if after == paragraph.start:
        for match in _BEFORE_WORDS.finditer(text, after, min(end, after + _MAX_CLAUSE_LENGTH)):
            words = list(_some_words(text, after, match.start() + 1, 24))
            if words and is_reporting_verb(words[-1].group().lower()):
                return match.end()
        return after
    sentence_end = _SENTENCE_END.search(text, after, end)
    return sentence_end.end() if sentence_end and sentence_end.end() < end else None


def _some_words(text: str, start: int, end: int, most: int) -> Iterator[re.Match[str]]:
    for count, match in enumerate(WORD.finditer(text, start, end), start=1):
        yield match
        if count == most:
            return
