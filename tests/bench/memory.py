"""What a worker holds in memory once it has answered many requests."""

import time
from collections.abc import Sequence

from tests.bench.asks import Ask
from tests.bench.load import LoadError, ask_http
from tests.bench.machine import children, resident
from tests.bench.peers.newsdb import Newsdb
from tests.bench.serving import HOST

REQUESTS = 10_000
PATIENCE = 600  # seconds


def after_requests(server: Newsdb, asks: Sequence[Ask], seconds: int) -> int:
    """The resident bytes of a server's one worker after at least ``REQUESTS`` of all kinds.

    Raises LoadError where one is not answered or all take too long, OSError where there is no /proc.
    """
    # Those of many pages would leave no room for the others.
    paths = [path for ask in asks for path in server.paths(ask)[:50]]
    answered, until = 0, time.monotonic() + PATIENCE
    while answered < REQUESTS:
        if time.monotonic() > until:
            raise LoadError(
                f"memory: {answered:,} requests took {PATIENCE} s, too long to wait for {REQUESTS:,}"
            )
        _, more = ask_http(f"http://{HOST}:{server.port}", paths, seconds)
        answered += more
    assert server.process
    (worker,) = children(server.process.pid)
    return resident(worker)
