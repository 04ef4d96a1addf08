"""Servers in front of a primary and two standbys, made as docs/how-to/scale.md has its reader make them."""

import re
import shlex
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import urllib3

from tests.docs.pages import PAGES
from tests.pgbouncer import TIMEOUTS, Pooler, pooling
from tests.postgresql import Cluster
from tests.serving.clusters import PROGRAMS, copied, running_cluster
from tests.serving.server import HOST, PATIENCE, Server, serving

PAGE = PAGES["docs/how-to/scale.md"]
#: What that page has its reader do on the primary first, and what it calls the machines and their data.
ROLE = "CREATE ROLE replicator REPLICATION LOGIN PASSWORD 'secret';"
PRIMARY, NEW_PRIMARY, DATA, NAME = "host=db1", "host=db2", "--pgdata=/var/lib/postgresql/15/main", "=a"
#: The lines of PgBouncer's configuration that lead to the machines: to all, then to the new primary.
*ENTRIES, NEW_ENTRY = re.findall(r"^newsdb\w* = host=.+$", PAGE, re.MULTILINE)
#: Why newsdb does not use the primary as a standby.
PRIMARY_FAULT = "It is a primary, not a standby."


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
    """The servers of newsdb, an editor's token for them, and their databases."""

    servers: list[Server]
    token: str
    primary: Cluster
    standbys: list[Cluster]
    pooler: Pooler | None
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=16, retries=False))

    @property
    def server(self) -> Server:
        """The one that is asked, unless another is named."""
        return self.servers[0]

    def ask(self, method: str, path: str, *, body: Any = None, **headers: str) -> urllib3.BaseHTTPResponse:
        """What a request with the editor's token is answered; ``If_Match=tag`` sends that header."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask_anonymously(
            method, path, body=body, headers=sent | {"Authorization": f"Bearer {self.token}"}
        )

    def ask_anonymously(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        headers: Mapping[str, str],
        server: Server | None = None,
    ) -> urllib3.BaseHTTPResponse:
        """What a request without a token is answered."""
        sent, address = {"Host": HOST, **headers}, (server or self.server).address
        return self.pool.request(method, address + path, headers=sent, json=body, timeout=PATIENCE)

    def create(self, slug: str, name: str = "Ada Example") -> urllib3.BaseHTTPResponse:
        """Create an actor."""
        return self.ask("POST", "/api/v1/actors/", body={"slug": slug, "name": name})

    def databases(self) -> list[str]:
        """What /readyz says of the primary, and of each server as a standby."""
        return [each["status"] for each in self.ask("GET", "/readyz").json().get("databases", {}).values()]

    def wait_until_used(self) -> None:
        """Wait until all databases are used."""
        wait_for(lambda: self.databases() == ["ok", PRIMARY_FAULT, "ok", "ok"])

    def pause_replay(self, paused: bool, standbys: Sequence[Cluster] = ()) -> None:
        """Stop standbys, or these, from showing what they receive, or let them go on."""
        for standby in standbys or self.standbys:
            with psycopg.connect(standby.url, autocommit=True) as database:
                database.execute(f"SELECT pg_wal_replay_{'pause' if paused else 'resume'}()")

    def drop_old_changes(self) -> None:
        """Have the primary forget all changes that it need not keep, as it does in time."""
        with psycopg.connect(self.primary.url, autocommit=True) as database:
            for _ in range(3):
                database.execute("SELECT pg_logical_emit_message(false, 'newsdb', '')")
                database.execute("SELECT pg_switch_wal()")
                database.execute("CHECKPOINT")

    def require(self, standbys: str) -> None:
        """Make commits wait for these standbys."""
        with psycopg.connect(self.primary.url, autocommit=True) as database:
            database.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{standbys}'")
            database.execute("SELECT pg_reload_conf()")

    def promote_the_further(self) -> Cluster:
        """Promote the standby that has received more, and let the other follow it."""
        new, other = sorted(self.standbys, key=_received, reverse=True)
        with psycopg.connect(other.url, autocommit=True) as database:
            database.execute(documented("primary_conninfo").replace(NEW_PRIMARY, f"host={new.directory}"))
            database.execute("SELECT pg_reload_conf()")
        new.promote(documented_command("pg_ctl", "promote"))
        if self.pooler:
            # The page promotes the first standby.
            first = NEW_ENTRY if new is self.standbys[0] else NEW_ENTRY.replace("db2", "db3")
            self.pooler.reload(_entries([first, *ENTRIES[1:]], [self.primary, *self.standbys]))
        return new


@contextmanager
def replicated(
    store: str, directory: Path, token: str, *, pooled: bool = False, servers: int = 1
) -> Iterator[Replicated]:
    """Serve a copy of ``store`` by so many servers; with ``pooled`` through PgBouncer."""
    assert PROGRAMS is not None
    assert ROLE in PAGE
    assert TIMEOUTS in PAGE
    with ExitStack() as stack:
        primary = stack.enter_context(running_cluster())
        copied(store, primary)
        with psycopg.connect(primary.url, autocommit=True) as database:
            database.execute(ROLE)
            database.execute(documented("wal_keep_size"))
            database.execute("SELECT pg_reload_conf()")
            if pooled:
                database.execute("ALTER ROLE newsdb SET statement_timeout = '1s'")
        standbys = [Cluster(PROGRAMS), Cluster(PROGRAMS)]
        for name, standby in zip("ab", standbys, strict=True):
            stack.callback(standby.stop)
            *options, source = documented_command("pg_basebackup")
            source = source.replace(PRIMARY, f"host={primary.directory}")
            standby.follow([*options, source.removesuffix(NAME) + f"={name}"])
            with psycopg.connect(standby.url, autocommit=True) as database:
                database.execute(documented("hot_standby_feedback"))
                database.execute("SELECT pg_reload_conf()")
        clusters, pooler = [primary, *standbys], None
        urls = {name: _addresses(name, clusters) for name in ("DATABASE_URL", "DATABASE_REPLICA_URLS")}
        if pooled:
            pooler = stack.enter_context(pooling(_entries(ENTRIES, clusters)))
            of_primary, *of_all = (pooler.url(entry.split()[0]) for entry in ENTRIES)
            urls = {"DATABASE_URL": of_primary, "DATABASE_REPLICA_URLS": ",".join(of_all)}
        site = Replicated([], token, primary, standbys, pooler)
        for number in range(servers):
            (place := directory / str(number)).mkdir(exist_ok=True)
            server = Server(
                place,
                urls["DATABASE_URL"],
                DATABASE_REPLICA_URLS=urls["DATABASE_REPLICA_URLS"],
                DJANGO_SETTINGS_MODULE="tests.serving.settings",
                PGBOUNCER=str(pooled),
                LOG_LEVEL="WARNING",
                RATE_LIMIT_CHECKS="0",
                REPLICA_MAX_LAG="3",
                STATEMENT_TIMEOUT="1000",
            )
            site.servers.append(server)
        with psycopg.connect(primary.url, autocommit=True) as database:
            database.execute(documented("synchronous_standby_names"))
            database.execute("SELECT pg_reload_conf()")
        for server in site.servers:
            stack.enter_context(serving(server))
        stack.callback(site.pool.clear)
        yield site


def _directories(clusters: Sequence[Cluster]) -> dict[str, str]:
    """Where the machines of the page are."""
    return {f"db{number}": str(each.directory) for number, each in enumerate(clusters, 1)}


def _addresses(setting: str, clusters: Sequence[Cluster]) -> str:
    """The page's value of a setting, by these servers' sockets."""
    directories = _directories(clusters)
    (value,) = re.findall(rf"^{setting}=(postgres://newsdb:secret@db.+)$", PAGE, re.MULTILINE)
    value = re.sub(r"newsdb:secret@([\w,]+)/newsdb(,|$)", r"newsdb@/newsdb?host=\1\2", value)
    return re.sub(r"db\d", lambda found: directories[found[0]], value)


def _entries(lines: Sequence[str], clusters: Sequence[Cluster]) -> str:
    """The page's lines of PgBouncer's configuration, by these servers' sockets."""
    directories = _directories(clusters)
    place = r"host=(db\d)"
    return re.sub(place, lambda found: f"host={directories[found[1]]} user=newsdb", "\n".join(lines))


def wait_for(what: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until something is so. Raises AssertionError if it takes longer than ``patience`` seconds."""
    until = time.monotonic() + patience
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


def _received(standby: Cluster) -> int:
    """How far the standby has received what the primary wrote."""
    with psycopg.connect(standby.url) as database:
        row = database.execute("SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')").fetchone()
    assert row
    return int(row[0])
