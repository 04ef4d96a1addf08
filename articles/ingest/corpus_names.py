"""Finds and creates the actors that a corpus names by Wikidata id, and the outlets of its addresses."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import transaction

from actors.models import Actor, ActorSlug, Kind
from articles.models import Outlet, OutletDomain, OutletSlug
from articles.reading.corpora import CorpusQuotation
from newsdb.addresses import free_slug
from newsdb.models.merging import final_survivor
from newsdb.models.write_errors import WRITE_ERRORS
from newsdb.text import fold_name


def find_speakers(quotations: Iterable[CorpusQuotation]) -> dict[tuple[str, ...], int]:
    """The ids of actors by Wikidata id; missing actors are created.

    A name is left unresolved if it may mean several people, or an actor without a Wikidata id.
    """
    names = {each.wikidata_ids: each.speaker for each in quotations if len(each.wikidata_ids) == 1}
    rows = Actor.objects.filter(wikidata_id__in=[ids[0] for ids in names]).select_related("merged_into")
    found = {(str(actor.wikidata_id),): final_survivor(actor).pk for actor in rows}
    new = {ids: name for ids, name in names.items() if ids not in found}
    without_id = _without_id({fold_name(name) for name in new.values()} - {""})
    new = {ids: name for ids, name in new.items() if fold_name(name) not in without_id}
    slugs = _free_slugs(new.values(), ActorSlug, otherwise="actor")
    actors = [
        Actor(name=name[:200], kind=Kind.PERSON, slug=slug, wikidata_id=ids[0])
        for (ids, name), slug in zip(new.items(), slugs, strict=True)
    ]
    return found | {(str(actor.wikidata_id),): actor.pk for actor in _create(Actor, actors)}


def find_outlets(hosts: Iterable[str]) -> dict[str, int]:
    """The ids of the outlets at these hosts; missing outlets are created, with the host as their domain.

    A host is left out if its outlet cannot be created.
    """
    suffixes = {host: _suffixes(host) for host in hosts}
    domains = OutletDomain.objects.filter(domain__in={each for found in suffixes.values() for each in found})
    owners = dict(domains.values_list("domain", "outlet"))
    found = {
        host: next((owners[each] for each in parents if each in owners), 0)
        for host, parents in suffixes.items()
    }
    unowned = {host for host, outlet in found.items() if not outlet}
    # A page at news.gazette.example belongs to the Gazette, if that is new too.
    above = {host: next(filter(unowned.__contains__, reversed(suffixes[host])), host) for host in unowned}
    new = sorted(set(above.values()))
    slugs = _free_slugs(new, OutletSlug, otherwise="outlet")
    outlets = [Outlet(name=host, slug=slug) for host, slug in zip(new, slugs, strict=True)]
    created = {outlet.name: outlet.pk for outlet in _create(Outlet, outlets)}
    _create(
        OutletDomain, [OutletDomain(outlet_id=pk, domain=host) for host, pk in created.items() if "." in host]
    )
    found |= {host: created.get(root, 0) for host, root in above.items()}
    return {host: outlet for host, outlet in found.items() if outlet}


def _suffixes(host: str) -> list[str]:
    """The domains that a host is part of, the longest first."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def _without_id(keys: set[str]) -> set[str]:
    """The folded names among ``keys`` that belong to an actor without a Wikidata id."""
    rows = Actor.objects.not_merged().filter(wikidata_id=None)
    own = rows.filter(name_key__in=keys).values_list("name_key", flat=True)
    return {*own, *rows.filter(names__key__in=keys).values_list("names__key", flat=True)}


def _free_slugs(names: Iterable[str], model: Any, *, otherwise: str) -> list[str]:
    """A slug for each of the names."""
    asked: set[str] = set()

    def ask(slug: str) -> bool:
        asked.add(slug)
        return True

    names = list(names)
    for name in names:
        free_slug(name, taken=ask, otherwise=otherwise)
    taken = set(model.objects.filter(slug__in=asked).values_list("slug", flat=True))
    slugs = []
    for name in names:
        slugs.append(free_slug(name, taken=taken.__contains__, otherwise=otherwise))
        taken.add(slugs[-1])
    return slugs


def _create(model: Any, rows: Sequence[Any]) -> list[Any]:
    """Create the rows at once or, if that fails, those that can be created, one by one."""
    valid = [row for row in rows if _passes(partial(row.clean_fields, exclude=["outlet"]))]
    try:
        with transaction.atomic():
            return list(model.objects.bulk_create(valid))
    except WRITE_ERRORS:
        return [row for row in valid if _passes(partial(_save, row))]


def _save(row: Any) -> None:
    row.pk = None
    with transaction.atomic():
        row.save(force_insert=True)


def _passes(write: Callable[[], None]) -> bool:
    try:
        write()
    except WRITE_ERRORS:
        return False
    return True
