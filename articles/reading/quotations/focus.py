"""Whom a pronoun means: the subjects and speakers that a reader has in mind, sentence by sentence."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from articles.reading.quotations.naming import Gender

_MEMORY = 24
"""Mentions that are kept in mind."""
_NOT_SUBJECT = 1.5
_UNKNOWN_GENDER = 1.0
"""Sentences' worth of distance that an object, and a name of unknown gender, stand back behind the others."""
_SPEAKS = 0.5
"""Sentences' worth by which whoever speaks is nearer than others: who is speaking goes on speaking."""


@dataclass(frozen=True, slots=True)
class _Seen:
    sentence: int
    name: str
    gender: Gender
    is_subject: bool
    speaks: bool


class Focus:
    """What has been mentioned last, and who spoke last."""

    def __init__(self) -> None:
        self._seen: deque[_Seen] = deque(maxlen=_MEMORY)
        self._learned: dict[str, Gender] = {}

    def note(
        self, sentence: int, name: str, gender: Gender, *, is_subject: bool, speaks: bool = False
    ) -> None:
        """A person was mentioned, by name or by a pronoun that was understood, or spoke.

        Whoever the text does not name has the name '', and may be meant like anybody else.
        """
        self._seen.append(_Seen(sentence, name, gender, is_subject, speaks))

    def learn(self, name: str, gender: Gender) -> None:
        """A pronoun was understood as somebody: nobody is both "he" and "she"."""
        if name:
            self._learned.setdefault(name, gender)

    def gender_of(self, name: str) -> Gender:
        """What the pronouns understood so far say of somebody."""
        return self._learned.get(name, "")

    def resolve(self, gender: Gender, sentence: int) -> str:
        """The person of that gender who is nearest in mind in a sentence; '' if nobody is."""
        best, least = "", float("inf")
        for seen in reversed(self._seen):
            known = self._gender(seen)
            if known and known != gender:
                continue
            distance: float = sentence - seen.sentence
            distance += 0 if seen.is_subject else _NOT_SUBJECT
            distance += 0 if known else _UNKNOWN_GENDER
            distance -= _SPEAKS if seen.speaks else 0
            if distance < least:
                best, least = seen.name, distance
        return best

    def candidates(self, gender: Gender, since: int) -> set[str]:
        """Everyone who may be of that gender and was mentioned from the sentence `since` on."""
        return {
            seen.name for seen in self._seen if seen.sentence >= since and self._gender(seen) in {"", gender}
        }

    def _gender(self, seen: _Seen) -> Gender:
        return seen.gender or self.gender_of(seen.name)
