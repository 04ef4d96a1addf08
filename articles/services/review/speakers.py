"""The actors behind the names that proposals found."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from actors.models import Actor, Kind
from articles.models import Proposal, Statement
from articles.services.actors import create_actor, find_actor_called
from newsdb.ledger import attributed
from newsdb.text import fold_name

_KINDS: dict[str, str] = {Kind.PERSON: "a person", Kind.ORGANISATION: "an organisation"}


@dataclass(frozen=True, slots=True)
class FoundSpeaker:
    """The actor of a name, and whether it was made for it."""

    actor: Actor
    is_new: bool


def find_or_create_speaker(*, name: str, kind: str, by: str, reason: str = "") -> FoundSpeaker:
    """The one actor of this name and kind, made if there is none.

    The waiting proposals that found this name and no speaker have the actor as their speaker from now on.
    Raises ``ValidationError`` where the name is that of several, or of one of another kind.
    """
    with attributed(by=by, reason=reason):
        there = list(Actor.objects.called(name)[:2])
        if len(there) > 1:
            raise ValidationError(f"More than one actor is called “{name}”: choose which one it is.")
        if there and there[0].kind != kind:
            raise ValidationError(
                f"“{name}” is recorded as {_KINDS[there[0].kind]}: choose it, if that is meant."
            )
        actor = there[0] if there else create_actor(name, kind)
        assign_speaker(name=name)
    return FoundSpeaker(actor, is_new=not there)


def assign_speaker(*, name: str) -> int:
    """Give the waiting proposals that found exactly this name, and no speaker, the one actor who bears it."""
    actor, key = find_actor_called(name), fold_name(name)
    if actor is None:
        return 0
    waiting = Proposal.objects.waiting().filter(statement__status="proposed", statement__speaker=None)
    found = waiting.exclude(name="").values_list("statement", "name")
    statements = [statement for statement, each in found if fold_name(each) == key]
    return Statement.objects.filter(pk__in=statements, status="proposed").update(speaker=actor)
