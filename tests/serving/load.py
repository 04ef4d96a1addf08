"""Clients that ask and write without a pause, on connections that they keep; every failure is told."""

import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
import urllib3

from tests.serving.server import HOST

CLIENTS = 6
READS = ("/api/v1/statements/?limit=5", "/api/v1/actors/", "/api/v1/changes/?limit=3", "/api/v1/dataset/")


@dataclass(frozen=True)
class Failure:
    """A request that was not served: ``status`` is None where there was no answer at all."""

    at: float
    what: str
    status: int | None = None
    retry_after: str | None = None


class Load:
    """What happened to all requests: ``answers`` by status, ``failures``, and what was ``written``.

    That is the name that each actor was given last, by slug, as far as the server confirmed it.
    """

    def __init__(self, address: str, secret: str, seed: int, options: dict[str, Any]) -> None:
        self.address, self.secret, self.seed, self.options = address, secret, seed, options
        self.answers: Counter[int] = Counter()
        self.failures: list[Failure] = []
        self.written: dict[str, str] = {}
        self.ending = threading.Event()

    def client(self, number: int) -> None:
        """One client: a connection of its own, which it keeps as long as the server does."""
        chance = random.Random(self.seed * CLIENTS + number)
        pool = urllib3.PoolManager(maxsize=1, retries=False, timeout=60, **self.options)
        etags: dict[str, str] = {}
        # Each begins with other requests: a worker refuses some of six writes that come at once.
        for count in itertools.count(number):
            if self.ending.is_set():
                return
            try:
                if count % 10 == 0:
                    self.write(pool, chance)
                else:
                    self.read(pool, chance.choice(READS), etags)
            except urllib3.exceptions.HTTPError as error:
                self.failures.append(Failure(time.monotonic(), repr(error)))
            if chance.random() < 0.05:
                self.ending.wait(chance.random())

    def read(self, pool: urllib3.PoolManager, path: str, etags: dict[str, str]) -> None:
        """GET what is there, every other time only if it is new."""
        tag = etags.pop(path, "")
        answer = self.ask(pool, "GET", path, headers={"If-None-Match": tag} if tag else {})
        if not tag and (new := answer.headers.get("ETag")):
            etags[path] = new

    def write(self, pool: urllib3.PoolManager, chance: random.Random) -> None:
        """POST an actor and PATCH it."""
        slug, name = f"a-{chance.getrandbits(64):016x}", f"Ada {chance.random()}"
        made = self.ask(pool, "POST", "/api/v1/actors/", body={"slug": slug, "name": "Ada Example"})
        if made.status != 201:
            return
        self.written[slug] = "Ada Example"
        version = {"If-Match": made.headers["ETag"]}
        changed = self.ask(pool, "PATCH", f"/api/v1/actors/{slug}/", body={"name": name}, headers=version)
        if changed.status == 200:
            self.written[slug] = name

    def ask(
        self, pool: urllib3.PoolManager, method: str, path: str, *, body: Any = None, headers: Any = None
    ) -> urllib3.BaseHTTPResponse:
        """One request; an answer that is neither a success nor a 304 is a failure."""
        sent = {"Host": HOST, "Authorization": f"Bearer {self.secret}", **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/json"
            body = orjson.dumps(body)
        answer = pool.request(method, self.address + path, headers=sent, body=body)
        self.answers[answer.status] += 1
        if not (200 <= answer.status < 300 or answer.status == 304):
            what = f"{method} {path}: {answer.status} {answer.data.decode()}"
            after = answer.headers.get("Retry-After")
            self.failures.append(Failure(time.monotonic(), what, answer.status, after))
            self.ending.wait(0.05)
        return answer


@contextmanager
def under_load(address: str, secret: str, seed: int, **options: Any) -> Iterator[Load]:
    """A server under load during the block; all requests have been answered at its end.

    ``options`` go to urllib3's ``PoolManager``.
    """
    load = Load(address, secret, seed, options)
    threads = [threading.Thread(target=load.client, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.ending.set()
        for thread in threads:
            thread.join(120)
