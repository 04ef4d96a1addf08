"""newsdb under gunicorn as systemd runs it: the listening socket is held open while servers come and go."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import urllib3
from django.conf import settings
from django.db import connection

HOST = "news.example.org"
PATIENCE = 60  # seconds

#: What systemd does for a service with a socket: hands it over as descriptor 3, and says to whom.
ACTIVATE = """import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""


def database_url() -> str:
    """The address of the tests' own database, for other processes."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rpartition('/')[0]}/{name}?{query}"


class Server:
    """gunicorn under production settings, which outlives its processes: ``address`` stays reachable."""

    def __init__(self, directory: Path, database: str, workers: int = 1) -> None:
        self.log = directory / "log"
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self.listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
            "DATABASE_URL": database,
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "only for servers that are asked from this machine, by tests, and for seconds",
            "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
            "PUBLIC_URL": f"http://{HOST}",
            "RATE_LIMIT_ANONYMOUS": "0",
            "RATE_LIMIT_WRITER": "0",
            "LOG_FORMAT": "json",
            "WEB_CONCURRENCY": str(workers),
        }

    def start(self) -> None:
        """Start gunicorn, with the settings that ship, and wait until it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    ACTIVATE,
                    str(self.listener.fileno()),
                    "-m",
                    "gunicorn",
                    "newsdb.wsgi",
                ],
                cwd=settings.BASE_DIR,
                env=self.environment,
                pass_fds=[self.listener.fileno()],
                stdout=log,
                stderr=log,
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait for /readyz. Raises RuntimeError with what the server said."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process and self.process.poll() is None:
            if self.status("/readyz") == 200:
                return
            time.sleep(0.05)
        raise RuntimeError(f"newsdb is not ready: {self.log.read_text()}")

    def status(self, path: str) -> int:
        """How a GET is answered."""
        return urllib3.request("GET", self.address + path, timeout=PATIENCE, retries=False).status

    def reload(self) -> None:
        """HUP: other workers, which read the program anew. Returns once the former have ended."""
        assert self.process
        before = self.workers()
        self.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + PATIENCE
        while before & (now := self.workers()) or len(now) < len(before):
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        """SIGTERM, and wait for the end. Raises AssertionError where it does not end as asked."""
        if self.process is not None:
            self.process.terminate()
            status = self.process.wait(PATIENCE)
            self.process = None
            assert status == 0, self.log.read_text()

    def workers(self) -> set[int]:
        """The numbers of its worker processes."""
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(number) for number in children.read_text().split()}


@contextmanager
def serving(server: Server) -> Iterator[None]:
    """The server is ready, and ends with the block."""
    try:
        server.start()
        yield
        server.stop()
    finally:
        if server.process is not None:
            server.process.kill()
            server.process.wait()
        server.listener.close()
