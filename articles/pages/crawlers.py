"""What search engines ask for: robots.txt, an icon, and every page in sitemaps."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from actors.models import Actor
from articles.models import Article, Outlet, Statement
from newsdb.api.links import absolute

#: How many ids a part of the sitemap covers; a part may list 50,000 pages.
IDS = 10_000
#: The kinds of page, the column of their address, and the records that have one.
KINDS: dict[str, tuple[str, Any]] = {
    "statements": ("uid", Statement.objects.public()),
    "articles": ("uid", Article.objects.public()),
    "actors": ("slug", Actor.objects.not_merged()),
    "outlets": ("slug", Outlet.objects.not_merged()),
}
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /api/
Disallow: /statements/?
Disallow: /statements.atom
Sitemap: {sitemap}
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Every page may be indexed, but not the results of queries, which are endless."""
    return HttpResponse(ROBOTS.format(sitemap=absolute("/sitemap.xml")), content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon, at the address where browsers look for it."""
    return redirect(static("newsdb/icon.svg"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts of the sitemap."""
    return _xml("sitemap.xml", parts=[absolute(path) for path in _parts()])


def _parts() -> Iterator[str]:
    for kind, (_, records) in KINDS.items():
        number, ids = 0, records.order_by("pk").values_list("pk", flat=True)
        while (following := ids.filter(pk__gte=number * IDS).first()) is not None:
            yield f"/sitemap-{kind}-{following // IDS}.xml"  # a part without pages would be invalid
            number = following // IDS + 1


@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The pages of records with ids from ``number`` times ``IDS`` on."""
    if kind not in KINDS or number > 2**63 // IDS - 1:
        raise Http404
    column, records = KINDS[kind]
    found = records.filter(pk__gte=number * IDS, pk__lt=(number + 1) * IDS).order_by("pk")
    pages = [
        (absolute(f"/{kind}/{key}/"), changed.isoformat())
        for key, changed in found.values_list(column, "updated_at")
    ]
    if not pages:
        raise Http404
    return _xml("sitemap_part.xml", pages=pages)


def _xml(template: str, **context: Any) -> HttpResponse:
    return HttpResponse(
        render_to_string(f"articles/pages/{template}", context), content_type="application/xml; charset=utf-8"
    )
