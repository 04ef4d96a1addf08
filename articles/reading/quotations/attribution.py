"""Attributes each quotation: what each method says of its speaker, and which one is believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from articles.reading.budget import Budget
from articles.reading.quotations.agents import find_agent
from articles.reading.quotations.cues import Cue, find_cue
from articles.reading.quotations.denials import denial_of
from articles.reading.quotations.discourse import last_subject, nearest_subject
from articles.reading.quotations.insertions import find_insertion
from articles.reading.quotations.interviews import Party, find_parties
from articles.reading.quotations.joint import speakers_with
from articles.reading.quotations.kinds import (
    is_mere_title,
    is_spoken_of,
    is_stage_direction,
    is_whole,
    label_of,
    may_be_name,
    word_count,
)
from articles.reading.quotations.lead_ins import find_lead_in
from articles.reading.quotations.marks import Quoted
from articles.reading.quotations.participles import find_participle
from articles.reading.quotations.passing_on import author_of
from articles.reading.quotations.prominence import find_subjects, main_subject
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.records import Method
from articles.reading.quotations.transcripts import ANSWERS, ASKS
from articles.reading.quotations.understanding import Speaker, Understanding
from articles.reading.quotations.unlisted_verbs import find_unlisted
from articles.reading.spans import Span

_MIN_WORDS = 4
"""The fewest words of a quotation that is attributed without a cue of its own."""
_MAX_CUE_PARAGRAPHS = 12
"""Paragraphs of a long quotation that are searched for its cue."""

_ADJACENT_FORMS = frozenset({"after", "inverted", "before", "label"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with its speaker and the evidence for it."""

    quoted: Quoted
    reading: Reading
    token: int
    whole: bool
    speaker: Speaker
    ground: str
    """The form of the cue, or `continued`, `same paragraph`, `nearest`, `hand-over`, `label`, `repeated`."""
    evidence: Mapping[Method, Speaker]
    cue: Cue | None = None
    source: Reading | None = None
    """The paragraph of the cue: the quotation's own, or the one that introduces it."""
    denial: Span | None = None
    """The words that deny that the quotation was said, or treat it as hypothetical."""
    passed_on: bool = False
    """Whether someone else reports the speaker's words."""


class Attributor:
    """Processes a text in order, because the meaning of "he" depends on what came before."""

    def __init__(
        self,
        text: str,
        quoted: Sequence[Quoted],
        readings: Sequence[Reading],
        budget: Budget,
    ) -> None:
        self._text, self._quoted, self._readings = text, quoted, readings
        self._budget = budget
        self._known = Understanding(readings)

    def attribute(self) -> Iterator[Attributed]:
        """Yield the quotations that are attributed to someone, in order."""
        self._budget.check()
        previous: Reading | None = None
        last = self._quoted[-1].paragraph + 1 if self._quoted else 0
        for reading in self._readings[:last]:
            yield from self._attribute_paragraph(reading, previous)
            self._known.turn_to(reading)
            previous = reading

    def _attribute_paragraph(self, reading: Reading, previous: Reading | None) -> Iterator[Attributed]:
        here: Attributed | None = None
        voices: set[str | Span | None] = set()
        ahead = [main_subject(reading, first, end) for first, end in reading.paragraph.sentences]
        subjects = find_subjects(reading) | {mention.first for mention in ahead if mention is not None}
        spoken = [index for index, token in enumerate(reading.tokens) if token.quoted >= 0]
        for index in self._budget.over(sorted([*spoken, *reading.begins])):
            if (mention := reading.begins.get(index)) is not None:
                main = ahead[reading.paragraph.sentence_of[index]]
                if main is not None and mention.kind == "pronoun" and index < main.first:
                    self._known.equate(reading, mention, main)
                else:
                    self._known.note(reading, mention, is_subject=index in subjects)
            elif (
                found := self._attribute_quotation(reading, index, previous, here, len(voices))
            ) is not None:
                cue = found.cue if found.source is reading else None
                end = max(index, cue.last) if cue else index
                self._known.hear(reading, index, end, found.speaker, surely=found.ground != "hand-over")
                here = found
                voices.add(found.speaker.identity)
                yield found

    def _attribute_quotation(
        self,
        reading: Reading,
        index: int,
        previous: Reading | None,
        here: Attributed | None,
        voices: int,
    ) -> Attributed | None:
        quoted = self._quoted[reading.tokens[index].quoted]
        words = quoted.inner.of(self._text)
        count = word_count(words)
        if not count or is_stage_direction(words):
            return None
        if quoted.label is not None:
            return self._from_label(reading, index, quoted, quoted.label)
        label = label_of(words)
        if label is not None and (self._known.names(label) or (count > _MIN_WORDS and may_be_name(label))):
            start = quoted.inner.start
            inner = Span(min(start + len(label) + 1, quoted.inner.end), quoted.inner.end)
            inner = Span(inner.end - len(inner.of(self._text).lstrip()), inner.end)
            span = Span(start, start + len(label))
            return self._from_label(reading, index, replace(quoted, inner=inner, continues=False), span)
        whole = is_whole(reading, index)
        cue, source = self._find_cue(reading, index, previous, whole=whole)
        if not quoted.added and is_spoken_of(reading, index, words):
            return None
        if not quoted.added and is_mere_title(reading, index, words, source, cue, whole=whole):
            return None
        author = None
        if cue is not None:
            author = author_of(source, cue, index if source is reading else len(source.tokens))
            if author is not None and author.is_another:
                return None
            if author is not None and author.mention is not None:
                cue = replace(cue, mention=author.mention)
        evidence = self._evidence(reading, index, previous, cue, source)
        if cue is not None and author is None and (together := speakers_with(source, cue)):
            evidence["cue"] = self._known.together(source, together)
        believed = self._choose_speaker(
            quoted,
            cue,
            here,
            evidence,
            whole=whole,
            is_long=count >= _MIN_WORDS,
            alone=len(reading.tokens) == 1,
            # `“Why?” “Because,” Ida Holm said.`: unless one person alone has spoken, "Why?" is another's.
            answered=voices != 1
            and any(token.quoted >= 0 for token in reading.tokens[index + 1 : index + 2]),
        )
        if believed is None and quoted.added:
            believed = self._guess_speaker(here, evidence)
        if believed is None:
            return None
        ground, speaker = believed
        denial = denial_of(reading, index, cue, source)
        return Attributed(
            quoted, reading, index, whole, speaker, ground, evidence, cue, source, denial, author is not None
        )

    def _find_cue(
        self, reading: Reading, index: int, previous: Reading | None, *, whole: bool
    ) -> tuple[Cue | None, Reading]:
        """The cue that names the speaker, and its paragraph."""
        cue = find_cue(reading, index, is_whole=whole)
        if cue is None or cue.form not in _ADJACENT_FORMS:
            cue = find_insertion(reading, index) or find_unlisted(reading, index) or cue
            cue = find_agent(reading, index) or find_participle(reading, index) or cue
        if cue is not None:
            return cue, reading
        if previous is not None and index == 0 and (cue := find_lead_in(previous)) is not None:
            return cue, previous
        return self._cue_in_later_paragraph(reading, index) or (None, reading)

    def _cue_in_later_paragraph(self, reading: Reading, index: int) -> tuple[Cue, Reading] | None:
        """The cue in a later paragraph of a long quotation."""
        first = reading.tokens[index].quoted
        if self._quoted[first].continues:
            return None
        for number in range(first + 1, min(first + _MAX_CUE_PARAGRAPHS, len(self._quoted))):
            if not self._quoted[number].continues:
                break
            later = self._readings[self._quoted[number].paragraph]
            place = next(i for i, token in enumerate(later.tokens) if token.quoted == number)
            if (cue := find_cue(later, place, is_whole=True)) is not None:
                return replace(cue, form="lead-in"), later
        return None

    def _evidence(
        self, reading: Reading, index: int, previous: Reading | None, cue: Cue | None, source: Reading
    ) -> dict[Method, Speaker]:
        """What each method finds on its own."""
        evidence: dict[Method, Speaker] = {}
        if cue is not None:
            evidence["cue"] = self._known.speaker(source, cue.mention)
        if (near := nearest_subject(reading, index)) is not None:
            evidence["discourse"] = self._known.speaker(reading, near)
        elif previous is not None and len(reading.tokens) == 1 and (near := last_subject(previous)):
            evidence["discourse"] = self._known.speaker(previous, near)
        return evidence

    def _choose_speaker(
        self,
        quoted: Quoted,
        cue: Cue | None,
        here: Attributed | None,
        evidence: Mapping[Method, Speaker],
        *,
        whole: bool,
        is_long: bool,
        alone: bool,
        answered: bool,
    ) -> tuple[str, Speaker] | None:
        """The speaker that is believed, and the ground for it; None if nobody is said to speak."""
        if quoted.continues:
            return "continued", self._known.last
        if cue is not None:
            return cue.form, evidence["cue"]
        if not whole or answered:
            return None
        if here is not None and (is_long or here.whole):
            return "same paragraph", here.speaker
        if not is_long:
            return None
        near = evidence.get("discourse")
        if not alone:
            return ("nearest", near) if near is not None else None
        speaker = self._known.last if self._known.last.mention else near
        return ("hand-over", speaker) if speaker is not None else None

    def _guess_speaker(
        self, here: Attributed | None, evidence: Mapping[Method, Speaker]
    ) -> tuple[str, Speaker] | None:
        """The most likely speaker of words that are known to be someone's."""
        if (near := evidence.get("discourse")) is not None:
            return "nearest", near
        speaker = here.speaker if here else self._known.last
        return ("hand-over", speaker) if speaker.mention else None

    def _from_label(self, reading: Reading, index: int, quoted: Quoted, label: Span) -> Attributed | None:
        """Attribute words to a label: a turn in a transcript, or a signature within the marks."""
        printed = label.of(self._text)
        ground = "label"
        if printed.lower() in ASKS | ANSWERS:
            party = self._parties[printed.lower() in ANSWERS]
            if party is None:
                return None
            speaker = self._known.speaker(party.reading, party.mention)
            ground = "label" if party.surely else "hand-over"
        else:
            speaker = self._known.labelled(label, printed)
        return Attributed(quoted, reading, index, True, speaker, ground, {"cue": speaker})

    @cached_property
    def _parties(self) -> tuple[Party | None, Party | None]:
        return find_parties(self._readings)
