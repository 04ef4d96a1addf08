"""Finds notes about authors, below a byline or at the end of a page ("X is a professor at Y.")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.reading.page.bylines import is_name
from articles.reading.page.lines import Line
from articles.reading.page.parts import Author, PrintedByline
from articles.reading.page.roles import LONGEST_NOTE, read_roles
from articles.reading.spans import Span

_ABOUT = re.compile(r"(?:about the authors?|the authors?)[:\s]+", re.IGNORECASE)
_ASIDE = r"(?:,? ?\([^()]{1,40}\))?"
_VERB = (
    r"(?:is|was|has|had|serves|served|works|worked|covers|writes|teaches|reports|leads|directs|chairs|edits"
    r"|holds|currently|formerly|previously)\b"
)
_NOTE_CONTINUATION = re.compile(rf"{_ASIDE}(?: {_VERB}|, )")
_NAMED = re.compile(rf"(?P<name>[^\s,()]+(?: [^\s,()]+){{1,5}}?){_ASIDE} {_VERB}")
#: Occupations: without a byline, a note must name one, so that a story's last paragraph is not taken for a
#: note.
_OCCUPATION = re.compile(
    r"\b(?:professor|lecturer|fellow|director|correspondent|reporter|journalist|columnist|editor|writer|author"
    r"|researcher|analyst|scholar|historian|economist|chair|president|founder|advis[eo]r|attorney|lawyer|member"
    r"|officer|ambassador|secretary|aide|student|doctor|physician|scientist|expert|consultant)s?\b",
    re.IGNORECASE,
)
#: What a story's paragraph has and a note has not: words that somebody said, or a part in what is reported.
_STORY = re.compile(
    r"[“\"]|\b(?:said|says|told|tells|added|called|calls|according to|involved in|took part|take part)\b",
    re.IGNORECASE,
)
#: Code points after a name within which the occupation must be.
_MAX_OCCUPATION_DISTANCE = 200
#: How many of a page's last paragraphs are searched for notes.
_LAST_PARAGRAPHS = 6


def is_note_about(paragraph: str, name: str) -> bool:
    """Whether a paragraph begins like a note about this author."""
    note = _without_label(paragraph)
    return (
        len(paragraph) <= LONGEST_NOTE
        and note[: len(name)].lower() == name.lower()
        and _NOTE_CONTINUATION.match(note, len(name)) is not None
    )


def find_notes(lines: Sequence[Line], names: Sequence[str]) -> list[Line]:
    """The notes among the last paragraphs: about these authors or, if none are given, about anyone."""
    notes: list[Line] = []
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _LAST_PARAGRAPHS), -1):
        line = lines[index]
        named = any(is_note_about(line.text, name) for name in names)
        if named or (not names and _introduced_author(line.text, lines[:index])):
            notes.insert(0, line)
        elif notes:
            break
    return notes


def read_bylines(
    authors: Sequence[Author], notes: Sequence[Line], said: str = ""
) -> tuple[PrintedByline, ...]:
    """Combine authors with the notes about them; `said` is used for authors without a note.

    If there are no authors, they are taken from the notes.
    """
    authors = authors or [Author(name) for note in notes if (name := _introduced_name(note.text))]
    names = [author.name for author in authors]
    bylines = []
    for author in dict.fromkeys(authors):
        name = author.name
        note = next((note for note in notes if _find_name(note.text, name) >= 0), None)
        if note is None:
            bylines.append(PrintedByline(name, author.organisation, said))
            continue
        place = _part_about(note.text, name, names)
        roles = read_roles(place.of(note.text), offset=note.span.start + place.start)
        bylines.append(PrintedByline(name, author.organisation, note.text, roles, note.span))
    return tuple(bylines)


def _part_about(note: str, name: str, names: Sequence[str]) -> Span:
    """The part of a note from this name to the next of the names."""
    begin = max(0, _find_name(note, name))
    others = (_find_name(note, other, begin + len(name)) for other in names)
    return Span(begin, min((start for start in others if start >= 0), default=len(note)))


def _find_name(note: str, name: str, start: int = 0) -> int:
    """The index of the next occurrence of the name, ignoring case, or -1."""
    match = re.compile(re.escape(name), re.IGNORECASE).search(note, start)
    return match.start() if match else -1


def _introduced_name(paragraph: str) -> str:
    match = _NAMED.match(_without_label(paragraph))
    return match["name"] if match and is_name(match["name"]) else ""


def _introduced_author(paragraph: str, before: Sequence[Line]) -> str:
    """The author's name that a paragraph introduces; "" if the story itself mentions that name."""
    name = _introduced_name(paragraph) if len(paragraph) <= LONGEST_NOTE else ""
    soon = paragraph[: len(name) + _MAX_OCCUPATION_DISTANCE]
    if _OCCUPATION.search(name) or _STORY.search(paragraph):
        return ""
    if not name or not _OCCUPATION.search(soon) or any(name in line.text for line in before):
        return ""
    return name


def _without_label(paragraph: str) -> str:
    return _ABOUT.sub("", paragraph[:LONGEST_NOTE], count=1) if _ABOUT.match(paragraph) else paragraph
