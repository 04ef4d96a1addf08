"""Outlets and articles: lists to browse, and a page for each."""

import math
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from articles.api import jsonld
from articles.models import Article, Outlet
from articles.pages.actors import RECENT
from articles.pages.asking import Asked, page
from articles.pages.charts import chart_of
from articles.pages.curating import links_for
from articles.pages.days import Day
from articles.pages.lists import joint_once, next_page, options
from articles.pages.statement import describe, embedded
from newsdb.api.links import absolute
from newsdb.api.response.pages import render_page

#: How many statements of an article its page shows.
MOST = 100


@page
def outlets(asked: Asked) -> HttpResponse:
    """Who publishes, by name."""
    data = asked.here()
    context = {"outlets": data["results"], "next": next_page(asked, data), "api": "/api/v1/outlets/"}
    return render_page(asked.request, "articles/pages/outlets.html", context, headers=asked.headers)


@page
def outlet(asked: Asked, slug: str) -> HttpResponse:
    """What an outlet printed: its newest statements and articles, and whom it quotes."""
    row = asked.here()
    query = urlencode({"outlet": row["slug"]})
    facets = asked.get("/statements/facets/", f"{query}&by=month,year,speaker&distinct=joint")
    statements = asked.get("/statements/", f"{query}&limit={RECENT}")["results"]
    articles = asked.get("/articles/", f"{query}&limit={RECENT}")["results"]
    context = {
        "outlet": row,
        "address": absolute(f"/outlets/{row['slug']}/"),
        "api": f"/api/v1/outlets/{row['slug']}/",
        "curating": links_for(asked.request, Outlet, slug=row["slug"]),
        "chart": chart_of(facets, query),
        "counted": facets["speaker"]["counted"],
        "speakers": options(asked, "speaker", facets["speaker"]["buckets"][:RECENT], query),
        "results": [describe(each) for each in joint_once(statements)],
        "articles": [_with_day(each) for each in articles],
        "query": query,
        "feed": f"/statements.atom?{query}",
        "linked_data": embedded(_linked_data(row)),
    }
    return render_page(asked.request, "articles/pages/outlet.html", context, headers=asked.headers)


@page
def article(asked: Asked, uid: str) -> HttpResponse:
    """An article: its statements in the order of the page, and the lists printed with it."""
    row = asked.here()
    path = f"/articles/{row['uid']}/"
    query = urlencode({"article": row["uid"]})
    statements = asked.get("/statements/", f"{query}&limit={MOST}")
    for each in row["related_lists"]:
        each["links"] = [_with_day(link) for link in each["links"]]
    context = {
        "article": row,
        "address": absolute(path),
        "api": f"/api/v1{path}",
        "published": Day.read(row["published_on"], row["published_precision"]),
        "curating": links_for(asked.request, Article, uid=row["uid"]),
        "results": [describe(each) for each in joint_once(sorted(statements["results"], key=_place))],
        "more": statements["next"] and f"/statements/?{query}",
        "lists": row["related_lists"],
        "linked_data": embedded(asked.get(path, "format=jsonld")),
    }
    return render_page(asked.request, "articles/pages/article.html", context, headers=asked.headers)


def _linked_data(row: dict[str, Any]) -> dict[str, Any]:
    address = absolute(f"/outlets/{row['slug']}/")
    found = {"@context": jsonld.CONTEXT, **jsonld.publisher(row), "url": address}
    if row["wikidata_id"]:
        found["sameAs"] = jsonld.WIKIDATA + row["wikidata_id"]
    return found


def _with_day(row: dict[str, Any]) -> dict[str, Any]:
    """An article or a link, with its date as people write it."""
    return {**row, "published": Day.read(row["published_on"], row["published_precision"])}


def _place(row: dict[str, Any]) -> tuple[float, int]:
    """The position of a statement on its page; statements without a known position are last."""
    return (row["anchors"][0]["start"] if row["anchors"] else math.inf), row["id"]
