"""How long people wait for the page of statements, beside the API's list of the same."""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.bench.asks import COMMON, NEWEST, POPULAR, Ask
from tests.bench.options import ROOT
from tests.bench.peers.newsdb import STATEMENTS, Newsdb
from tests.bench.serving import HOST, PRODUCTION

#: Rounds that are timed, after some that are not.
TIMED, WARMING = 40, 3
REQUESTS = (NEWEST, POPULAR, COMMON)
#: What the page counts besides its rows.
COUNTED = {"by": "speaker,outlet,kind,year,month", "others": "on", "distinct": "joint"}


class Pages(Newsdb):
    """newsdb without its response cache, so that every page is made anew."""

    def environment(self) -> Mapping[str, str]:
        """As any, but for the cache."""
        return {**super().environment(), "RESPONSE_CACHE_BYTES": "0"}


def measure(store: str, url: str, asks: list[Ask]) -> dict[str, dict[str, float]]:
    """Milliseconds at the median, by request: the API's ``list``, the ``page``, what it ``adds`` to its rows.

    ``form`` is what is left of the page without what it adds. Raises RuntimeError where one is not answered.
    """
    _collect_static()
    server = Pages(store, url)
    with server.ready():
        return {ask.name: _of(server, ask) for ask in asks if ask.name in REQUESTS}


def _of(server: Pages, ask: Ask) -> dict[str, float]:
    query = [pair for pair in parse_qsl(urlsplit(server.paths(ask)[0]).query) if pair[0] != "limit"]
    added = [f"{STATEMENTS}facets/?{urlencode([*query, *COUNTED.items()])}"]
    if ask.words:
        named = {"named_in": ask.words, "ordering": "-statement_count", "limit": 5}
        added.append(f"/api/v1/speakers/?{urlencode(named)}")
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=60)) as connection:

        def get(path: str) -> Callable[[], None]:
            def once() -> None:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"pages: {path} answers {answer.status}")

            return once

        rounds = []
        for _ in range(WARMING + TIMED):  # one after the other, so that each round has the same weather
            took = {"list": timed(get(f"{STATEMENTS}?{urlencode(query)}"))}
            took["adds"] = sum(timed(get(path)) for path in added)
            took["page"] = timed(get(f"/statements/?{urlencode(query)}"))
            rounds.append({**took, "form": max(0.0, took["page"] - took["adds"])})
    return {part: statistics.median(took[part] for took in rounds[WARMING:]) for part in rounds[0]}


def timed(ask: Callable[[], None]) -> float:
    """Milliseconds that ``ask`` takes."""
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _collect_static() -> None:
    """Pages name their style sheet by its hash, as in production."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    environment = {**os.environ, **PRODUCTION}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"pages: {done.stderr[-500:]}")
