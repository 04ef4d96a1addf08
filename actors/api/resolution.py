"""Finds the actors that clients give by address or name. An ambiguous name is an error, never a guess."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from django.db.models import QuerySet

from actors.models import Actor, ActorSlug
from newsdb.api.exceptions import ParameterError
from newsdb.api.request.parameters import shorten
from newsdb.models.prepared import Placeholder, Prepared
from newsdb.text import fold_name

MAX_CANDIDATES = 10
#: Finding similar names is slow: the most texts that it is done for, and the most words of each.
MAX_ERRORS, MAX_WORDS = 3, 4

Count = Callable[[QuerySet], QuerySet]

#: The actor at an address. It is looked up before names, since most clients give the address.
_holders = Prepared(
    lambda: ActorSlug.objects.filter(slug=Placeholder("slug"), actor__isnull=False).values_list("actor_id")
)


def resolve_actors(parameter: str, texts: Iterable[str], *, count: Count, count_name: str) -> tuple[int, ...]:
    """The ids of the actors that ``texts`` name by slug, former slug, Wikidata id or unambiguous name.

    ``count`` annotates a queryset of actors with ``count_name``, which is shown with each candidate. Raises
    one ``ParameterError``, which covers the first ``MAX_ERRORS`` texts that match no actor or several.
    """
    ids, errors = [], []
    for text in texts:
        if len(errors) == MAX_ERRORS:
            break
        if holders := _holders.rows(slug=text.lower()):
            ids.append(holders[0][0])
            continue
        found = list(Actor.objects.found_by(text).values_list("pk", flat=True)[: MAX_CANDIDATES + 1])
        if len(found) == 1:
            ids.append(found[0])
        elif found:
            errors.append(
                ParameterError(
                    parameter,
                    "ambiguous",
                    f"{parameter}={shorten(text)} may mean more than one actor: give one candidate's slug.",
                    candidates=_describe_candidates(Actor.objects.filter(pk__in=found), count, count_name),
                )
            )
        else:
            errors.append(
                ParameterError(
                    parameter,
                    "unknown",
                    f"There is no actor {shorten(text)!r} here. Search all names with /actors/?q=.",
                    candidates=_describe_candidates(_similar(text), count, count_name),
                )
            )
    if errors:
        raise ParameterError.join(errors)
    return tuple(dict.fromkeys(ids))


def _similar(text: str) -> QuerySet:
    """Actors that ``text`` may mean if it is misspelt or has a wrong word."""
    words = fold_name(text).split()[:MAX_WORDS]
    keys = list(Actor.objects.not_merged().values_list("name_key", flat=True)[:5000])
    known = {word for key in keys for word in key.split()}
    close = {match for word in words for match in get_close_matches(word, known, n=2, cutoff=0.75)}
    near = [key for key in keys if close & set(key.split())][:MAX_CANDIDATES]
    return Actor.objects.not_merged().filter(name_key__in=near)


def _describe_candidates(actors: QuerySet, count: Count, count_name: str) -> list[dict[str, Any]]:
    rows = count(actors).prefetch_related("roles__organisation").order_by("name_key", "pk")[:MAX_CANDIDATES]
    return [
        {
            "slug": actor.slug,
            "name": actor.name,
            "kind": actor.kind,
            "roles": [str(role) for role in actor.roles.all()],
            count_name: getattr(actor, count_name),
        }
        for actor in rows
    ]
