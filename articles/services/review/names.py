"""Names that proposals have with high confidence and no actor has yet, and the actors created for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import Actor, Kind
from articles.models import Proposal, Statement
from articles.reading.quotations import AUTOMATIC
from articles.reading.quotations.lexicon import ORGANISATION_NOUNS
from articles.services.actors import create_actor
from newsdb.ledger import attributed
from newsdb.text import fold, fold_name


@dataclass(frozen=True, slots=True)
class SureName:
    """The name of a speaker in undecided proposals, at least one of them with high confidence."""

    name: str
    kind: str
    """A guess, from the last word of the name."""
    proposals: int
    articles: int


def find_sure_names(*, among: Iterable[int]) -> list[SureName]:
    """The full names in proposals of these articles (ids) that are certain and that no actor has.

    The most frequent come first. A name of a single word is too ambiguous, unless it is an organisation's.
    """
    rows = _proposals_without_actor().filter(statement__article__in=among).order_by("pk")
    found: defaultdict[str, list[tuple[str, int, float]]] = defaultdict(list)
    for name, article, confidence in rows.values_list(
        "name", "statement__article", "statement__confidence"
    ).iterator(chunk_size=2000):
        found[fold_name(name)].append((name, article, confidence or 0.0))
    sure = {
        key: SureName(uses[0][0], _kind(uses[0][0]), len(uses), len({article for _, article, _ in uses}))
        for key, uses in found.items()
        if max(confidence for _, _, confidence in uses) >= AUTOMATIC
    }
    full = {key: row for key, row in sure.items() if " " in key or row.kind == Kind.ORGANISATION}
    there = _taken_names(list(full))
    new = [row for key, row in full.items() if key not in there]
    return sorted(new, key=lambda row: (-row.proposals, row.name))


def _taken_names(keys: Sequence[str]) -> set[str]:
    """The folded names that some actor has."""
    found: set[str] = set()
    for first in range(0, len(keys), 500):
        part = keys[first : first + 500]
        actors = Actor.objects.not_merged()
        found.update(actors.filter(name_key__in=part).values_list("name_key", flat=True))
        found.update(actors.filter(names__key__in=part).values_list("names__key", flat=True))
    return found


def create_speakers(*, kinds: Mapping[str, str], by: str, reason: str = "") -> int:
    """Create an actor of the given kind for each name, and assign it to the undecided proposals.

    Returns the number of these proposals. Raises ``ValidationError``, among others if an actor already has
    one of the names; then no actor is created.
    """
    with attributed(by=by, reason=reason):
        speakers: dict[str, Actor] = {}
        for name, kind in kinds.items():
            if Actor.objects.called(name).exists():
                raise ValidationError(
                    f"“{name}” has become the name of an actor in the meantime: look again."
                )
            speakers[fold_name(name)] = create_actor(name, kind)
        theirs: defaultdict[Actor, list[int]] = defaultdict(list)
        for statement, name in _proposals_without_actor().values_list("statement", "name"):
            if speaker := speakers.get(fold_name(name)):
                theirs[speaker].append(statement)
        rows = Statement.objects.filter(status="proposed", speaker=None)
        return sum(
            rows.filter(pk__in=statements).update(speaker=speaker) for speaker, statements in theirs.items()
        )


def _proposals_without_actor() -> Any:
    """Undecided proposals that have a name for the speaker but no actor."""
    return Proposal.objects.to_review().filter(statement__speaker=None).exclude(name="")


def _kind(name: str) -> str:
    return Kind.ORGANISATION if fold(name).rpartition(" ")[2] in ORGANISATION_NOUNS else Kind.PERSON
