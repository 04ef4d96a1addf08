"""Resolves mentions to people, going through a text in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.reading.quotations.cast import Cast, surname
from articles.reading.quotations.focus import Focus
from articles.reading.quotations.lexicon import EPITHETS, PREPOSITIONS, TITLES, base_form, speaks
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.naming import Gender, gender_of_title
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import in_apposition
from articles.reading.spans import Span

_GROUPS = frozenset(
    {"conservatives", "democrats", "greens", "liberals", "libertarians", "republicans", "tories"}
)
"""Names of many people, who do not speak as one."""
_REPLYING = frozenset({"answer", "reply", "respond", "retort"})
_RECENT_SENTENCES = 3
"""Sentences back in which another person mentioned makes a pronoun ambiguous."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A mention as printed, and the name it resolves to.

    `surely`: a name is unambiguous; a pronoun has a second reason besides the nearest subject: nobody else
    can be meant, or that person spoke last and nobody else has been mentioned since.
    """

    mention: Span | None = None
    name: str = ""
    kind: str = ""
    surely: bool = True
    gender: Gender = ""
    together: tuple[str, ...] = ()
    """The names of all speakers of a joint statement."""

    @property
    def identity(self) -> str | Span | None:
        """What two methods compare to decide whether they found the same speaker."""
        return self.name or self.mention


class Understanding:
    """The state of reading a text: its people, the latest mentions, and the last speaker."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._cast = Cast(readings)
        self._focus = Focus()
        self._sentence = 0
        self._labels: dict[str, str] = {}
        self._understood: dict[int, Speaker] = {}
        self._heard = 0
        self._is_asked = False
        self.last = Speaker()

    def turn_to(self, reading: Reading) -> None:
        """Move on to the next paragraph."""
        self._sentence += len(reading.paragraph.sentences)

    def note(self, reading: Reading, mention: Mention, *, is_subject: bool) -> None:
        """Remember that someone was mentioned."""
        if mention.is_unnamed_person:
            if (named := in_apposition(reading, mention)) is not mention:
                self._focus.learn(self.speaker(reading, named).name, mention.gender)
                return
            self._remember(reading, mention.first, self.speaker(reading, mention), is_subject=is_subject)
            return
        if mention.kind == "organisation" or (mention.kind == "pronoun" and not mention.gender):
            return
        if mention.kind == "nominal" and (mention.is_text or not is_subject):
            return
        meant = self.speaker(reading, mention)
        if mention.kind == "nominal" and not (meant.name and meant.surely):
            return  # a title, but it is not known whose
        placed = mention.first and reading.tokens[mention.first - 1].lower in PREPOSITIONS
        if placed and mention.kind == "person" and not mention.gender and " " not in meant.name:
            return  # usually a place
        self._remember(reading, mention.first, meant, is_subject=is_subject)

    def equate(self, reading: Reading, pronoun: Mention, mention: Mention) -> None:
        """Remember that a pronoun refers to a name that follows it, unless their genders differ."""
        meant = self.speaker(reading, mention)
        gender = self._cast.gender(meant.name) or self._focus.gender_of(meant.name)
        if gender in {"", pronoun.gender}:
            self._focus.learn(meant.name, pronoun.gender)
        else:
            self.note(reading, pronoun, is_subject=True)

    def hear(self, reading: Reading, index: int, end: int, speaker: Speaker, *, surely: bool = True) -> None:
        """Remember who spoke the quotation at token `index`; `surely` if the text says so.

        `end` is the last token of the quotation or of its cue, whichever comes last.
        """
        self.last = speaker
        self._heard = self._sentence + reading.paragraph.sentence_of[end]
        self._is_asked = surely and reading.tokens[index].ending == "?"
        if speaker.kind in {"person", "pronoun", "somebody"}:
            self._remember(reading, index, speaker, is_subject=True, speaks=True)

    def speaker(self, reading: Reading, mention: Mention) -> Speaker:
        """The speaker that a mention refers to; cached, so that the result never changes."""
        span = reading.span(mention)
        known = self._understood.get(span.start)
        if known is None:
            known = self._understood[span.start] = self._resolve(reading, mention, span)
        return known

    def names(self, label: str) -> bool:
        """Whether someone in the text has the name of the label."""
        return self._cast.find(label.title()) is not None

    def together(self, reading: Reading, mentions: Sequence[Mention]) -> Speaker:
        """A joint speaker, under the name of the first."""
        speakers = [self.speaker(reading, mention) for mention in mentions]
        span = Span(reading.span(mentions[0]).start, reading.span(mentions[-1]).end)
        names = tuple(dict.fromkeys(speaker.name for speaker in speakers))
        return Speaker(span, names[0], "joint", surely=False, together=names)

    def labelled(self, span: Span, label: str) -> Speaker:
        """The speaker that a transcript's label refers to, ignoring titles before the name."""
        words = label.split()
        title = words[0].lower().rstrip(".")
        while len(words) > 1 and words[0].lower().rstrip(".") in TITLES:
            del words[0]
        if words[0].lower() == "the":
            del words[0]
        if all(speaks(word.lower()) for word in words):
            role = Mention(0, 0, "nominal", words[-1].lower())
            return Speaker(span, self._cast.holder(role)[0], "nominal")
        name = " ".join(words)
        person = self._cast.find(name, gender_of_title(title))
        if person is not None:
            return Speaker(span, person.name, "person")
        name = name.title() if name.isupper() else name
        fuller = self._labels.setdefault(surname(name), name)
        return Speaker(span, name if " " in name else fuller, "person")

    def _remember(
        self, reading: Reading, index: int, speaker: Speaker, *, is_subject: bool, speaks: bool = False
    ) -> None:
        sentence = self._sentence + reading.paragraph.sentence_of[index]
        gender = self._cast.gender(speaker.name) or speaker.gender
        self._focus.note(sentence, speaker.name, gender, is_subject=is_subject, speaks=speaks)

    def _is_epithet(self, reading: Reading, mention: Mention) -> bool:
        """Whether it calls somebody named before by what he or she is: "the 24-year-old", "the striker"."""
        if mention.kind != "nominal" or reading.tokens[mention.first].lower != "the":
            return False
        return mention.name in EPITHETS or mention.name.endswith("-year-old")

    def _called(self, reading: Reading, mention: Mention) -> str:
        """The only person whom the sentences before are about, or '' if there are more."""
        sentence = self._sentence + reading.paragraph.sentence_of[mention.first]
        for since in (sentence - 1, sentence - _RECENT_SENTENCES):
            about = self._focus.subjects(mention.gender, since)
            if about:
                return about.pop() if len(about) == 1 else ""
        return ""

    def _is_reply(self, reading: Reading, mention: Mention) -> bool:
        """Whether its quotation answers the last one: by its verb, or a question of the paragraph before.

        It opens its paragraph, or follows the last one at once. Within a paragraph people also answer the
        questions that they ask.
        """
        number = reading.paragraph.sentence_of[mention.first]
        if reading.tokens[reading.paragraph.sentences[number][0]].quoted < 0:
            return False
        opens = number == 0 and self._heard < self._sentence
        if not opens and self._heard != self._sentence + number - 1:
            return False
        verb = reading.tokens[mention.last + 1 : mention.last + 2]
        return (opens and self._is_asked) or any(base_form(token.lower) in _REPLYING for token in verb)

    def _resolve(self, reading: Reading, mention: Mention, span: Span) -> Speaker:
        if mention.kind != "pronoun":
            name, surely = self._cast.name_of(reading, mention)
            if not name and self._is_epithet(reading, mention):
                name, surely = self._called(reading, mention), False
            surely = surely and not mention.presumed and mention.name.lower() not in _GROUPS
            kind = "text" if mention.is_text else "somebody" if mention.is_unnamed_person else mention.kind
            return Speaker(span, name, kind, surely=surely, gender=mention.gender)
        if not mention.gender:
            return Speaker(span, "", "pronoun", surely=False)
        sentence = self._sentence + reading.paragraph.sentence_of[mention.first]
        asked = self.last.name if self._is_reply(reading, mention) else ""
        name = self._focus.resolve(mention.gender, sentence, paragraph=self._sentence, other_than=asked)
        if asked and not name:
            name = self._focus.resolve(mention.gender, sentence, paragraph=self._sentence)
        if not name and (name := self._focus.only(sentence)):
            return Speaker(span, name, "pronoun", surely=False, gender=mention.gender)
        alone = self._focus.candidates(mention.gender, sentence - _RECENT_SENTENCES) == {name}
        fits = self._focus.gender_of(name) or self._cast.gender(name)
        self._focus.learn(name, mention.gender)
        between = self._focus.subjects(mention.gender, self._heard + 1) - {name}
        spoke_last = name == self.last.name and not between
        surely = bool(name and fits) and (alone or spoke_last)
        return Speaker(span, name, "pronoun", surely=surely, gender=mention.gender)
