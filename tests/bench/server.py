"""A PostgreSQL server whose databases are kept from one run of the benchmark to the next."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests.bench.machine import children, cores
from tests.postgresql import Cluster

#: As on a machine that has this server to itself, but for the disk: what is kept here can be made again.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "2GB",
    "effective_cache_size": "6GB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    # Nothing measures itself while it is measured.
    "autovacuum": "off",
}


class KeptCluster(Cluster):
    """A server over the data in ``directory``, made there if need be. Only its socket leads to it."""

    def __init__(self, programs: Path, directory: Path) -> None:
        self.programs = programs
        self.data = directory / "data"
        # A socket's path has at most 103 bytes.
        self.directory = Path(tempfile.mkdtemp(prefix="newsdb-bench-", dir="/tmp"))
        self.log = self.directory / "log"

    def url_of(self, database: str) -> str:
        """The address of a database, as in DATABASE_URL."""
        return f"postgres://newsdb@/{database}?host={quote(str(self.directory), safe='')}"

    def start(self) -> None:
        """Wait until it answers. Raises RuntimeError with what it said if it does not."""
        owner = self.owner()
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if owner:
            for directory in (self.directory, self.data.parent):
                os.chown(directory, owner["user"], owner["group"])
        if not (self.data / "PG_VERSION").exists():
            options = ("--username=newsdb", "--auth=trust", "--encoding=UTF8", "--no-sync", *self._locale())
            self._run("initdb", *options, **owner)
        settings = {**SETTINGS, "unix_socket_directories": self.directory}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._run("pg_ctl", "start", "--wait", f"--log={self.log}", f"--options={options}", **owner)
        self._keep_to(cores()[:1])

    def stop(self) -> None:
        """End the server; its data stays. Does nothing the second time."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--mode=fast", **self.owner())
        shutil.rmtree(self.directory, ignore_errors=True)

    @contextmanager
    def on_all_cores(self) -> Iterator[None]:
        """While this lasts it need not keep to the core that servers are measured on."""
        self._keep_to(cores())
        try:
            yield
        finally:
            self._keep_to(cores()[:1])

    def _keep_to(self, chosen: list[int]) -> None:
        if len(cores()) > 1:
            postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
            for process in (postmaster, *children(postmaster)):
                os.sched_setaffinity(process, chosen)

    def version(self) -> str:
        """The server's."""
        with psycopg.connect(self.url_of("postgres")) as connection:
            return str(connection.info.server_version)

    def databases(self) -> set[str]:
        """The names of all databases."""
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}

    def create(self, database: str) -> None:
        """Make an empty database."""
        self._administer(f'CREATE DATABASE "{database}"')

    def drop(self, database: str) -> None:
        """Remove a database, if it is there."""
        self._administer(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def rename(self, database: str, name: str) -> None:
        """Give a database that nobody uses another name."""
        self._administer(f'ALTER DATABASE "{database}" RENAME TO "{name}"')

    def _administer(self, sql: str) -> None:
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(sql)
