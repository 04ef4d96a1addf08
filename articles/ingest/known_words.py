"""The words and speakers that an article already has, so that they are not proposed again."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from actors.models import Actor
from articles.models import Anchor, Capture, Proposal, Statement
from newsdb.text import fold


@dataclass(frozen=True, slots=True)
class Known:
    """The known speaker of quoted words, if any."""

    actor: int | None
    names: frozenset[str]
    """Folded: the actor's name, the name found in the text, or else the printed label."""
    placed: bool = False
    """Whether they are anchored in the capture being read: a second occurrence there is another statement."""

    def may_be(self, actor: Actor | None, name: str) -> bool:
        """Whether a quotation of the same words by ``name`` may have the same speaker.

        Part of a name matches the whole name. An unnamed speaker may be anyone.
        """
        if not name:
            return True
        if not self.names and self.actor is None:
            return not self.placed
        return (actor is not None and actor.pk == self.actor) or any(
            _is_part(fold(name), other) or _is_part(other, fold(name)) for other in self.names
        )


class KnownWords:
    """The words of all of an article's statements and proposals, whatever their status; none if it is new."""

    def __init__(self) -> None:
        self._by: defaultdict[str, list[Known]] = defaultdict(list)
        self.places: list[tuple[int, int]] = []
        """Where statements are anchored in the capture being read: first and last code points."""

    @classmethod
    def of(cls, capture: Capture) -> Self:
        """The words that the article of ``capture`` has."""
        found = cls()
        anchors = list(Anchor.objects.filter(capture=capture).values_list("statement", "start", "end"))
        found.places = [(start, end) for _, start, end in anchors]
        placed = {statement for statement, *_ in anchors}
        statements = Statement.objects.filter(article=capture.article_id)
        proposed = {
            statement: (words, name)
            for statement, words, name in Proposal.objects.filter(
                statement__article=capture.article_id
            ).values_list("statement", "words", "name")
        }
        rows = statements.values_list("pk", "words_key", "speaker", "speaker__name", "speaker_label")
        for pk, key, speaker, speaker_name, label in rows:
            words, name = proposed.get(pk, ("", ""))
            names = {fold(each) for each in (speaker_name or "", name)} - {""}
            known = Known(speaker, frozenset(names or {fold(label)} - {""}), pk in placed)
            for said in {key, fold(words)}:
                found._by[said].append(known)
        return found

    def has(self, key: str, actor: Actor | None, name: str) -> bool:
        """Whether these folded words of this speaker are known; always true for words without letters."""
        return not key or any(known.may_be(actor, name) for known in self._by.get(key, ()))

    def add(self, key: str, actor: Actor | None, name: str) -> None:
        """Record that these words are now proposed."""
        names = {fold(each) for each in (actor.name if actor else "", name)} - {""}
        self._by[key].append(Known(actor.pk if actor else None, frozenset(names), placed=True))


def _is_part(some: str, name: str) -> bool:
    return set(some.split()) <= set(name.split())
