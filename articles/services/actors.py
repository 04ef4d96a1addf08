"""The actors that a name means."""

from actors.models import Actor, ActorSlug, Kind
from articles.reading.page.organisations import agency_called
from newsdb.addresses import free_slug
from newsdb.text import fold


def find_actor_called(name: str) -> Actor | None:
    """The one actor who bears exactly this name, case and accents aside; a tie is nobody's."""
    found = list(Actor.objects.called(name)[:2])
    return found[0] if len(found) == 1 else None


def create_actor(name: str, kind: str = Kind.PERSON) -> Actor:
    """A new actor of this name. Raises ``ValidationError``."""
    slug = free_slug(name, taken=lambda slug: ActorSlug.objects.filter(slug=slug).exists(), otherwise="actor")
    actor = Actor(name=name, kind=kind, slug=slug)
    actor.full_clean(validate_unique=False, validate_constraints=False)
    actor.save()
    return actor


def find_or_create_author(name: str, *, organisation: bool = False) -> Actor | None:
    """The actor of this name, created if new; None if the name is ambiguous or not a name.

    An agency is one actor, by whichever of its names a byline calls it.
    """
    if organisation:
        name = agency_called(name) or name
    if not fold(name):
        return None
    kind = Kind.ORGANISATION if organisation else Kind.PERSON
    return create_actor(name, kind) if not Actor.objects.called(name).exists() else find_actor_called(name)
