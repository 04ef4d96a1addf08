"""Highlights the words of a query in a text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from articles.search.analyser import tokens_in
from articles.search.query import Phrase, Query

#: Code points of a snippet, and of the text it shows before the first match.
LENGTH = 300
LEAD = 60


def snippet(query: Query, *texts: str) -> dict[str, Any]:
    """A snippet of the first of ``texts`` that matches, around its first match.

    ``{"text": …, "highlights": [[start, end], …]}``: at most ``LENGTH`` code points, cut between words if
    possible, and the matches in it, in code points, end exclusive, in order, without overlaps.
    """
    text, places = texts[0], []
    for text in texts:
        if places := highlights(query, text):
            break
    start, end = _window(text, *places[0]) if places else (0, min(LENGTH, len(text)))
    within = [[max(first, start) - start, min(last, end) - start] for first, last in places if first < end]
    return {"text": text[start:end], "highlights": within}


def highlights(query: Query, text: str) -> list[tuple[int, int]]:
    """The positions in ``text`` of all wanted words and phrases; overlapping ones are merged."""
    tokens = list(tokens_in(text))
    words = tuple(token for token, _, _ in tokens)
    numbers = defaultdict(list)
    for number, word in enumerate(words):
        numbers[word].append(number)
    found = sorted(
        (tokens[number][1], tokens[number + len(phrase) - 1][2])
        for phrase in chain.from_iterable(query.wanted)
        for number in _starts(phrase, words, numbers)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _starts(phrase: Phrase, words: Phrase, numbers: Mapping[str, list[int]]) -> Iterator[int]:
    """Yield the indices of the words at which the phrase starts."""
    *before, last = phrase
    prefix = last.removesuffix("*")
    firsts = numbers.get(phrase[0], ()) if before or prefix == last else _with_prefix(prefix, numbers)
    for number in firsts:
        end = number + len(before)
        if end >= len(words) or words[number:end] != tuple(before):
            continue
        if words[end] == last or (prefix != last and words[end].startswith(prefix)):
            yield number


def _with_prefix(prefix: str, numbers: Mapping[str, list[int]]) -> Iterator[int]:
    return chain.from_iterable(places for word, places in numbers.items() if word.startswith(prefix))


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    if len(text) <= LENGTH:
        return 0, len(text)
    start = max(0, first - LEAD)
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = start + LENGTH
    if end < len(text):
        space = text.rfind(" ", min(last, end), end + 1)
        end = end if space < 0 else space
    return start, end
