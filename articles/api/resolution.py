"""Resolves outlets and printed text in parameters; never by guessing."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.db.models import QuerySet

from actors.api.resolution import MAX_ERRORS
from articles.models import Outlet, OutletDomain, OutletSlug
from newsdb.api.exceptions import ParameterError
from newsdb.api.request.parameters import shorten
from newsdb.models.prepared import Placeholder, Prepared

#: The most values of a text column that an error offers.
MAX_OFFERED = 20
#: The most outlets or domains that a misspelt one is compared with.
MAX_COMPARED = 5000

_at_slug = Prepared(
    lambda: OutletSlug.objects.filter(slug=Placeholder("slug"), outlet__isnull=False).values_list("outlet_id")
)


def resolve_outlets(parameter: str, texts: Iterable[str]) -> tuple[int, ...]:
    """The ids of the outlets that ``texts`` name by slug, former slug, domain, Wikidata id or name.

    Raises a single ``ParameterError`` for the texts, at most ``MAX_ERRORS``, that are unknown or ambiguous.
    """
    ids, errors = [], []
    for text in texts:
        if len(errors) == MAX_ERRORS:
            break
        if at_slug := _at_slug.rows(slug=text.lower()):
            ids.append(at_slug[0][0])
            continue
        found = list(Outlet.objects.found_by(text)[:MAX_OFFERED])
        if len(found) == 1:
            ids.append(found[0].pk)
            continue
        code = "ambiguous" if found else "unknown"
        detail = "may mean more than one outlet." if found else "names no outlet here."
        candidates = [
            {"slug": outlet.slug, "name": outlet.name} for outlet in found or _similar_outlets(text)
        ]
        errors.append(
            ParameterError(parameter, code, f"{parameter}={shorten(text)} {detail}", candidates=candidates)
        )
    if errors:
        raise ParameterError.join(errors)
    return tuple(dict.fromkeys(ids))


def _similar_outlets(text: str) -> list[Outlet]:
    outlets = list(Outlet.objects.not_merged().order_by("name_key", "pk")[:MAX_COMPARED])
    close = set(get_close_matches(text.lower(), [outlet.slug for outlet in outlets], n=5, cutoff=0.5))
    return [outlet for outlet in outlets if outlet.slug in close]


def resolve_domains(parameter: str, texts: Iterable[str]) -> tuple[int, ...]:
    """The ids of the outlets with these domains.

    Raises ``ParameterError`` for the first unknown domain.
    """
    ids = []
    for text in texts:
        outlet = OutletDomain.objects.filter(domain=text.lower()).values_list("outlet_id", flat=True).first()
        if outlet is None:
            known = OutletDomain.objects.order_by("domain").values_list("domain", flat=True)[:MAX_COMPARED]
            raise ParameterError(
                parameter,
                "unknown",
                f"{parameter}={shorten(text)} is not the domain of an outlet.",
                allowed=get_close_matches(text.lower(), known, n=5),
            )
        ids.append(outlet)
    return tuple(dict.fromkeys(ids))


def resolve_printed(parameter: str, texts: tuple[str, ...], public: QuerySet, column: str) -> tuple[str, ...]:
    """Return ``texts`` if each occurs in the ``column`` of a ``public`` row.

    Raises ``ParameterError`` for the first that does not, which is probably a mistake.
    """
    known = public.exclude(**{column: ""}).order_by(column)
    for text in texts:
        if not known.filter(**{column: text}).exists():
            offered = sorted(known.values_list(column, flat=True).distinct()[:MAX_OFFERED])
            raise ParameterError(
                parameter,
                "unknown",
                f"{parameter}={shorten(text)} occurs nowhere in this dataset.",
                allowed=offered,
            )
    return texts
