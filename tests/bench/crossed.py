"""How long a table of facets takes: crossed, under filters, the first page and the whole as CSV."""

import http.client
import json
import statistics
import time
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from tests.bench.asks import COMMON, Ask
from tests.bench.pages import Pages
from tests.bench.peers.newsdb import STATEMENTS
from tests.bench.serving import HOST

CROSSED = ("speaker*month", "speaker*day", "outlet*month", "speaker*outlet")
#: How often each table is asked for.
TIMES = 3


def measure(store: str, url: str, asks: list[Ask]) -> dict[str, dict[str, Any]]:
    """By table and filter: ``seconds`` of its first page, those of its ``csv``, whether all is counted.

    Without a filter, the CSV has every row. Raises RuntimeError where one is not answered.
    """
    server = Pages(store, url)
    words = next(ask.words for ask in asks if ask.name == COMMON)
    with server.ready(), closing(http.client.HTTPConnection(HOST, server.port, timeout=300)) as connection:

        def get(path: str) -> tuple[float, bytes]:
            began = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"crossed: {path} answers {answer.status}")
            return time.perf_counter() - began, body

        speaker, outlet = (_most_frequent(get, facet) for facet in ("speaker", "outlet"))
        filters: dict[str, dict[str, str]] = {
            "": {},
            "a popular speaker": {"speaker": speaker},
            "an outlet": {"outlet": outlet},
            "a year": {"date": "2020"},
            "a common word": {"q": words},
            "a common word of a popular speaker": {"q": words, "speaker": speaker},
        }
        found = {}
        for by in CROSSED:
            for name, given in filters.items():
                path = f"{STATEMENTS}facets/?{urlencode({'by': by, **given})}"
                took = [get(f"{path}&limit=100") for _ in range(TIMES)]
                found[", ".join(filter(None, (by, name)))] = {
                    "seconds": statistics.median(seconds for seconds, _ in took),
                    "csv": get(f"{path}&format=csv")[0],
                    "complete": json.loads(took[0][1])["complete"],
                }
        return found


def _most_frequent(get: Any, facet: str) -> str:
    _, body = get(f"{STATEMENTS}facets/?by={facet}&limit=2")
    rows = (row[facet] for row in json.loads(body)["results"])
    return str(next(value["slug"] for value in rows if value))
