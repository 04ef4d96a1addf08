"""Finds and creates the actors that names refer to."""

from collections.abc import Collection

from actors.models import Actor, ActorName, ActorSlug, Kind
from articles.reading.page.organisations import agency_called
from newsdb.addresses import free_slug
from newsdb.models.any_of import AnyOf
from newsdb.models.prepared import Placeholder, Prepared
from newsdb.text import fold, fold_name

_called = Prepared(
    lambda: (
        Actor.objects.order_by()
        .not_merged()
        .filter(AnyOf("name_key", values=Placeholder("keys")))
        .values_list("name_key", "pk")
        .union(
            ActorName.objects.order_by()
            .filter(AnyOf("key", values=Placeholder("keys")), actor__merged_into=None)
            .values_list("key", "actor")
        )
    )
)


def find_actor_called(name: str) -> Actor | None:
    """The actor with exactly this name, ignoring case and accents; None if there are several."""
    return find_actors_called([name]).get(name)


def find_actors_called(names: Collection[str]) -> dict[str, Actor]:
    """The actors of these names, by name; without the names that no actor has, or several."""
    ids = {name: found[0] for name, found in _ids_called(names).items() if len(found) == 1}
    actors = Actor.objects.in_bulk(set(ids.values())) if ids else {}
    return {name: actors[pk] for name, pk in ids.items()}


def _ids_called(names: Collection[str]) -> dict[str, list[int]]:
    """The ids of the actors of each of these names, ignoring case and accents."""
    keys = {name: fold_name(name) for name in names}
    wanted = [key for key in keys.values() if key]
    rows = _called.rows(keys=wanted) if wanted else []
    return {name: [pk for found, pk in rows if found == key] for name, key in keys.items()}


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
    ids = _ids_called([name])[name]
    if not ids:
        return create_actor(name, Kind.ORGANISATION if organisation else Kind.PERSON)
    return Actor.objects.get(pk=ids[0]) if len(ids) == 1 else None
