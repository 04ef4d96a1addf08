"""newsdb under gunicorn as systemd runs it: its sockets are held open while servers come and go."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import urllib3
from django.conf import settings

HOST = "news.example.org"
PATIENCE = 60  # seconds

#: What systemd does for a service with sockets: hands them over from descriptor 3 on, and says to whom.
ACTIVATE = """import os, sys
aside = [os.dup2(int(held), 100 + place) for place, held in enumerate(sys.argv[1:])]
for place, held in enumerate(aside, 3):
    os.dup2(held, place)
os.environ.update(LISTEN_FDS=str(len(aside)), LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "newsdb.wsgi"])
"""


class Server:
    """gunicorn under production settings, at ``address`` and ``socket``, where one can always connect.

    ``directory`` has a short name, since a socket's has at most 103 bytes.
    """

    def __init__(self, directory: Path, database: str, **environment: str) -> None:
        self.log, self.socket = directory / "log", directory / "socket"
        self.socket.unlink(missing_ok=True)
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(str(self.socket))
        unix.listen(128)
        self.listeners = [socket.create_server(("127.0.0.1", 0), backlog=128), unix]
        self.address = f"http://127.0.0.1:{self.listeners[0].getsockname()[1]}"
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
            "WEB_CONCURRENCY": "1",
            **environment,
        }

    def start(self) -> None:
        """Start gunicorn, with the settings that ship, and wait until it is ready."""
        descriptors = [listener.fileno() for listener in self.listeners]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", ACTIVATE, *map(str, descriptors)],
                cwd=settings.BASE_DIR,
                env=self.environment,
                pass_fds=descriptors,
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

    def close(self) -> None:
        """End it at once, if need be, and let go of its sockets."""
        if self.process is not None:
            workers = self.workers()
            self.process.kill()  # first: it would start others in their place, which would outlive it
            self.process.wait()
            for worker in workers:
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
            self.process = None
        for listener in self.listeners:
            listener.close()

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
        server.close()
