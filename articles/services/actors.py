"""Finds and creates the actors that names refer to."""

from collections import defaultdict
from collections.abc import Collection

from actors.models import Actor, ActorSlug, Kind
from articles.reading.page.organisations import agency_called
from newsdb.addresses import free_slug
from newsdb.text import fold, fold_name


def find_actor_called(name: str) -> Actor | None:
    """The actor with exactly this name, ignoring case and accents; None if there are several."""
    found = list(Actor.objects.called(name)[:2])
    return found[0] if len(found) == 1 else None


def find_actors_called(names: Collection[str]) -> dict[str, Actor]:
    """The actors of these names, by name; without the names that no actor has, or several."""
    actors: defaultdict[str, list[Actor]] = defaultdict(list)
    for actor in Actor.objects.called_any(names).prefetch_related("names"):
        for key in {actor.name_key, *(other.key for other in actor.names.all())}:
            actors[key].append(actor)
    found = {name: actors[fold_name(name)] for name in names if fold_name(name)}
    return {name: those[0] for name, those in found.items() if len(those) == 1}


def create_actor(name: str, kind: str = Kind.PERSON) -> Actor:
    """Create an actor of this name. Raises ``ValidationError``."""
    slug = free_slug(name, taken=lambda slug: ActorSlug.objects.filter(slug=slug).exists(), otherwise="actor")
    actor = Actor(name=name, kind=kind, slug=slug)
    actor.full_clean(validate_unique=False, validate_constraints=False)
    actor.save()
    return actor


def find_or_create_author(name: str, *, organisation: bool = False) -> Actor | None:
    """The actor of this name, created if new; None if the name is ambiguous or empty.

    An agency is a single actor, whichever of its names the byline uses.
    """
    if organisation:
        name = agency_called(name) or name
    if not fold(name):
        return None
    found = list(Actor.objects.called(name)[:2])
    if not found:
        return create_actor(name, Kind.ORGANISATION if organisation else Kind.PERSON)
    return found[0] if len(found) == 1 else None
