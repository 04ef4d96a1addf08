"""Resolves pronouns by the subjects and speakers mentioned most recently."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from articles.reading.quotations.naming import Gender

_MAX_MENTIONS = 24
"""The number of mentions that are remembered."""
_NOT_SUBJECT_PENALTY = 1.5
_UNKNOWN_GENDER_PENALTY = 1.0
"""Penalties, in sentences of distance, for a mention that is not a subject and for unknown gender."""
_SPEAKER_BONUS = 0.5
"""A bonus, in sentences of distance, for a speaker: whoever is speaking usually goes on speaking."""

_PARAGRAPH_BONUS = 0.75
"""A bonus, in sentences of distance, for a subject in the paragraph of the pronoun."""


@dataclass(frozen=True, slots=True)
class _SeenMention:
    sentence: int
    name: str
    gender: Gender
    is_subject: bool
    speaks: bool


class Focus:
    """The most recent mentions and speakers."""

    def __init__(self) -> None:
        self._seen: deque[_SeenMention] = deque(maxlen=_MAX_MENTIONS)
        self._learned: dict[str, Gender] = {}

    def note(
        self, sentence: int, name: str, gender: Gender, *, is_subject: bool, speaks: bool = False
    ) -> None:
        """Record that a person was mentioned, by name or by a resolved pronoun, or spoke.

        Someone whom the text does not name has the name '', and can be the referent too.
        """
        self._seen.append(_SeenMention(sentence, name, gender, is_subject, speaks))

    def learn(self, name: str, gender: Gender) -> None:
        """Record the gender of a resolved pronoun: nobody is both "he" and "she"."""
        if name and gender:
            self._learned.setdefault(name, gender)

    def gender_of(self, name: str) -> Gender:
        """A person's gender according to the pronouns resolved so far."""
        return self._learned.get(name, "")

    def resolve(self, gender: Gender, sentence: int, *, paragraph: int = 0, other_than: str = "") -> str:
        """The nearest person of that gender, or '' if there is none; `paragraph` is its first sentence."""
        best, least = "", float("inf")
        for seen in reversed(self._seen):
            known = self._gender(seen)
            if (known and known != gender) or (other_than and seen.name == other_than):
                continue
            distance: float = sentence - seen.sentence
            distance += 0 if seen.is_subject else _NOT_SUBJECT_PENALTY
            distance += 0 if known else _UNKNOWN_GENDER_PENALTY
            distance -= _SPEAKER_BONUS if seen.speaks else 0
            distance -= _PARAGRAPH_BONUS if seen.is_subject and seen.sentence >= paragraph else 0
            if distance < least:
                best, least = seen.name, distance
        return best

    def only(self, sentence: int) -> str:
        """The only person mentioned, just before, if only the given name tells the gender; else ''."""
        names = {seen.name for seen in self._seen if self._seen[-1].sentence >= sentence - 1}
        name = names.pop() if len(names) == 1 else ""
        return "" if self.gender_of(name) else name

    def candidates(self, gender: Gender, since: int) -> set[str]:
        """Everyone mentioned since sentence `since` who may be of that gender."""
        return {
            seen.name for seen in self._seen if seen.sentence >= since and self._gender(seen) in {"", gender}
        }

    def subjects(self, gender: Gender, since: int) -> set[str]:
        """Those of the candidates who were the subject of a sentence; without a gender, of any."""
        return {
            seen.name
            for seen in self._seen
            if seen.is_subject
            and seen.sentence >= since
            and (not gender or self._gender(seen) in {"", gender})
        }

    def _gender(self, seen: _SeenMention) -> Gender:
        return seen.gender or self.gender_of(seen.name)
