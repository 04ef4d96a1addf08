"""People and organisations: a list to browse, and a page for each."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone

from actors.models import Actor
from articles.api import jsonld
from articles.pages.asking import API, Asked, page
from articles.pages.bounds import first
from articles.pages.charts import chart_of
from articles.pages.curating import links_for
from articles.pages.lists import counts, next_page, options
from articles.pages.roles import Timeline
from articles.pages.statement import describe, embedded
from newsdb.api.links import absolute
from newsdb.api.response.pages import render_page

#: How many statements a page of an actor or an outlet shows; how many names, and how many roles.
RECENT, NAMES, ROLES = 10, 10, 12


@page
def actors(asked: Asked) -> HttpResponse:
    """Those who are quoted, who write, or who give somebody a title, by name."""
    data = asked.here()
    context = {
        "actors": data["results"],
        "next": next_page(asked, data),
        "api": f"{API}/actors/",
        "q": dict(asked.pairs()).get("q", ""),
    }
    return render_page(asked.request, "articles/pages/actors.html", context, headers=asked.headers)


@page
def actor(asked: Asked, slug: str) -> HttpResponse:
    """Shows the actor, its known roles, its statements, and when and where they are printed."""
    row = asked.here()
    query = urlencode({"speaker": row["slug"]})
    facets = asked.get("/statements/facets/", f"{query}&by=month,year,outlet")
    statements = asked.get("/statements/", f"{query}&limit={RECENT}")["results"]
    api = f"{API}/actors/{row['slug']}/"
    outlets = counts(facets, "outlet", RECENT, query)
    context = {
        "actor": row,
        "address": absolute(f"/actors/{row['slug']}/"),
        "api": api,
        "names": first(row["names"], NAMES, f"{api}?fields=names"),
        "roles": first(row["roles"], ROLES, f"{api}?fields=roles"),
        "curating": links_for(asked.request, Actor, slug=row["slug"]),
        "timeline": Timeline.of(row["roles"], today=timezone.now().date(), most=ROLES),
        "chart": chart_of(facets, query),
        "counted": facets["outlet"]["counted"],
        "outlets": outlets._replace(shown=options(asked, "outlet", outlets.shown, query)),
        "results": [describe(each) for each in statements],
        "query": query,
        "feed": f"/statements.atom?{query}",
        "linked_data": embedded(_linked_data(row)),
    }
    return render_page(asked.request, "articles/pages/actor.html", context, headers=asked.headers)


def _linked_data(row: dict[str, Any]) -> dict[str, Any]:
    address = absolute(f"/actors/{row['slug']}/")
    found = {"@context": jsonld.CONTEXT, **jsonld.actor(row), "url": address}
    return {**found, "alternateName": row["names"]} if row["names"] else found
