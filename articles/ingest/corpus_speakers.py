"""Finds and creates the actors that a corpus names by Wikidata id."""

from collections.abc import Iterable

from django.db import transaction

from actors.models import Actor, ActorSlug, Kind
from articles.reading.corpora import CorpusQuotation
from newsdb.addresses import free_slug
from newsdb.models.write_errors import WRITE_ERRORS


def find_speakers(quotations: Iterable[CorpusQuotation]) -> dict[tuple[str, ...], Actor]:
    """The actors by Wikidata id; created if new.

    Left out, and so unresolved, is a name that may mean several people, or an actor whose id is not known.
    """
    names = {each.wikidata_ids: each.speaker for each in quotations if len(each.wikidata_ids) == 1}
    rows = Actor.objects.filter(wikidata_id__in=[ids[0] for ids in names]).select_related("merged_into")
    found: dict[tuple[str, ...], Actor] = {(str(actor.wikidata_id),): _survivor(actor) for actor in rows}
    for ids, name in names.items():
        if ids in found or Actor.objects.called(name).filter(wikidata_id=None).exists():
            continue
        slug = free_slug(name, taken=_is_taken, otherwise="actor")
        actor = Actor(name=name[:200], kind=Kind.PERSON, slug=slug, wikidata_id=ids[0])
        try:
            actor.full_clean(validate_unique=False, validate_constraints=False)
            with transaction.atomic():
                actor.save()
        except WRITE_ERRORS:
            continue
        found[ids] = actor
    return found


def _survivor(actor: Actor) -> Actor:
    while actor.merged_into:
        actor = actor.merged_into
    return actor


def _is_taken(slug: str) -> bool:
    return ActorSlug.objects.filter(slug=slug).exists()
