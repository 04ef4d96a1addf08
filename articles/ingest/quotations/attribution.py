"""One quotation after the other: what each method says of its speaker, and what is believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.ingest.quotations.cast import Cast
from articles.ingest.quotations.cues import Cue, find_cue, find_lead_in
from articles.ingest.quotations.discourse import last_subject, nearest_subject
from articles.ingest.quotations.focus import Focus
from articles.ingest.quotations.kinds import is_stage_direction, is_title, is_whole, label_of, word_count
from articles.ingest.quotations.lexicon import PREPOSITIONS, base_form
from articles.ingest.quotations.marks import Quoted
from articles.ingest.quotations.mentions import Mention
from articles.ingest.quotations.reading import Reading
from articles.ingest.quotations.records import Attribution, Method
from articles.ingest.spans import Span

_LONG = 4
"""Words that a quotation without a cue of its own must have to be taken for somebody's."""
_RECENT = 3
"""Sentences over which a pronoun may mean anybody else mentioned."""
_NAMING = frozenset({"call", "dub", "label", "describe", "refer", "deride", "mock", "depict"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A mention as printed and the name it resolves to.

    `surely`: of a pronoun, whether a second reason agrees with the nearest subject: nobody else can be meant,
    or that person spoke last.
    """

    mention: Span | None = None
    name: str = ""
    kind: str = ""
    surely: bool = True


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with its speaker, and how that was found."""

    quoted: Quoted
    reading: Reading
    token: int
    speaker: Speaker
    cue: Cue | None
    source: Reading
    """Where the cue stands: the quotation's own paragraph, or the one that tells of it."""
    ground: str
    """The form of the cue, or `continued`, `same paragraph`, `nearest`, `hand-over`."""
    whole: bool
    evidence: tuple[Attribution, ...]


class Attributor:
    """Walks through a text in order, since whom "he" means depends on what came before."""

    def __init__(self, text: str, quoted: Sequence[Quoted], readings: Sequence[Reading]) -> None:
        self._text, self._quoted, self._readings = text, quoted, readings
        self._cast = Cast(readings)
        self._focus = Focus()
        self._sentence = 0
        self._understood: dict[int, Speaker] = {}
        self._last = Speaker()

    def attribute(self) -> Iterator[Attributed]:
        """The quotations that somebody is said to have said, in order."""
        for number, reading in enumerate(self._readings):
            previous = self._readings[number - 1] if number else None
            yield from self._paragraph(reading, previous)
            self._sentence += len(reading.paragraph.sentences)

    def _paragraph(self, reading: Reading, previous: Reading | None) -> Iterator[Attributed]:
        here: Attributed | None = None
        subjects = {
            id(m) for first, end in reading.paragraph.sentences for m in reading.subjects(first, end)[:1]
        }
        for index, token in enumerate(reading.tokens):
            if token.quoted < 0:
                mention = reading.begins.get(index)
                if mention is not None:
                    self._note(reading, mention, is_subject=id(mention) in subjects)
                continue
            found = self._quotation(reading, index, previous, here)
            if found is not None:
                here = found
                self._last = found.speaker
                if found.speaker.kind in {"person", "pronoun"}:
                    self._focus.note(
                        self._sentence + reading.paragraph.sentence_of[index],
                        found.speaker.name,
                        self._cast.gender(found.speaker.name),
                        is_subject=True,
                    )
                yield found

    # --- one quotation ---------------------------------------------------------------------------

    def _quotation(
        self, reading: Reading, index: int, previous: Reading | None, here: Attributed | None
    ) -> Attributed | None:
        quoted = self._quoted[reading.tokens[index].quoted]
        words = quoted.inner.of(self._text)
        count = word_count(words)
        if not count or is_stage_direction(words):
            return None
        whole = is_whole(reading, index)
        if (label := label_of(words)) is not None and count > _LONG:
            return self._labelled(reading, index, quoted, label.group(1), label.end())
        cue = find_cue(reading, index, is_whole=whole)
        source = reading
        if cue is None and previous is not None and index == 0 and (cue := find_lead_in(previous)):
            source = previous
        if cue is None and not quoted.continues and (later := self._cue_of_the_rest(reading, index)):
            cue, source = later
        if is_title(words) and not self._is_named(reading, cue, whole=whole):
            return None
        near = nearest_subject(reading, index)
        evidence: list[tuple[Method, Speaker]] = []
        if cue is not None:
            evidence.append(("cue", self._speaker(source, cue.mention)))
        if near is not None:
            evidence.append(("discourse", self._speaker(reading, near)))
        elif previous is not None and len(reading.tokens) == 1 and (subject := last_subject(previous)):
            evidence.append(("discourse", self._speaker(previous, subject)))
        if quoted.continues:
            ground, speaker = "continued", self._last
        elif cue is not None:
            ground, speaker = cue.form, evidence[0][1]
        elif whole and here is not None and (count >= _LONG or here.whole):
            ground, speaker = "same paragraph", here.speaker
        elif whole and count >= _LONG and near is not None:
            ground, speaker = "nearest", evidence[0][1]
        elif whole and count >= _LONG and len(reading.tokens) == 1 and (self._last.mention or evidence):
            ground, speaker = "hand-over", self._last if self._last.mention else evidence[0][1]
        else:
            return None
        return Attributed(
            quoted=quoted,
            reading=reading,
            token=index,
            speaker=speaker,
            cue=cue,
            source=source,
            ground=ground,
            whole=whole,
            evidence=tuple(Attribution(method, who.mention, who.name) for method, who in evidence),
        )

    def _cue_of_the_rest(self, reading: Reading, index: int) -> tuple[Cue, Reading] | None:
        """What tells the speaker of a long quotation in one of its later paragraphs."""
        number = reading.tokens[index].quoted + 1
        while number < len(self._quoted) and self._quoted[number].continues:
            later = self._readings[self._quoted[number].paragraph]
            place = next(i for i, token in enumerate(later.tokens) if token.quoted == number)
            if (cue := find_cue(later, place, is_whole=True)) is not None:
                return replace(cue, form="lead-in"), later
            number += 1
        return None

    def _labelled(self, reading: Reading, index: int, quoted: Quoted, label: str, length: int) -> Attributed:
        """The words of a transcript, which begin with their speaker's name."""
        start = quoted.inner.start
        mention = Span(start, start + len(label))
        person = self._cast.find(label)
        speaker = Speaker(mention, person.name if person else label.title(), "person")
        return Attributed(
            quoted=replace(quoted, inner=Span(start + length, quoted.inner.end), continues=False),
            reading=reading,
            token=index,
            speaker=speaker,
            cue=None,
            source=reading,
            ground="label",
            whole=True,
            evidence=(Attribution("cue", mention, speaker.name),),
        )

    def _is_named(self, reading: Reading, cue: Cue | None, *, whole: bool) -> bool:
        """Whether what is written as a title is said by somebody all the same: "Never!", or a nickname."""
        if cue is None or cue.verb < 0:
            return False
        if cue.form == "before" and base_form(reading.tokens[cue.verb].lower) in _NAMING:
            return True
        return whole and cue.form in {"before", "after", "inverted"}

    # --- who is meant ----------------------------------------------------------------------------

    def _note(self, reading: Reading, mention: Mention, *, is_subject: bool) -> None:
        if mention.kind not in {"person", "pronoun"}:
            return
        placed = mention.first and reading.tokens[mention.first - 1].lower in PREPOSITIONS
        if placed and mention.kind == "person" and not mention.gender and " " not in mention.name:
            return  # more often a place
        speaker = self._speaker(reading, mention)
        sentence = self._sentence + reading.paragraph.sentence_of[mention.first]
        self._focus.note(sentence, speaker.name, self._cast.gender(speaker.name), is_subject=is_subject)

    def _speaker(self, reading: Reading, mention: Mention) -> Speaker:
        span = reading.span(mention)
        known = self._understood.get(span.start)
        if known is None:
            known = self._understood[span.start] = self._resolved(reading, mention, span)
        return known

    def _resolved(self, reading: Reading, mention: Mention, span: Span) -> Speaker:
        if mention.kind != "pronoun":
            return Speaker(span, self._cast.name_of(mention), mention.kind)
        if not mention.gender:
            return Speaker(span, "", "pronoun", surely=False)
        sentence = self._sentence + reading.paragraph.sentence_of[mention.first]
        name = self._focus.resolve(mention.gender, sentence)
        alone = self._focus.candidates(mention.gender, sentence - _RECENT) == {name}
        surely = bool(name) and (alone or name == self._last.name)
        return Speaker(span, name, "pronoun", surely=surely)
