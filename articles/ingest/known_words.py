"""Which words of which speakers an article already has, so that they are not proposed again."""

from collections import defaultdict
from dataclasses import dataclass

from actors.models import Actor
from articles.models import Anchor, Capture, Proposal, Statement
from newsdb.text import fold


@dataclass(frozen=True, slots=True)
class Known:
    """The speaker of certain words, as far as known."""

    actor: int | None
    names: frozenset[str]
    """Folded: the actor's name, the one that was found in a text, or else the printed label."""
    placed: bool = False
    """Whether it stands in the capture that is being read: the same words elsewhere in it are others."""

    def may_be(self, actor: Actor | None, name: str) -> bool:
        """Whether a quotation of the same words, found to be of ``name``, may be of the same speaker.

        Part of a name may mean the whole of it. Who is not named may be anyone.
        """
        if not name:
            return True
        if not self.names and self.actor is None:
            return not self.placed
        return (actor is not None and actor.pk == self.actor) or any(
            _is_part(fold(name), other) or _is_part(other, fold(name)) for other in self.names
        )


class KnownWords:
    """The words of an article's statements, of whatever status, and of all that was ever proposed of it."""

    def __init__(self, capture: Capture) -> None:
        self._by: defaultdict[str, list[Known]] = defaultdict(list)
        placed = set(Anchor.objects.filter(capture=capture).values_list("statement", flat=True))
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
                self._by[said].append(known)

    def has(self, key: str, actor: Actor | None, name: str) -> bool:
        """Whether these words (folded) of this speaker are known; words without letters always are."""
        return not key or any(known.may_be(actor, name) for known in self._by.get(key, ()))

    def add(self, key: str, actor: Actor | None, name: str) -> None:
        """Note that these words are proposed now."""
        names = {fold(each) for each in (actor.name if actor else "", name)} - {""}
        self._by[key].append(Known(actor.pk if actor else None, frozenset(names), placed=True))


def _is_part(some: str, name: str) -> bool:
    return set(some.split()) <= set(name.split())
