"""With two standbys: they answer reads, what was written is read, and no fault of one costs a read."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
import urllib3
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests import postgresql
from tests.clients import make_editor, token_for
from tests.postgresql import Cluster
from tests.serving.clusters import PROGRAMS, copied, running_cluster
from tests.serving.server import HOST, PATIENCE, Server, serving
from tests.stores import NO_SERVER

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
    pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER),
]
READERS = 3


@dataclass
class Replicated:
    """A server in front of a primary and two standbys, and an editor's token for it."""

    server: Server
    token: str
    primary: Cluster
    standbys: list[Cluster]
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=8, retries=False))

    def ask(self, method: str, path: str, *, body: Any = None, **headers: str) -> urllib3.BaseHTTPResponse:
        sent = {"Host": HOST, "Authorization": f"Bearer {self.token}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        address = f"{self.server.address}{path}"
        return self.pool.request(method, address, headers=sent, json=body, timeout=PATIENCE)

    def create(self, slug: str) -> urllib3.BaseHTTPResponse:
        return self.ask("POST", "/api/v1/actors/", body={"slug": slug, "name": "Ada Example"})

    def databases(self) -> dict[str, Any]:
        """What /readyz says of each database."""
        described: dict[str, Any] = self.ask("GET", "/readyz").json().get("databases", {})
        return {alias: each["status"] for alias, each in described.items()}

    def pause_replay(self, paused: bool) -> None:
        for standby in self.standbys:
            with psycopg.connect(standby.url, autocommit=True) as database:
                database.execute(f"SELECT pg_wal_replay_{'pause' if paused else 'resume'}()")

    def require(self, standbys: str) -> None:
        """Make commits wait for these standbys."""
        with psycopg.connect(self.primary.url, autocommit=True) as database:
            database.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{standbys}'")
            database.execute("SELECT pg_reload_conf()")

    @contextmanager
    def under_reads(self) -> Iterator[list[str]]:
        """Readers ask without a pause; the list has every answer that was no success."""
        failed: list[str] = []
        ended = threading.Event()

        def reader(number: int) -> None:
            body = {"quotations": [{"words": "the ferry runs again from Monday"}]}
            while not ended.is_set():
                for method, path in (
                    ("GET", "/api/v1/statements/"),
                    ("GET", "/api/v1/changes/?limit=3"),
                    ("POST", "/api/v1/checks/"),
                ):
                    answer = self.ask(method, path, body=body if method == "POST" else None)
                    if answer.status != 200:
                        failed.append(f"{method} {path}: {answer.status} {answer.data[:200]!r}")

        threads = [threading.Thread(target=reader, args=[number]) for number in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield failed
        finally:
            ended.set()
            for thread in threads:
                thread.join(PATIENCE)


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def replicated(
    store: str, directory: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[Replicated]:
    monkeypatch.setitem(postgresql.SETTINGS, "synchronous_commit", "on")
    with django_db_blocker.unblock():
        token = token_for(make_editor())
        connection.close()
    assert PROGRAMS is not None
    standbys = [Cluster(PROGRAMS), Cluster(PROGRAMS)]
    with running_cluster() as primary:
        copied(store, primary)
        try:
            for name, standby in zip("ab", standbys, strict=True):
                standby.follow(primary, name)
            hosts = ",".join(str(each.directory) for each in (primary, *standbys))
            server = Server(
                directory,
                f"postgres://newsdb@/newsdb?host={hosts}",
                DATABASE_REPLICA_URLS=",".join(standby.url for standby in standbys),
                RATE_LIMIT_CHECKS="0",
                REPLICA_MAX_LAG="2",
                STATEMENT_TIMEOUT="1000",
            )
            replicated = Replicated(server, token, primary, standbys)
            replicated.require("ANY 1 (a, b)")
            with serving(server):
                yield replicated
        finally:
            for standby in standbys:
                standby.stop()


def test_what_was_written_is_read_and_no_fault_costs_a_read(replicated: Replicated) -> None:
    assert set(replicated.databases().values()) == {"ok"}

    # Both standbys lag: they still answer, but not who has written meanwhile.
    replicated.pause_replay(True)
    made = replicated.create("ada-paused")
    assert made.status == 201
    path = "/api/v1/actors/ada-paused/"
    assert replicated.ask("GET", path).status == 404
    assert replicated.ask("GET", path, If_Dataset_Version=made.headers["Dataset-Version"]).status == 200
    assert (
        replicated.ask("GET", path, Cookie=f"dataset_version={made.headers['Dataset-Version']}").status == 200
    )
    assert replicated.ask("GET", path, If_Dataset_Version="x").status == 400
    # Beyond the limit they are left out.
    wait_for(lambda: list(replicated.databases().values()) == ["ok", "It lags.", "It lags."])
    assert replicated.ask("GET", path).status == 200
    replicated.pause_replay(False)
    wait_for(lambda: set(replicated.databases().values()) == {"ok"})

    # With no standby that follows, the commit is made, but not acknowledged.
    replicated.require("ANY 1 (c)")
    lonely = replicated.create("ada-lonely")
    assert (lonely.status, lonely.headers["Retry-After"]) == (503, "2")
    replicated.require("ANY 1 (a, b)")
    assert replicated.create("ada-lonely").status == 409

    with replicated.under_reads() as failed:
        time.sleep(0.3)
        replicated.standbys[0].halt("immediate")
        time.sleep(0.5)
        replicated.standbys[0].resume()
        wait_for(lambda: set(replicated.databases().values()) == {"ok"})

        # The primary dies: reads go on, and writes say when to try again.
        acknowledged = []
        for number in range(10):
            assert replicated.create(f"ada-{number}").status == 201
            acknowledged.append(f"ada-{number}")
        replicated.primary.halt("immediate")
        refused = replicated.create("ada-refused")
        assert (refused.status, refused.headers["Retry-After"]) == (503, "2")
        assert replicated.ask("GET", "/readyz").json()["writing"] == "The primary does not answer."
        new, other = sorted(replicated.standbys, key=replayed, reverse=True)
        with psycopg.connect(other.url, autocommit=True) as database:
            database.execute(
                f"ALTER SYSTEM SET primary_conninfo = 'host={new.directory} user=newsdb application_name=b'"
            )
            database.execute("SELECT pg_reload_conf()")
        new.promote()
        wait_for(lambda: replicated.create("ada-promoted").status in (201, 409))
        for slug in (*acknowledged, "ada-promoted"):
            version = replicated.create(f"{slug}-2").headers["Dataset-Version"]
            assert replicated.ask("GET", f"/api/v1/actors/{slug}/", If_Dataset_Version=version).status == 200
    assert failed == []


def replayed(standby: Cluster) -> int:
    with psycopg.connect(standby.url) as database:
        (position,) = database.execute(
            "SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')"
        ).fetchone() or (0,)
    return int(position)
