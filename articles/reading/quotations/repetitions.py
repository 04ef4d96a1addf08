"""Attributes pull quotes: words that a page repeats have the same speaker as in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.reading.budget import UNLIMITED, Budget
from articles.reading.quotations.attribution import Attributed
from articles.reading.quotations.understanding import Speaker

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_RUN_LENGTH = 4
"""Words in a row that identify a passage."""


def settle_repeated(text: str, found: Sequence[Attributed], budget: Budget = UNLIMITED) -> list[Attributed]:
    """Return the quotations; unattributed ones get the speaker of the words that they repeat."""
    if not any(one.ground == "hand-over" for one in found):
        return list(found)
    speakers: dict[tuple[str, ...], Speaker | None] = {}
    for one in budget.over(found):
        if one.ground != "hand-over":
            for run in _runs(text, one):
                known = speakers.setdefault(run, one.speaker)
                if known is not None and known.identity != one.speaker.identity:
                    speakers[run] = None
    return [_settled(text, one, speakers) if one.ground == "hand-over" else one for one in found]


def _settled(text: str, one: Attributed, speakers: dict[tuple[str, ...], Speaker | None]) -> Attributed:
    said = {speaker.identity: speaker for run in _runs(text, one) if (speaker := speakers.get(run))}
    complete = all(speakers.get(run) is not None for run in _runs(text, one))
    if len(said) != 1 or not complete:
        return one
    (speaker,) = said.values()
    return replace(one, speaker=speaker, ground="repeated", evidence={"discourse": speaker})


def _runs(text: str, one: Attributed) -> Iterator[tuple[str, ...]]:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(one.quoted.inner.of(text))]
    yield from zip(*(words[start:] for start in range(_RUN_LENGTH)), strict=False)
