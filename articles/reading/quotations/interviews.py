"""Finds who asks and who answers in an interview labelled Q and A, from its introduction."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import in_apposition, subject_of

_SPEAK = frozenset({"spoke", "speaks", "talked", "talks", "chatted", "chats", "sat", "sits", "met", "meets"})
_ASK = frozenset({"interviewed", "interviews", "asked", "asks", "questioned", "quizzed"})
_TALK = frozenset(["interview", "conversation", "chat", "discussion", "q&a", "talk"])
_ANSWER = frozenset(["answered", "answers", "answer"])
_TO = frozenset({"to", "with"})
_US = frozenset({"us", "our", "we", "it", "they", "i"})
_MAX_DISTANCE = 4
"""Tokens between the verb and its object: "sat down last week with"."""
_MAX_PARAGRAPHS = 12
"""Paragraphs that are searched for the introduction or credit of an interview."""


@dataclass(frozen=True, slots=True)
class Party:
    """A participant of an interview, and the mention; `surely` if the text states the role explicitly."""

    reading: Reading
    mention: Mention
    surely: bool = True


def find_parties(readings: Sequence[Reading]) -> tuple[Party | None, Party | None]:
    """The person who asks and the one who answers, from the paragraphs that are not turns."""
    for reading in _paragraphs_around_turns(readings):
        for place in range(len(reading.tokens)):
            if (parties := _parties_at(reading, place)) is not None:
                return parties
    return None, _only_person(list(_paragraphs_around_turns(readings)))


def _paragraphs_around_turns(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield the paragraphs shortly before the first turn, then those after the last."""
    turns = [number for number, reading in enumerate(readings) if _is_turn(reading)]
    if turns:
        yield from readings[max(0, turns[0] - _MAX_PARAGRAPHS) : turns[0]]
        yield from readings[turns[-1] + 1 : turns[-1] + 1 + _MAX_PARAGRAPHS]


def _is_turn(reading: Reading) -> bool:
    return len(reading.tokens) == 1 and reading.tokens[0].quoted >= 0


def _parties_at(reading: Reading, place: int) -> tuple[Party | None, Party | None] | None:
    """The participants named around the word at `place`, if it is a word about interviewing."""
    tokens = reading.tokens
    word = tokens[place].lower
    first, end = reading.paragraph.sentence(place)
    if word in _SPEAK:
        to = _first_in(reading, place + 1, end, _TO)
        if to is None:
            return None
        subject, other = subject_of(reading, first, place), _mention_near(reading, to + 1)
        ours = to + 1 < end and tokens[to + 1].lower in _US
        if ours or (other is not None and other.kind == "organisation"):
            return _named(reading, other, subject)
        return _named(reading, subject, other)
    if word in _ASK:
        subject = subject_of(reading, first, place)
        by = _first_in(reading, place + 1, end, frozenset({"by"}))
        if by is not None and place > first and tokens[place - 1].lower in {"was", "is", "were"}:
            behind = bisect_left(reading.mentions, place - 1, key=lambda mention: mention.last)
            passive = reading.mentions[behind - 1] if behind else None
            return _named(reading, _mention_near(reading, by + 1), passive)
        if (asked := _mention_near(reading, place + 1)) is not None and asked.kind == "person":
            return _named(reading, subject, asked)
    if word in _TALK and place + 1 < end and tokens[place + 1].lower in _TO:
        return _named(reading, None, _mention_near(reading, place + 2))
    if word in _ANSWER and _first_in(reading, place + 1, end, frozenset({"questions"})) is not None:
        return _named(reading, None, subject_of(reading, first, place))
    return None


def _named(
    reading: Reading, asks: Mention | None, answers: Mention | None
) -> tuple[Party | None, Party | None] | None:
    asks, answers = (one and in_apposition(reading, one) for one in (asks, answers))
    if answers is None or answers.kind not in {"person", "pronoun"} or answers.name in _US:
        return None
    asker = asks if asks is not None and asks.kind in {"person", "organisation"} else None
    return Party(reading, asker) if asker else None, Party(reading, answers)


def _first_in(reading: Reading, start: int, end: int, words: frozenset[str]) -> int | None:
    return next(
        (i for i in range(start, min(end, start + _MAX_DISTANCE)) if reading.tokens[i].lower in words), None
    )


def _mention_near(reading: Reading, place: int) -> Mention | None:
    """The mention that begins at a token or a few tokens later: "our columnist Tom Reyes"."""
    return next((reading.begins[i] for i in range(place, place + _MAX_DISTANCE) if i in reading.begins), None)


def _only_person(readings: Sequence[Reading]) -> Party | None:
    """The first person named in the paragraphs; certain if it is the only one."""
    named = [
        (reading, mention)
        for reading in readings
        for mention in reading.mentions
        if mention.kind == "person" and " " in mention.name
    ]
    if not named:
        return None
    return Party(*named[0], surely=len({mention.name for _, mention in named}) == 1)
