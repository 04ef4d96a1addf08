"""How long tables of crossed facets take, under filters too: the first page, the next, and all as CSV."""

import http.client
import json
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.bench.asks import COMMON, Ask
from tests.bench.narration import Say
from tests.bench.pages import Pages
from tests.bench.peers.newsdb import STATEMENTS
from tests.bench.serving import HOST

CROSSED = ("speaker*month", "speaker*day", "outlet*month", "speaker*outlet")
#: How often each table is counted: once by each of so many servers, since a server keeps what it has counted.
TIMES = 3

#: Asks for an address, and returns the seconds that took and the body.
Get = Callable[[str], tuple[float, bytes]]


def measure(store: str, url: str, asks: list[Ask], say: Say) -> dict[str, dict[str, Any]]:
    """By table and filter: ``seconds`` of its first page, of the ``next`` and of its ``csv``; all medians.

    ``complete`` says whether all is counted. Without a filter, the CSV has every row. Raises RuntimeError
    where one is not answered.
    """
    words = next(ask.words for ask in asks if ask.name == COMMON)
    rounds: dict[str, list[dict[str, Any]]] = {}
    for number in range(1, TIMES + 1):
        server = Pages(store, url)
        with server.ready(), closing(http.client.HTTPConnection(HOST, server.port)) as connection:
            get = _getting(connection)
            for name, query in _tables(get, words).items():
                rounds.setdefault(name, []).append(took := _of(get, query))
                times = ", ".join(f"{part} {took[part]:.2f} s" for part in ("seconds", "next", "csv"))
                say(f"{store}, {name}, {number} of {TIMES}: {times}")
    return {
        name: {part: statistics.median(took[part] for took in each) for part in ("seconds", "next", "csv")}
        | {"complete": each[0]["complete"]}
        for name, each in rounds.items()
    }


def _getting(connection: http.client.HTTPConnection) -> Get:
    def get(path: str) -> tuple[float, bytes]:
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"crossed: {path} answers {answer.status}")
        return time.perf_counter() - began, body

    return get


def _tables(get: Get, words: str) -> dict[str, str]:
    """The queries of all tables, by name."""
    speaker, outlet = (_most_frequent(get, facet) for facet in ("speaker", "outlet"))
    filters: dict[str, dict[str, str]] = {
        "": {},
        "a popular speaker": {"speaker": speaker},
        "an outlet": {"outlet": outlet},
        "a year": {"date": "2020"},
        "a common word": {"q": words},
        "a common word of a popular speaker": {"q": words, "speaker": speaker},
    }
    return {
        ", ".join(filter(None, (by, name))): urlencode({"by": by, **given})
        for by in CROSSED
        for name, given in filters.items()
    }


def _of(get: Get, query: str) -> dict[str, Any]:
    path = f"{STATEMENTS}facets/?{query}"
    seconds, body = get(f"{path}&limit=100")
    page = json.loads(body)
    further = urlsplit(page["next"] or "")
    return {
        "seconds": seconds,
        "next": get(f"{further.path}?{further.query}")[0] if page["next"] else 0.0,
        "csv": get(f"{path}&format=csv")[0],
        "complete": page["complete"],
    }


def _most_frequent(get: Get, facet: str) -> str:
    _, body = get(f"{STATEMENTS}facets/?by={facet}&limit=2")
    rows = (row[facet] for row in json.loads(body)["results"])
    return str(next(value["slug"] for value in rows if value))
