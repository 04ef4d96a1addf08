"""The list of statements: a search box, the results, and filters."""

from typing import Any

from django.http import HttpResponse

from articles.models.holdings import holdings
from articles.pages.asking import OF_THE_FORM, Asked, page
from articles.pages.charts import chart_of
from articles.pages.home import count_statements, dates_covered
from articles.pages.lists import OF_PAGING, joint_once, next_page, options
from articles.pages.passage import Piece
from articles.pages.statement import describe
from newsdb.api.endpoints.inprocess import query_of
from newsdb.api.links import absolute
from newsdb.api.response.pages import render_page
from newsdb.text import fold_name

#: What a facet is called on the page.
FACETS = {"speaker": "Speaker", "outlet": "Outlet", "kind": "Kind", "year": "Year"}
#: Parameters that the form of the page has as fields; others it keeps as they are.
FIELDS = ("q", "date_after", "date_before")
#: What is counted.
COUNTED = [("by", "speaker,outlet,kind,year,month"), ("others", "on"), ("distinct", "joint")]
#: The order of the list, by the requested ordering.
ORDERS = {"date": "oldest first", "relevance": "best matches first"}
#: How many speakers are offered.
OFFERED = 5
#: How many values of a facet are shown.
MOST = 12
#: The label of a parameter in the list of active filters.
NAMES = {"q": "words", "date_after": "from", "date_before": "until", "date": "date"}


@page
def statements(asked: Asked) -> HttpResponse:
    """Statements under the filters of the API, newest first."""
    data = asked.here()
    filters = [pair for pair in asked.pairs() if pair[0] not in (*OF_PAGING, *OF_THE_FORM, "ordering")]
    query = query_of(filters)
    facets = asked.get("/statements/facets/", query_of([*filters, *COUNTED]))
    undated = [pair for pair in filters if not pair[0].startswith("date")]
    given = dict(filters)
    context = {
        "results": [describe(row) | {"marked": _marked(row)} for row in joint_once(data["results"])],
        "next": next_page(asked, data),
        "counted": facets["year"]["counted"],
        "complete": facets["year"]["complete"],
        "facets": [_facet(asked, name, facets[name]) for name in FACETS],
        "chart": chart_of(facets, query_of(undated)),
        "given": given,
        "kept": [pair for pair in filters if pair[0] not in FIELDS],
        "chips": _chips(filters),
        "order": ORDERS.get(dict(asked.pairs()).get("ordering", ""), "newest first"),
        "hints": _speakers_in(asked, filters),
        "near": [describe(row) for row in joint_once((data.get("hints") or {}).get("statements", ()))],
        "coverage": data.get("coverage"),
        "api": f"/api/v1/statements/?{query}" if query else "/api/v1/statements/",
        "csv": f"/api/v1/statements/export/?{query_of([*filters, ('format', 'csv')])}",
        "address": absolute(f"/statements/?{query}" if query else "/statements/"),
        "query": query,
        "feed": f"/statements.atom?{query}" if query else "/statements.atom",
    }
    if not data["results"]:
        found = holdings()
        counts = {"statements": count_statements(), "speakers": found.speakers, "outlets": found.outlets}
        context["whole"] = counts | dates_covered()
    return render_page(asked.request, "articles/pages/statements.html", context, headers=asked.headers)


def _facet(asked: Asked, name: str, facet: dict[str, Any]) -> dict[str, Any]:
    buckets = facet["buckets"] if name != "year" else facet["buckets"][::-1]
    parameter = "date" if name == "year" else name
    chosen = {text for asked_for, text in asked.pairs() if asked_for == parameter}
    shown = [bucket for place, bucket in enumerate(buckets) if place < MOST or bucket["key"] in chosen]
    values = options(asked, parameter, shown)
    return {"name": FACETS[name], "values": values, "more": len(buckets) - len(shown)}


def _chips(filters: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Each active filter, with the address of the list without it."""
    chips = []
    for number, (name, text) in enumerate(filters):
        rest = query_of(pair for place, pair in enumerate(filters) if place != number)
        label = f"{NAMES.get(name, name.replace('_', ' '))}: {text}"
        chips.append({"name": label, "path": f"/statements/?{rest}" if rest else "/statements/"})
    return chips


def _marked(row: dict[str, Any]) -> list[Piece]:
    """A search result's snippet, with the matches marked."""
    if not row["snippet"]:
        return []
    text, pieces, place = row["snippet"]["text"], [], 0
    for start, end in row["snippet"]["highlights"]:
        pieces += [Piece(text[place:start], False), Piece(text[start:end], True)]
        place = end
    return [*pieces, Piece(text[place:], False)]


def _speakers_in(asked: Asked, filters: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Speakers whom the words searched for may name, each with the search for the other words of theirs."""
    words = dict(filters).get("q")
    if not words or "speaker" in dict(filters) or "cursor" in dict(asked.pairs()):
        return []
    found = asked.get("/speakers/", query_of([("named_in", words), ("limit", str(OFFERED))]))["results"]
    others = [pair for pair in filters if pair[0] != "q"]
    offered = []
    for speaker in found:
        query = query_of([*_without(words, speaker), *others, ("speaker", speaker["slug"])])
        offered.append({"name": speaker["name"], "path": f"/statements/?{query}"})
    return offered


def _without(words: str, speaker: dict[str, Any]) -> list[tuple[str, str]]:
    """The search for ``words`` without those of the speaker's names; none if there are no others."""
    names = set(fold_name(" ".join([speaker["name"], *speaker["names"]])).split())
    rest = [word for word in words.split() if not set(fold_name(word).split()) <= names]
    return [("q", " ".join(rest))] if rest else []
