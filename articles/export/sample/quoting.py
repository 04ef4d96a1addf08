"""Generates paragraphs with one quotation each, and locates its words in the text."""

import random
from dataclasses import dataclass, field
from typing import NamedTuple

from articles.export.sample import vocabulary as words
from articles.export.sample.people import Speaker

#: The weights of the kinds of paragraph.
FORMS = {"whole": 58, "interrupted": 12, "partial": 14, "indirect": 12, "joint": 4}
#: Code points of context on either side of an anchor.
CONTEXT = 32


class Quoted(NamedTuple):
    """A paragraph, with the speakers, kind and parts of its quotation."""

    speakers: tuple[Speaker, ...]
    labels: tuple[str, ...]
    kind: str
    cue: str
    audience: str
    parts: tuple[str, ...]
    paragraph: str
    place: str


@dataclass
class Text:
    """The growing text of a page; offsets are in code points."""

    text: str
    quoted: list[tuple[Quoted, list[int]]] = field(default_factory=list)

    def add(self, quoted: Quoted) -> None:
        """Append the paragraph, and locate its parts."""
        start, found = len(self.text) + 2, []
        self.text += f"\n\n{quoted.paragraph}"
        for part in quoted.parts:
            start = self.text.index(part, start)
            found.append(start)
            start += len(part)
        self.quoted.append((quoted, found))

    @property
    def statements(self) -> int:
        """The number of statements: one per speaker."""
        return sum(len(quoted.speakers) for quoted, _ in self.quoted)

    def around(self, start: int, end: int) -> tuple[str, str]:
        """The context before and after a span."""
        return self.text[max(0, start - CONTEXT) : start], self.text[end : end + CONTEXT]


class Writer:
    """Generates paragraphs on one topic."""

    def __init__(self, rng: random.Random, topic: str) -> None:
        self._rng, self.topic = rng, topic

    def fill(self, pattern: str, place: str) -> str:
        """Fill in a pattern, keeping its initial capital."""
        rng = self._rng
        text = pattern.format(
            topic=self.topic,
            place=place,
            Place=place,
            month=rng.choice(words.MONTHS),
            few=rng.choice((2, 3, 4, 5, 6, 7, 9, 11)),
            number=rng.choice((12, 14, 18, 20, 25, 30, 40, 60, 85, 120)),
        )
        return text[0].upper() + text[1:] if pattern[0].isupper() or pattern.startswith("{number}") else text

    def paragraph(self, speaker: Speaker, other: Speaker, first: bool) -> Quoted:
        """A paragraph that quotes ``speaker``, with title the first time, perhaps jointly with ``other``."""
        rng = self._rng
        (form,) = rng.choices(list(FORMS), list(FORMS.values()))
        place = rng.choice((speaker.place, rng.choice(words.PLACES)))
        cue = rng.choice(words.CUES)
        audience = rng.choice(words.AUDIENCES) if rng.random() < 0.15 else ""
        where = place if rng.random() < 0.2 else ""
        tail = f"{cue}{f' to {audience}' if audience else ''}{f' in {where}' if where else ''}"
        label = f"{speaker.title} {speaker.name}" if first else speaker.family_name
        speakers: tuple[Speaker, ...] = (speaker,)
        labels: tuple[str, ...] = (label,)
        kind = form if form in ("partial", "indirect") else "direct"
        sentence = self.fill(rng.choice(words.SENTENCES), place)
        if form == "whole":
            parts: tuple[str, ...] = (sentence,)
            text = f"“{sentence},” {label} {tail}."
        elif form == "interrupted":
            parts = (sentence, self.fill(rng.choice(words.SECOND_SENTENCES), place) + ".")
            text = f"“{sentence},” {label} {tail}. “{parts[1]}”"
        elif form == "partial":
            cue, audience, where = "called", "", ""
            parts = (self.fill(rng.choice(words.FRAGMENTS), place),)
            text = f"{label} called {self.topic} “{parts[0]}”."
        elif form == "indirect":
            cue, audience, where = "said", "", ""
            parts = (self.fill(rng.choice(words.REPORTS), place),)
            text = f"{label} said {parts[0]}."
        else:
            speakers, labels = (speaker, other), (speaker.name, other.name)
            parts = (sentence,)
            text = f"“{sentence},” {speaker.name} and {other.name} {tail}."
        return Quoted(speakers, labels, kind, cue, audience, parts, text, where)
