"""PgBouncer in front of PostgreSQL servers, in transaction mode."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.postgresql import Cluster

# Debian keeps it where only the administrator's PATH leads.
PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
NO_POOLER = "There is no pgbouncer on this machine. Debian: apt-get install pgbouncer"
PORT = 6432  # of a socket, in a directory of its own
PATIENCE = 30  # seconds

#: A few connections for many clients: two requests in turn often get each other's.
CONFIGURATION = """\
[databases]
{databases}
[pgbouncer]
pool_mode = transaction
default_pool_size = 2
max_client_conn = 200
auth_type = any
listen_addr =
listen_port = {port}
unix_socket_dir = {directory}
logfile = {directory}/log
{timeouts}
"""
#: As docs/how-to/scale.md has them: a server that is down or was is not waited for.
TIMEOUTS = "query_wait_timeout = 5\nserver_login_retry = 1"


class Pooler:
    """PgBouncer, in front of the databases of its configuration's lines; gone after ``stop``."""

    def __init__(self, databases: str) -> None:
        self.databases = databases
        self.directory = Path(tempfile.mkdtemp(prefix="newsdb-pgbouncer-", dir="/tmp"))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers. Raises RuntimeError with what it said if it does not."""
        assert PROGRAM, NO_POOLER
        configuration = self._configure(self.databases)
        owner = Cluster.owner()  # it refuses to run as root, as PostgreSQL does
        if owner:
            os.chown(self.directory, owner["user"], owner["group"])
        self.process = subprocess.Popen([PROGRAM, "--quiet", str(configuration)], **owner)
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            with socket.socket(socket.AF_UNIX) as client:
                try:
                    client.connect(str(self.directory / f".s.PGSQL.{PORT}"))
                except OSError:
                    time.sleep(0.05)
                else:
                    return
        said = self.directory / "log"
        raise RuntimeError(f"PgBouncer does not answer: {said.read_text() if said.exists() else 'it ended'}")

    def reload(self, databases: str) -> None:
        """Lead to other databases from now on."""
        assert self.process
        self._configure(databases)
        self.process.send_signal(signal.SIGHUP)

    def _configure(self, databases: str) -> Path:
        configuration = self.directory / "pgbouncer.ini"
        configuration.write_text(
            CONFIGURATION.format(databases=databases, directory=self.directory, port=PORT, timeouts=TIMEOUTS)
        )
        return configuration

    def url(self, name: str) -> str:
        """The address of a database of this name."""
        return f"postgres://newsdb@/{name}?host={quote(str(self.directory), safe='')}&port={PORT}"

    def stop(self) -> None:
        """End it and remove what it wrote."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)
        shutil.rmtree(self.directory, ignore_errors=True)


def all_of(server: Path) -> str:
    """All databases of the server at a socket in this directory."""
    return f"* = host={server} user=newsdb"


@contextmanager
def pooling(databases: str) -> Iterator[Pooler]:
    """PgBouncer in front of these databases; it ends with the block."""
    pooler = Pooler(databases)
    try:
        pooler.start()
        yield pooler
    finally:
        pooler.stop()
