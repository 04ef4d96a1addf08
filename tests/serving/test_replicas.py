"""With two standbys: they answer reads, what was written is read, and no fault of one costs a read."""

import itertools
import re
import shlex
import threading
import time
from collections.abc import Callable, Iterator, Sequence
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
from tests.docs.pages import PAGES
from tests.postgresql import Cluster
from tests.serving.clusters import PROGRAMS, copied, running_cluster
from tests.serving.server import HOST, PATIENCE, Server, serving
from tests.stores import NO_SERVER

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
    pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER),
]
#: How often what was written is read at once, by writes and in all; and seconds between other requests.
READS_PER_WRITE, CHECKS, PAUSE = 10, 2000, 0.02
PAGE = PAGES["docs/how-to/scale.md"]
#: What that page has its reader do on the primary first, and what it calls the machines and their data.
ROLE = "CREATE ROLE replicator REPLICATION LOGIN PASSWORD 'secret';"
PRIMARY, NEW_PRIMARY, DATA, NAME = "host=db1", "host=db2", "--pgdata=/var/lib/postgresql/15/main", "=a"


def documented(setting: str) -> Any:
    """The statement of the page that changes this setting of PostgreSQL."""
    (line,) = re.findall(rf"^ALTER SYSTEM SET {setting} = .+;$", PAGE, re.MULTILINE)
    return str(line)


def documented_command(*words: str) -> list[str]:
    """The command of the page that has all these words, without the directory of the data."""
    commands = (shlex.split(line) for line in PAGE.replace("\\\n", "").splitlines() if line.startswith("pg_"))
    (command,) = (command for command in commands if set(words) <= set(command))
    command.remove(DATA)
    return command


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

    def pause_replay(self, paused: bool, standbys: Sequence[Cluster] = ()) -> None:
        for standby in standbys or self.standbys:
            with psycopg.connect(standby.url, autocommit=True) as database:
                database.execute(f"SELECT pg_wal_replay_{'pause' if paused else 'resume'}()")

    def require(self, standbys: str) -> None:
        """Make commits wait for these standbys."""
        with psycopg.connect(self.primary.url, autocommit=True) as database:
            database.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{standbys}'")
            database.execute("SELECT pg_reload_conf()")

    def follow_feed(self, seen: set[str], after: int) -> int:
        """Add the slugs of the changes after this one to ``seen``; the last change's number."""
        answer = self.ask("GET", f"/api/v1/changes/?record_type=actor&limit=100&after={after}")
        assert answer.status == 200
        for change in answer.json()["results"]:
            seen.add(change["record"]["slug"])
            after = change["sequence"]
        return after

    @contextmanager
    def under_load(self, checks: int) -> Iterator["Load"]:
        """Clients read, write, read what they wrote and follow the feed, until there were so many checks."""
        load = Load(self)
        threads = [threading.Thread(target=each) for each in (load.read, load.write, load.follow)]
        for thread in threads:
            thread.start()
        try:
            yield load
            wait_for(lambda: load.checks >= checks or bool(load.failed), patience=PATIENCE + checks)
        finally:
            load.ended.set()
            for thread in threads:
                thread.join(PATIENCE)


class Load:
    """What happened: every read that ``failed``, what was ``acknowledged``, and ``seen`` in the feed."""

    def __init__(self, replicated: Replicated) -> None:
        self.replicated = replicated
        self.ended = threading.Event()
        self.failed: list[str] = []
        self.acknowledged: set[str] = set()
        self.seen: set[str] = set()
        self.after = self.checks = 0

    def ask(self, method: str, path: str, *, body: Any = None, **headers: str) -> None:
        answer = self.replicated.ask(method, path, body=body, **headers)
        if answer.status != 200:
            self.failed.append(f"{method} {path}: {answer.status} {answer.data[:200]!r}")

    def read(self) -> None:
        body = {"quotations": [{"words": "the ferry runs again from Monday"}]}
        while not self.ended.is_set():
            self.ask("GET", "/api/v1/statements/")
            self.ended.wait(PAUSE)
            self.ask("POST", "/api/v1/checks/", body=body)

    def write(self) -> None:
        """Write, and read it at once as often as a client might."""
        for number in itertools.count():
            if self.ended.is_set():
                return
            slug = f"ada-{number}"
            made = self.replicated.create(slug)
            if made.status == 201:
                self.acknowledged.add(slug)
                for _ in range(READS_PER_WRITE):
                    version = made.headers["Dataset-Version"]
                    self.ask("GET", f"/api/v1/actors/{slug}/", If_Dataset_Version=version)
                    self.checks += 1
            elif made.status != 503:
                self.failed.append(f"POST: {made.status} {made.data[:200]!r}")

    def follow(self) -> None:
        while not self.ended.is_set():
            self.after = self.replicated.follow_feed(self.seen, self.after)
            self.ended.wait(PAUSE)


def wait_for(what: Callable[[], bool], patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture(scope="module")
def replicated(store: str, directory: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Replicated]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(postgresql.SETTINGS, "synchronous_commit", "on")
        yield from replicate(store, directory, django_db_blocker)


def replicate(store: str, directory: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Replicated]:
    with django_db_blocker.unblock():
        token = token_for(make_editor())
        connection.close()
    assert PROGRAMS is not None
    standbys = [Cluster(PROGRAMS), Cluster(PROGRAMS)]
    with running_cluster() as primary:
        copied(store, primary)
        try:
            assert ROLE in PAGE
            with psycopg.connect(primary.url, autocommit=True) as database:
                database.execute(ROLE)
            for name, standby in zip("ab", standbys, strict=True):
                *options, source = documented_command("pg_basebackup")
                source = source.replace(PRIMARY, f"host={primary.directory}")
                standby.follow([*options, source.removesuffix(NAME) + f"={name}"])
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
            with psycopg.connect(primary.url, autocommit=True) as database:
                database.execute(documented("synchronous_standby_names"))
                database.execute("SELECT pg_reload_conf()")
            with serving(server):
                yield replicated
                replicated.pool.clear()
        finally:
            for standby in standbys:
                standby.stop()


def test_what_was_written_is_read_on_replicas_that_lag(replicated: Replicated) -> None:
    assert set(replicated.databases().values()) == {"ok"}
    replicated.pause_replay(True)
    made = replicated.create("ada-paused")
    assert made.status == 201
    path, version = "/api/v1/actors/ada-paused/", made.headers["Dataset-Version"]
    assert replicated.ask("GET", path).status == 404  # a replica answers
    assert replicated.ask("GET", path, If_Dataset_Version=version).status == 200
    assert replicated.ask("GET", path, Cookie=f"dataset_version={version}").status == 200
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


@pytest.mark.torture(times=1)
def test_no_fault_of_one_costs_a_read_or_what_was_acknowledged(
    replicated: Replicated, pytestconfig: pytest.Config
) -> None:
    checks, between = (1_000_000, 15.0) if pytestconfig.getoption("torture") else (CHECKS, 0.3)
    with replicated.under_load(checks) as load:
        time.sleep(between)
        replicated.standbys[0].halt("immediate")
        time.sleep(between)
        replicated.standbys[0].resume()
        wait_for(lambda: set(replicated.databases().values()) == {"ok"})
        time.sleep(between)

        replicated.pause_replay(True, replicated.standbys[:1])
        wait_for(lambda: list(replicated.databases().values()) == ["ok", "It lags.", "ok"])
        time.sleep(between)
        replicated.pause_replay(False)
        wait_for(lambda: set(replicated.databases().values()) == {"ok"})
        time.sleep(between)

        replicated.primary.halt("immediate")
        refused = replicated.create("ada-refused")
        assert (refused.status, refused.headers["Retry-After"]) == (503, "2")
        assert replicated.ask("GET", "/readyz").json()["writing"] == "The primary does not answer."
        time.sleep(between)
        new, other = sorted(replicated.standbys, key=received, reverse=True)
        with psycopg.connect(other.url, autocommit=True) as database:
            following = documented("primary_conninfo").replace(NEW_PRIMARY, f"host={new.directory}")
            database.execute(following)
            database.execute("SELECT pg_reload_conf()")
        new.promote(documented_command("pg_ctl", "promote"))
        wait_for(lambda: replicated.create("ada-promoted").status == 201)
    assert load.failed == []
    with psycopg.connect(new.url) as database:
        there = {slug for (slug,) in database.execute("SELECT slug FROM actors_actor")}
    assert load.acknowledged <= there
    while (after := replicated.follow_feed(load.seen, load.after)) != load.after:
        load.after = after
    assert load.acknowledged <= load.seen


def received(standby: Cluster) -> int:
    """How far the standby has received what the primary wrote."""
    with psycopg.connect(standby.url) as database:
        row = database.execute("SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')").fetchone()
    assert row
    return int(row[0])
