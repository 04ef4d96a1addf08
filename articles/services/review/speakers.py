"""Finds or creates the actors that proposals name as speakers."""

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
    """The actor with a name, and whether it was created."""

    actor: Actor
    is_new: bool


def find_or_create_speaker(*, name: str, kind: str, by: str, reason: str = "") -> FoundSpeaker:
    """Find the actor of this name and kind, or create it.

    Undecided proposals with this name and no speaker get the actor as their speaker. Raises
    ``ValidationError`` if several actors have the name, or one of another kind.
    """
    with attributed(by=by, reason=reason):
        there = list(Actor.objects.called(name)[:2])
        if len(there) > 1:
            raise ValidationError(f"More than one actor is called “{name}”: choose which one it is.")
        if there and there[0].kind != kind:
            raise ValidationError(
                f"“{name}” is already recorded as {_KINDS[there[0].kind]}: choose that record if it is the"
                " same."
            )
        actor = there[0] if there else create_actor(name, kind)
        assign_speaker(name=name)
    return FoundSpeaker(actor, is_new=not there)


def assign_speaker(*, name: str) -> int:
    """Assign the only actor with this name to the undecided proposals that have the name but no speaker."""
    actor, key = find_actor_called(name), fold_name(name)
    if actor is None:
        return 0
    waiting = Proposal.objects.waiting().filter(statement__status="proposed", statement__speaker=None)
    found = waiting.exclude(name="").values_list("statement", "name")
    statements = [statement for statement, each in found if fold_name(each) == key]
    return Statement.objects.filter(pk__in=statements, status="proposed").update(speaker=actor)
