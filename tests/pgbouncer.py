"""PgBouncer in front of a PostgreSQL server, in transaction mode."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests.postgresql import Cluster

# Debian keeps it where only the administrator's PATH leads.
PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
NO_POOLER = "There is no pgbouncer on this machine. Debian: apt-get install pgbouncer"
PORT = 6432  # of a socket, in a directory of its own
PATIENCE = 30  # seconds

#: A few connections for many clients: two requests in turn often get each other's.
CONFIGURATION = """\
[databases]
* = host={server} user=newsdb
[pgbouncer]
pool_mode = transaction
default_pool_size = 2
max_client_conn = 200
auth_type = any
listen_addr =
listen_port = {port}
unix_socket_dir = {directory}
logfile = {directory}/log
"""


class Pooler:
    """PgBouncer, in front of the server whose socket is in the directory ``server``; gone after ``stop``."""

    def __init__(self, server: Path) -> None:
        self.server = server
        self.directory = Path(tempfile.mkdtemp(prefix="newsdb-pgbouncer-", dir="/tmp"))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers. Raises RuntimeError with what it said if it does not."""
        assert PROGRAM, NO_POOLER
        configuration = self.directory / "pgbouncer.ini"
        configuration.write_text(
            CONFIGURATION.format(server=self.server, directory=self.directory, port=PORT)
        )
        owner = Cluster.owner()  # it refuses to run as root, as PostgreSQL does
        if owner:
            os.chown(self.directory, owner["user"], owner["group"])
        self.process = subprocess.Popen([PROGRAM, "--quiet", str(configuration)], **owner)
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        said = self.directory / "log"
        raise RuntimeError(f"PgBouncer does not answer: {said.read_text() if said.exists() else 'it ended'}")

    def url(self, name: str) -> str:
        """The address of a database of this name."""
        return f"postgres://newsdb@/{name}?host={quote(str(self.directory), safe='')}&port={PORT}"

    def stop(self) -> None:
        """End it and remove what it wrote."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)
        shutil.rmtree(self.directory, ignore_errors=True)


@contextmanager
def pooling(server: Path) -> Iterator[Pooler]:
    """PgBouncer in front of the server at a socket in this directory; it ends with the block."""
    pooler = Pooler(server)
    try:
        pooler.start()
        yield pooler
    finally:
        pooler.stop()
