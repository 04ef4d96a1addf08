"""Parts of one quotation: `"…," he said, "…"`, and the paragraphs of a long one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articles.reading.quotations.attribution import Attributed

_MAX_CLAUSE_TOKENS = 40
"""Tokens that a reporting clause between two parts may have."""


def join(found: Iterable[Attributed]) -> Iterator[list[Attributed]]:
    """The quotations in order, each with all its parts."""
    parts: list[Attributed] = []
    for one in found:
        if parts and _continues(parts[-1], one):
            parts.append(one)
        else:
            if parts:
                yield parts
            parts = [one]
    if parts:
        yield parts


def _continues(first: Attributed, second: Attributed) -> bool:
    if second.ground == "continued":
        return True
    if first.reading is not second.reading or first.speaker.mention != second.speaker.mention:
        return False
    if not (first.whole and second.whole):
        return False
    between = first.reading.tokens[first.token + 1 : second.token]
    if not between or len(between) > _MAX_CLAUSE_TOKENS:
        return False
    told_between = any(
        one.cue is not None and first.token < one.cue.first and one.cue.last < second.token
        for one in (first, second)
    )
    sentences = second.reading.paragraph.sentence_of
    return (
        told_between
        and sentences[second.token] - sentences[second.token - 1] <= 1
        and (sentences[second.token - 1] == sentences[first.token + 1])
    )
