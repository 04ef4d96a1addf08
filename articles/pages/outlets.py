"""Outlets and articles: lists to browse, and a page for each."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse

from articles.api import jsonld
from articles.api.serializers import StatementSerializer
from articles.models import Anchor, Article, Outlet, Statement
from articles.pages.actors import NAMES, RECENT
from articles.pages.asking import API, Asked, page
from articles.pages.bounds import First, first
from articles.pages.charts import chart_of
from articles.pages.curating import links_for
from articles.pages.days import Day
from articles.pages.lists import counts, joint_once, next_page, options
from articles.pages.statement import describe, embedded
from newsdb.api.links import absolute
from newsdb.api.response.pages import render_page
from newsdb.api.rows.reading import read_rows

#: How many statements of an article its page shows, how many of the lists printed with it, and links of each.
MOST, LISTS, LINKS = 25, 5, 10


@page
def outlets(asked: Asked) -> HttpResponse:
    """Who publishes, by name."""
    data = asked.here()
    context = {"outlets": data["results"], "next": next_page(asked, data), "api": f"{API}/outlets/"}
    return render_page(asked.request, "articles/pages/outlets.html", context, headers=asked.headers)


@page
def outlet(asked: Asked, slug: str) -> HttpResponse:
    """What an outlet printed: its newest statements and articles, and whom it quotes."""
    row = asked.here()
    query = urlencode({"outlet": row["slug"]})
    facets = asked.get("/statements/facets/", f"{query}&by=month,year,speaker&distinct=joint")
    statements = asked.get("/statements/", f"{query}&limit={RECENT}")["results"]
    articles = asked.get("/articles/", f"{query}&limit={RECENT}")["results"]
    api = f"{API}/outlets/{row['slug']}/"
    speakers = counts(facets, "speaker", RECENT, query)
    context = {
        "outlet": row,
        "address": absolute(f"/outlets/{row['slug']}/"),
        "api": api,
        "names": first(row["names"], NAMES, f"{api}?fields=names"),
        "domains": first(row["domains"], NAMES, f"{api}?fields=domains"),
        "curating": links_for(asked.request, Outlet, slug=row["slug"]),
        "chart": chart_of(facets, query),
        "counted": facets["speaker"]["counted"],
        "speakers": speakers._replace(shown=options(asked, "speaker", speakers.shown, query)),
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
    query, api = urlencode({"article": row["uid"]}), f"{API}{path}"
    statements = _in_order(row["id"])
    links = f"{API}/related-links/?{query}"
    context = {
        "article": row,
        "address": absolute(path),
        "api": api,
        "bylines": first(row["bylines"], NAMES, f"{api}?fields=bylines"),
        "published": Day.read(row["published_on"], row["published_precision"]),
        "curating": links_for(asked.request, Article, uid=row["uid"]),
        "statements": statements._replace(path=f"/statements/?{query}"),
        "lists": first([_links(each, links) for each in row["related_lists"]], LISTS, links),
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


def _links(row: dict[str, Any], path: str) -> dict[str, Any]:
    """A list printed with an article: its first links, with their dates as people write them."""
    links = first(row["links"], LINKS, path)
    return {"title": row["title"], "links": links._replace(shown=[_with_day(each) for each in links.shown])}


def _in_order(article: int) -> First:
    """The statements of an article in the order of its page; those without a known position are last."""
    anchors = Anchor.objects.filter(statement=OuterRef("pk"), capture=OuterRef("capture"))
    start = Subquery(anchors.order_by("position").values("start")[:1])
    public = Statement.objects.public()
    statements = public.filter(article=article).annotate(start=start).values("pk", "joint_uid", "start")
    found: Any = sorted(statements, key=lambda row: (row["start"] is None, row["start"], row["pk"]))
    once = joint_once(found)
    ids = [row["pk"] for row in once[:MOST]]
    rows = {row["id"]: row for row in read_rows(StatementSerializer, public.filter(pk__in=ids))}
    return First([describe(rows[pk]) for pk in ids if pk in rows], len(once), "")
