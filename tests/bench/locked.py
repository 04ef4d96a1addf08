"""How long readers wait while a writer holds SQLite's lock, and others wait for it."""

import http.client
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.databases import Databases
from tests.bench.options import ROOT
from tests.bench.peers.newsdb import STATEMENTS, Newsdb
from tests.bench.serving import HOST

#: Seconds for which the lock is held, readers with a token each, and writers who wait.
SECONDS, READERS, WRITERS = 10, 16, 3
LIST, READY = "a list, with a token", "/readyz"


def slowest(databases: Databases) -> dict[str, float]:
    """Milliseconds within which 99 of 100 are answered, by request. Raises RuntimeError where one fails."""
    tokens = _make_tokens(databases.sqlite, READERS + WRITERS)
    server = Newsdb("sqlite", databases.sqlite)
    took: dict[str, list[float]] = {LIST: [], READY: []}
    failures: list[str] = []
    ended = threading.Event()

    def read(path: str, what: str, token: str) -> None:
        with closing(http.client.HTTPConnection(HOST, server.port, timeout=60)) as connection:
            while not ended.is_set():
                began = time.perf_counter()
                connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
                answer = connection.getresponse()
                answer.read()
                took[what].append((time.perf_counter() - began) * 1000)
                if answer.status != 200:
                    failures.append(f"{path}: {answer.status}")

    def wait_to_write(token: str) -> None:
        with closing(http.client.HTTPConnection(HOST, server.port, timeout=60)) as connection:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            connection.request("POST", "/api/v1/actors/", b"{}", headers)  # refused once it has its turn
            connection.getresponse().read()

    readers = [
        threading.Thread(target=read, args=[f"{STATEMENTS}?limit=10", LIST, token])
        for token in tokens[:READERS]
    ]
    readers.append(threading.Thread(target=read, args=[READY, READY, ""]))
    writers = [threading.Thread(target=wait_to_write, args=[token]) for token in tokens[READERS:]]
    with server.ready():
        server.get(READY)  # which looks at the migrations the first time
        with _writing(databases.sqlite_file):
            for thread in (*writers, *readers):
                thread.start()
            time.sleep(SECONDS)
            ended.set()
            for thread in readers:
                thread.join()
        for thread in writers:
            thread.join()
    if failures:
        raise RuntimeError(f"locked: {len(failures)} answers were none, as {failures[0]}")
    return {what: statistics.quantiles(times, n=100)[98] for what, times in took.items()}


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def _make_tokens(url: str, number: int) -> list[str]:
    command = [sys.executable, "-m", "tests.bench.tokens", url, str(number)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"No tokens could be made: {done.stderr}")
    return done.stdout.split()
