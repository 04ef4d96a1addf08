"""Clients of a replicated server that read, write, read what they wrote, and follow the feed."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import urllib3

from tests.serving.replicated import Replicated, wait_for
from tests.serving.server import PATIENCE

#: Clients that write, how often each reads at once what it wrote, and the seconds between other requests.
WRITERS, READS_PER_WRITE, PAUSE = 2, 20, 0.1
ACTORS = "/api/v1/actors/"
#: Names before and after a change.
BEFORE, AFTER = b"Ada Example", b"Ida Example"


class Load:
    """What happened: every read that ``failed``, and the changes ``acknowledged`` and ``seen`` in the feed.

    A change is an actor's slug and the ledger's action.
    """

    def __init__(self, site: Replicated) -> None:
        self.site = site
        self.ended = threading.Event()
        self.failed: list[str] = []
        self.acknowledged: set[tuple[str, str]] = set()
        self.seen: set[tuple[str, str]] = set()
        self.after = 0
        self.checks_by_writer = [0] * WRITERS

    @property
    def checks(self) -> int:
        """How often what was written was read."""
        return sum(self.checks_by_writer)

    def go_on(self, checks: int) -> None:
        """Wait until there were so many more checks, or a failure."""
        enough = self.checks + checks
        wait_for(lambda: self.checks >= enough or bool(self.failed), patience=PATIENCE + checks / 20)

    def read(self) -> None:
        """Read and check quotations."""
        body = {"quotations": [{"words": "the ferry runs again from Monday"}]}
        while not self.ended.is_set():
            self.ask("GET", "/api/v1/statements/")
            self.ended.wait(PAUSE)
            self.ask("POST", "/api/v1/checks/", body=body)

    def follow(self) -> None:
        """Follow the feed."""
        while not self.ended.is_set():
            self.follow_once()
            self.ended.wait(PAUSE)

    def follow_once(self) -> int:
        """Note the next changes; returns how many there were."""
        answer = self.ask("GET", f"/api/v1/changes/?record_type=actor&limit=100&after={self.after}")
        changes = answer.json()["results"] if answer.status == 200 else []
        for change in changes:
            self.seen.add((change["record"]["slug"], change["action"]))
            self.after = change["sequence"]
        return len(changes)

    def write(self, writer: int) -> None:
        """Create and rename actors, and read each at once. While that is refused, read the last one."""
        last: tuple[str, str, tuple[bytes, ...]] | None = None
        for number in itertools.count():
            if self.ended.is_set():
                return
            slug = f"ada-{writer}-{number}"
            made = self.site.create(slug, BEFORE.decode())
            if self.is_acknowledged(made, slug, "created"):
                last = slug, made.headers["Dataset-Version"], (BEFORE,)
                self.check(writer, *last)
                body, tag = {"name": AFTER.decode()}, made.headers["ETag"]
                changed = self.site.ask("PATCH", f"{ACTORS}{slug}/", body=body, If_Match=tag)
                if self.is_acknowledged(changed, slug, "updated"):
                    last = slug, changed.headers["Dataset-Version"], (AFTER,)
                else:  # it may have been made
                    last = slug, made.headers["Dataset-Version"], (BEFORE, AFTER)
            if last:
                self.check(writer, *last)

    def is_acknowledged(self, answer: urllib3.BaseHTTPResponse, slug: str, action: str) -> bool:
        """Whether a write was acknowledged, and not refused with 503; anything else is a failure."""
        if answer.status in (200, 201):
            self.acknowledged.add((slug, action))
            return True
        if answer.status != 503:
            self.failed.append(f"{slug}, {action}: {answer.status} {answer.data[:200]!r}")
        return False

    def check(self, writer: int, slug: str, version: str, names: tuple[bytes, ...]) -> None:
        """Read what was written, by the header and by the cookie in turn.

        If there are several servers, only the first writes, and each writer has one to read from.
        """
        server = self.site.servers[writer % len(self.site.servers)]
        for turn in range(READS_PER_WRITE):
            named = {"Cookie": f"dataset_version={version}"} if turn % 2 else {"If-Dataset-Version": version}
            answer = self.site.ask_anonymously("GET", f"{ACTORS}{slug}/", headers=named, server=server)
            if answer.status != 200 or not any(each in answer.data for each in names):
                self.failed.append(f"{slug} of {version} is not read: {answer.status} {answer.data[:200]!r}")
            self.checks_by_writer[writer] += 1

    def ask(self, method: str, path: str, *, body: Any = None, **headers: str) -> urllib3.BaseHTTPResponse:
        """Send what must be answered with 200."""
        answer = self.site.ask(method, path, body=body, **headers)
        if answer.status != 200:
            self.failed.append(f"{method} {path}: {answer.status} {answer.data[:200]!r}")
        return answer


@contextmanager
def under_load(site: Replicated) -> Iterator[Load]:
    """The server is under load during the block."""
    load = Load(site)
    threads = [threading.Thread(target=each) for each in (load.read, load.follow)]
    threads += [threading.Thread(target=load.write, args=[number]) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.ended.set()
        for thread in threads:
            thread.join(PATIENCE)
