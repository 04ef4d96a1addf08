"""Reads interviews and hearings: turns that begin with a speaker's name instead of quotation marks.

`Q: When did you open?` · `MS. HOLM: The pier is closed.` · `Achter: Nobody came.`
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.reading.budget import UNLIMITED, Budget
from articles.reading.quotations.kinds import is_stage_direction
from articles.reading.quotations.lexicon import FUNCTION_WORDS, GIVEN_NAMES, NOT_NAMES, TITLES, speaks
from articles.reading.quotations.marks import Quoted
from articles.reading.spans import Span

ASKS, ANSWERS = frozenset({"q", "question"}), frozenset({"a", "answer"})
_WORD = r"[A-Z](?:[^\W_]|[.'’\u0300-\u036f-])*"
_NAME = rf"{_WORD}(?: (?:[a-z]{{1,3}} )?{_WORD}){{0,4}}"
_TURN = re.compile(rf"(?:(?P<letter>[QA])[.:]|(?P<name>{_NAME})(?: \([^()]{{1,60}}\))?:)\s*(?=\S)")
_LATER = re.compile(r"(?<=[.!?…—]) +(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}): +(?=\S)")
_MARKS = frozenset('“”„«»"')
_WORDS = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = frozenset(".?!…—–-)]\"”’'")
_MAX_GAP = 3
"""The most paragraphs without a label between two turns."""
_MIN_TURNS = 6
"""From this many turns on, an unlabelled paragraph between two turns continues the first."""


@dataclass(frozen=True, slots=True)
class _Turn:
    paragraph: int
    label: Span
    words: Span
    key: str
    """The label in lower case without titles."""
    is_titled: bool

    @property
    def surname(self) -> str:
        """The last word of the label, in lower case."""
        return self.key.rpartition(" ")[2]


def with_turns(
    text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted], budget: Budget = UNLIMITED
) -> list[Quoted]:
    """The marked quotations and the turns of transcripts; quotation marks within a turn are nested in it."""
    found = [part for one in budget.over(quoted) for part in _cut_at_labels(text, one)]
    turns = {turn.paragraph: turn for turn in _turns(text, budget.over(paragraphs))}
    if not turns:
        return found
    labels = _Labels(text, paragraphs, turns, budget)
    spoken = {one.paragraph: one for run in _runs(turns) for one in labels.spoken(run)}
    for one in found:
        turn = turns.get(one.paragraph)
        if turn and one.outer.start == turn.words.start and one.outer.end >= turn.words.end - 1:
            spoken.pop(one.paragraph, None)
    rest = [one for one in found if one.paragraph not in spoken]
    return sorted([*spoken.values(), *rest], key=lambda one: one.outer.start)


def _turns(text: str, paragraphs: Iterable[Span]) -> Iterator[_Turn]:
    for number, paragraph in enumerate(paragraphs):
        if text.find(":", paragraph.start, paragraph.end) < 0 and text[paragraph.start] not in "QA":
            continue
        match = _TURN.match(text, paragraph.start, paragraph.end)
        if match is None:
            continue
        name = "letter" if match["letter"] else "name"
        words = [word.strip(".").lower() for word in match[name].split()]
        titled = words[0] in TITLES and len(words) > 1
        while len(words) > 1 and words[0] in TITLES:
            del words[0]
        yield _Turn(
            number, Span(*match.span(name)), Span(match.end(), paragraph.end), " ".join(words), titled
        )


def _runs(turns: Mapping[int, _Turn]) -> Iterator[list[_Turn]]:
    run: list[_Turn] = []
    for number, turn in turns.items():
        if run and number - run[-1].paragraph > _MAX_GAP + 1:
            yield run
            run = []
        run.append(turn)
    yield run


class _Labels:
    """Decides which labels name speakers, and collects their turns."""

    def __init__(
        self, text: str, paragraphs: Sequence[Span], turns: Mapping[int, _Turn], budget: Budget
    ) -> None:
        self._text, self._paragraphs = text, paragraphs
        self._words: set[str] = set()
        for number, paragraph in enumerate(budget.over(paragraphs)):
            start = turns[number].words.start if number in turns else paragraph.start
            self._words.update(match.group() for match in _WORDS.finditer(text, start, paragraph.end))

    def spoken(self, run: Sequence[_Turn]) -> Iterator[Quoted]:
        """Yield the turns of a run and the paragraphs that continue them; none if it is no transcript."""
        in_letters = all(any(turn.key in letters for turn in run) for letters in (ASKS, ANSWERS))
        speakers = self._speakers(run, in_letters=in_letters)
        mine = [turn for turn in run if turn.surname in speakers]
        if len({turn.key for turn in mine}) < 2 or not self._is_exchange(mine):
            return
        goes_on = in_letters or len(mine) >= _MIN_TURNS
        for turn, following in zip(mine, [*mine[1:], None], strict=True):
            span = self._paragraphs[turn.paragraph]
            yield Quoted(turn.paragraph, span, turn.words, opened=False, label=turn.label)
            if goes_on and following is not None:
                yield from self._rest(turn.paragraph + 1, following.paragraph)

    def _rest(self, first: int, end: int) -> Iterator[Quoted]:
        for number in range(first, end):
            span = self._paragraphs[number]
            words = span.of(self._text)
            if _TURN.match(words) or not _MARKS.isdisjoint(words):
                return
            if not is_stage_direction(words):
                yield Quoted(number, span, span, opened=False, continues=True)

    def _is_exchange(self, turns: Sequence[_Turn]) -> bool:
        """Whether it is an exchange in whole sentences: someone asks or speaks twice, or all have titles."""
        sentences = sum(self._text[turn.words.end - 1] in _SENTENCE_ENDS for turn in turns)
        return 2 * sentences > len(turns) and (
            len({turn.key for turn in turns}) < len(turns)
            or all(turn.is_titled for turn in turns)
            or any(self._asks(turn) for turn in turns)
        )

    def _asks(self, turn: _Turn) -> bool:
        return self._text[turn.words.end - 1] == "?"

    def _speakers(self, run: Sequence[_Turn], *, in_letters: bool) -> set[str]:
        """The surnames of the speakers: known people, and those who answer them."""
        if in_letters:
            return set(ASKS | ANSWERS)
        capitals = Counter(turn.surname for turn in run if turn.label.of(self._text).isupper())
        in_capitals = set(capitals) if any(count > 1 for count in capitals.values()) else set()
        speakers = {turn.surname for turn in run if self._is_known(turn, in_capitals)}
        speakers |= _named_again(run)
        for turn, following in pairwise(run):
            if turn.surname in speakers and self._asks(turn) and self._may_be_name(following):
                speakers.add(following.surname)
        for one, turn, other in zip(run, run[1:], run[2:], strict=False):
            if one.surname == other.surname and one.surname in speakers and self._may_be_name(turn):
                speakers.add(turn.surname)
        return speakers

    def _is_known(self, turn: _Turn, in_capitals: set[str]) -> bool:
        first = turn.key.partition(" ")[0]
        if turn.is_titled or turn.key in ASKS or first in GIVEN_NAMES or speaks(turn.surname):
            return True
        written = {word.title() for word in _WORDS.findall(turn.surname)}
        return self._may_be_name(turn) and (written <= self._words or turn.surname in in_capitals)

    def _may_be_name(self, turn: _Turn) -> bool:
        return turn.surname not in NOT_NAMES | FUNCTION_WORDS and turn.surname not in self._words


def _named_again(run: Sequence[_Turn]) -> set[str]:
    """The surnames of labels that have a full name first and the surname alone later."""
    full = {turn.surname for turn in run if " " in turn.key}
    return {turn.key for turn in run if turn.key in full}


def _cut_at_labels(text: str, quoted: Quoted) -> Iterator[Quoted]:
    """Split several turns within one pair of marks: “HOLM: It sails. PIKE: When?”."""
    words = quoted.inner
    if text.find(": ", words.start, words.end) < 0:
        yield quoted
        return
    starts = list(_LATER.finditer(text, words.start, words.end))
    if not starts or (first := _TURN.match(text, words.start, words.end)) is None or not first["name"]:
        yield quoted
        return
    begin, label, start = quoted.outer.start, Span(*first.span("name")), first.end()
    for match in starts:
        yield replace(
            quoted,
            outer=Span(begin, match.start()),
            inner=Span(start, match.start()),
            label=label,
            continues=False,
        )
        begin, label, start = match.start("name"), Span(*match.span("name")), match.end()
    yield replace(
        quoted,
        outer=Span(begin, quoted.outer.end),
        inner=Span(start, words.end),
        label=label,
        continues=False,
    )
