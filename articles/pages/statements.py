"""The list of statements: a search box, the results, and filters."""

from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpResponse

from articles.api.hints import MOST_SPEAKERS, words_of
from articles.models.holdings import holdings
from articles.pages.asking import API, FIELDS, OF_THE_FORM, Asked, page
from articles.pages.bounds import LONG_QUERY, SHORT_QUERY, First, first
from articles.pages.charts import chart_of
from articles.pages.days import dates_written
from articles.pages.home import count_statements, dates_covered
from articles.pages.lists import OF_PAGING, counts, joint_once, next_page, options
from articles.pages.passage import Piece
from articles.pages.statement import describe
from newsdb.api.endpoints.inprocess import query_of
from newsdb.api.links import absolute
from newsdb.api.response.pages import render_page
from newsdb.text import fold_name

#: What a facet is called on the page.
FACETS = {"speaker": "Speaker", "outlet": "Outlet", "kind": "Kind", "year": "Year"}
#: What is counted.
COUNTED = [("by", "speaker,outlet,kind,year,month"), ("others", "on"), ("distinct", "joint")]
#: The order of the list, by the requested ordering.
ORDERS = {"date": "oldest first", "relevance": "best matches first"}
#: How many values of a facet are shown; fewer if the query, which each link repeats, is not short.
MOST, FEW = 12, 3
#: The label of a parameter in the list of active filters.
NAMES = {"q": "words", "date_after": "from", "date_before": "until", "date": "date"}


@page
def statements(asked: Asked) -> HttpResponse:
    """Statements under the filters of the API, newest first."""
    data = asked.here()
    filters = [pair for pair in asked.pairs() if pair[0] not in (*OF_PAGING, *OF_THE_FORM, "ordering")]
    query = query_of(filters)
    is_short, is_long = len(query) <= SHORT_QUERY, len(query) > LONG_QUERY
    facets = asked.get("/statements/facets/", query_of([*filters, *COUNTED]))
    undated = [pair for pair in filters if not pair[0].startswith("date")]
    given, hints = dict(filters), data.get("hints")
    api = f"{API}/statements/?{query}" if query else f"{API}/statements/"
    context = {
        "results": [describe(row) | {"marked": _marked(row)} for row in joint_once(data["results"])],
        "next": next_page(asked, data),
        "counted": facets["year"]["counted"],
        "complete": facets["year"]["complete"],
        "facets": [] if is_long else [_facet(asked, name, facets, query, is_short) for name in FACETS],
        "chart": chart_of(facets, query_of(undated), linked=is_short),
        "given": given,
        # The form of the page has FIELDS; the other parameters it keeps as they are.
        "kept": [pair for pair in filters if pair[0] not in FIELDS],
        "chips": [] if is_long else _chips(filters),
        "is_long": is_long,
        "order": ORDERS.get(dict(asked.pairs()).get("ordering", ""), "newest first"),
        "hints": _speakers_in(asked, filters, hints),
        "near": [describe(row) for row in joint_once(hints["statements"])] if hints else [],
        "coverage": _coverage(data.get("coverage"), api),
        "api": api,
        "csv": f"{API}/statements/export/?{query_of([*filters, ('format', 'csv')])}",
        "address": absolute(f"/statements/?{query}" if query else "/statements/"),
        "query": query,
        "feed": f"/statements.atom?{query}" if query else "/statements.atom",
    }
    if not data["results"]:
        found = holdings()
        counts = {"statements": count_statements(), "speakers": found.speakers, "outlets": found.outlets}
        context["whole"] = counts | dates_covered()
    return render_page(asked.request, "articles/pages/statements.html", context, headers=asked.headers)


def _facet(asked: Asked, name: str, facets: dict[str, Any], query: str, is_short: bool) -> dict[str, Any]:
    parameter = "date" if name == "year" else name
    chosen = [text for asked_for, text in asked.pairs() if asked_for == parameter]
    others = query_of(pair for pair in parse_qsl(query) if pair[0] != parameter)
    values = counts(facets, name, MOST if is_short else FEW, others, chosen)
    return {"name": FACETS[name], "values": values._replace(shown=options(asked, parameter, values.shown))}


def _coverage(coverage: dict[str, Any] | None, path: str) -> dict[str, First] | None:
    if not coverage:
        return None
    named = {kind: [dates_written(each) for each in coverage[kind]] for kind in ("speakers", "outlets")}
    return {kind: first(extents, MOST, path) for kind, extents in named.items()}


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


def _speakers_in(
    asked: Asked, filters: list[tuple[str, str]], hints: dict[str, Any] | None
) -> list[dict[str, str]]:
    """Speakers whom the search words may name, each with a search of their statements for the other words.

    If the list is empty, its ``hints`` name the speakers.
    """
    words = dict(filters).get("q")
    if not words or "speaker" in dict(filters) or "cursor" in dict(asked.pairs()):
        return []
    named = hints["speakers"] if hints else _named_in(asked, words_of(words))
    others = [pair for pair in filters if pair[0] != "q"]
    offered = []
    for speaker in named:
        query = query_of([*_without(words, speaker), *others, ("speaker", speaker["slug"])])
        offered.append({"name": speaker["name"], "path": f"/statements/?{query}"})
    return offered


def _named_in(asked: Asked, words: str) -> list[dict[str, Any]]:
    if not words:
        return []
    query = [("named_in", words), ("ordering", "-statement_count"), ("limit", str(MOST_SPEAKERS))]
    found: list[dict[str, Any]] = asked.get("/speakers/", query_of(query))["results"]
    return found


def _without(words: str, speaker: dict[str, Any]) -> list[tuple[str, str]]:
    """The parameter ``q`` without the words of the speaker's names; none if no word is left."""
    names = set(fold_name(" ".join([speaker["name"], *speaker["names"]])).split())
    rest = [word for word in words.split() if not set(fold_name(word).split()) <= names]
    return [("q", " ".join(rest))] if rest else []
