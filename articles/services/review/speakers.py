"""The actors behind the names that proposals found."""

from actors.models import Actor
from articles.models import Proposal, Statement
from articles.services.actors import create_actor, find_actor_called
from newsdb.ledger import attributed
from newsdb.text import fold_name


def create_speaker(*, name: str, kind: str, by: str, reason: str = "") -> Actor:
    """A new actor; the waiting proposals that found this name have it as their speaker from now on.

    They have it only where no other actor bears the name. Raises ``ValidationError``.
    """
    with attributed(by=by, reason=reason):
        actor = create_actor(name, kind)
        assign_speaker(name=name)
    return actor


def assign_speaker(*, name: str) -> int:
    """Give the waiting proposals that found exactly this name, and no speaker, the one actor who bears it."""
    actor, key = find_actor_called(name), fold_name(name)
    if actor is None:
        return 0
    waiting = Proposal.objects.waiting().filter(statement__status="proposed", statement__speaker=None)
    found = waiting.exclude(name="").values_list("statement", "name")
    statements = [statement for statement, each in found if fold_name(each) == key]
    return Statement.objects.filter(pk__in=statements, status="proposed").update(speaker=actor)
