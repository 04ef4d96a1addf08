"""Reads the head of an article: outlet, section, headline, deck, byline and date, in any order."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.reading.page.datelines import Dateline
from articles.reading.page.kinds import LONGEST_OUTLET, Kind, is_outlet, kind_of
from articles.reading.page.lines import Line, is_table_row
from articles.reading.page.notes import is_note_about
from articles.reading.page.parts import DeclaredMetadata
from newsdb.text import fold

#: How many lines from the top the headline may be on, and how many after it have byline and date.
_HEADLINE_LINES, _BYLINE_LINES = 20, 12
_MAX_HEADLINE_LENGTH = 250
_MAX_DECK_LENGTH = 600
#: Code points from which a line is neither a caption nor a heading, whatever its last character.
_MIN_PARAGRAPH_LENGTH = 240
_SENTENCE_BREAK = re.compile(r"[a-z0-9)]{2}[.!?][”\"’']? +[A-Z“\"]")
_SENTENCE_END = re.compile(r"(?:[^.]{3}|[”\"’')])\.[”\"’')]?$|[a-z]{2}\.$")


@dataclass(slots=True)
class Head:
    """The contents of an article's head; `end` is the number of lines in it."""

    outlet: str = ""
    above: list[str] = field(default_factory=list)
    """Short lines above the headline; one of them may be the outlet's name."""
    section: str = ""
    headline: str = ""
    deck: str = ""
    dates: list[Dateline] = field(default_factory=list)
    names: tuple[str, ...] = ()
    said: str = ""
    notes: list[Line] = field(default_factory=list)
    end: int = 0

    def take(self, kind: Kind) -> None:
        """Store what a line contains, unless an earlier line had it."""
        self.dates += kind.dates
        if not self.names:
            self.names, self.said = kind.names, kind.said
        self.section = self.section or kind.section


def read_head(
    lines: Sequence[Line],
    *,
    declared: DeclaredMetadata,
    outlets: Collection[str] = (),
    captured_at: datetime | None = None,
) -> Head:
    """Read the lines up to the body. `outlets` are folded names of known outlets."""
    kinds = [kind_of(line.text, captured_at=captured_at) for line in lines[: _HEADLINE_LINES + _BYLINE_LINES]]
    head = Head()
    headline = _find_headline(lines, kinds, declared.headline, outlets)
    if headline is not None:
        if declared.headline or fold(lines[headline].text) not in outlets:
            head.headline = lines[headline].text
        else:
            head.outlet = lines[headline].text
        for line, kind in zip(lines[:headline], kinds, strict=False):
            if not head.outlet and kind.words and _names_outlet(line.text, outlets):
                head.outlet = line.text
            if kind.words and len(line.text) <= LONGEST_OUTLET:
                head.above.append(line.text)
            head.take(kind)
        head.end = headline + 1
    _read_below_headline(head, lines, kinds, declared.deck)
    return head


def _find_headline(
    lines: Sequence[Line], kinds: Sequence[Kind], declared: str, outlets: Collection[str]
) -> int | None:
    """The index of the headline: the declared one, else the first candidate that is not an outlet's name.

    Without any, it is that of the outlet's name, which may be a headline that looks like one.
    """
    top = min(len(lines), _HEADLINE_LINES)
    if declared:
        wanted = fold(declared)
        return next((index for index in range(top) if fold(lines[index].text[:500]) == wanted), None)
    outlet = None
    for index in range(top):
        if is_table_row(lines[index].text):
            break
        if not kinds[index].words:
            continue
        if not _can_be_headline(lines[index].text):
            break
        if outlet is None and _names_outlet(lines[index].text, outlets):
            outlet = index
            continue
        return index
    return outlet


def _names_outlet(line: str, outlets: Collection[str]) -> bool:
    return is_outlet(line) or (len(line) <= LONGEST_OUTLET and fold(line) in outlets)


def _can_be_headline(line: str) -> bool:
    return (
        len(line) <= _MAX_HEADLINE_LENGTH
        and any(char.isalnum() for char in line)
        and not _SENTENCE_BREAK.search(line)
        and not (_SENTENCE_END.search(line) and len(line.split()) > 4)
    )


def _read_below_headline(
    head: Head, lines: Sequence[Line], kinds: Sequence[Kind], declared_deck: str
) -> None:
    """Read byline, date and the deck before them; without a byline or date, deck and body look the same."""
    deck_key = fold(declared_deck)
    waiting: list[Line] = []
    for index in range(head.end, min(head.end + _BYLINE_LINES, len(lines), len(kinds))):
        line, kind = lines[index], kinds[index]
        if is_table_row(line.text):
            break  # the body begins
        if head.names and any(is_note_about(line.text, name) for name in head.names) and not waiting:
            head.notes.append(line)
        elif kind.words:
            if deck_key and not waiting and fold(line.text[:_MAX_DECK_LENGTH]) == deck_key:
                head.deck = line.text
                head.end = index + 1
                continue
            waiting.append(line)
            sentences = sum(_is_sentence(other.text) for other in waiting)
            if sentences > 1 or len(waiting) > 3 or (head.names and sentences):
                break  # the body begins
            continue
        elif waiting and not kind.signed:
            continue
        if waiting and index + 1 == len(lines):
            break  # the text ends here: no byline follows
        if waiting and not head.deck:
            deck = next((other.text for other in waiting if len(other.text.split()) >= 4), "")
            head.deck = deck if len(deck) <= _MAX_DECK_LENGTH else ""
        waiting.clear()
        head.take(kind)
        head.end = index + 1


def _is_sentence(line: str) -> bool:
    """Whether the line looks like a deck or a paragraph: long, or ending as a sentence does."""
    return len(line) > _MIN_PARAGRAPH_LENGTH or line[-1] in "?!" or bool(_SENTENCE_END.search(line))
