"""newsdb as it is served: gunicorn under production settings, on a store of its own that nobody else uses."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

HOST = "news.example.org"
#: Of an answer, what one server may say otherwise than the other.
INCIDENTAL = {"date", "connection", "server", "content-length", "x-request-id"}
#: A cursor is opaque, and may be written in the terms of a store's own index.
CURSOR = re.compile(rb"cursor=[\w.-]+")
STARTUP = 60  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back: ``headers`` by name in lower case, without what is incidental."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def said(self) -> tuple[int, Mapping[str, str], bytes]:
        """What every store has to say alike: all but how long it took, and how a cursor is written."""
        headers = {name: CURSOR.sub(b"", value.encode()).decode() for name, value in self.headers.items()}
        body = CURSOR.sub(b"", self.body)
        return self.status, headers, body


class Served:
    """One server, reached by its socket."""

    def __init__(self, store: str, url: str, directory: Path) -> None:
        self.store, self.url = store, url
        self.socket, self.log = directory / "socket", directory / "log"

    @property
    def environment(self) -> dict[str, str]:
        """Production settings, without limits on how often one may ask."""
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "SECRET_KEY": "only for servers that are asked from this machine, by tests, and for seconds",
            "ALLOWED_HOSTS": HOST,
            "PUBLIC_URL": f"http://{HOST}",
            "RATE_LIMIT_ANONYMOUS": "0",
            "RATE_LIMIT_WRITER": "0",
            "LOG_LEVEL": "ERROR",
            "PYTHONHASHSEED": "0",  # the order of directives in Content-Security-Policy hangs on it
        }

    def run(self, *arguments: str) -> None:
        """Run Python with these arguments on its store. Raises RuntimeError with what it said if it fails."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment | {"STATEMENT_TIMEOUT": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments} on {self.store}: {done.stderr}")

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The server, from when it answers to the end of the block."""
        command = ["-m", "gunicorn", "newsdb.wsgi", "--bind", f"unix:{self.socket}", "--workers", "1"]
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *command, "--log-level", "warning"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        try:
            self._wait(process)
            yield
        finally:
            process.terminate()
            process.wait(10)

    def _wait(self, process: subprocess.Popen) -> None:
        patience = time.monotonic() + STARTUP
        while time.monotonic() < patience and process.poll() is None:
            try:
                if self.get("/api/v1/").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"newsdb on {self.store} does not answer: {self.log.read_text()}")

    def get(self, target: str) -> Answer:
        """What GET of a target, as it stands in a request, is answered."""
        return self.send("GET", target)

    def send(
        self, method: str, target: str, headers: Iterable[tuple[str, str]] = (), body: bytes | None = None
    ) -> Answer:
        """What a request is answered; it is sent as it stands, ``Host`` and ``Content-Length`` added."""
        named = {name.lower() for name, _ in headers}
        lines = [f"{method} {target} HTTP/1.1", "Connection: close"]
        lines += [] if "host" in named else [f"Host: {HOST}"]
        if body is not None and not named & {"content-length", "transfer-encoding"}:
            lines.append(f"Content-Length: {len(body)}")
        lines += [f"{name}: {value}" for name, value in headers]
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        began = time.monotonic()
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(STARTUP)
            connection.connect(str(self.socket))
            with suppress(BrokenPipeError):  # it has heard enough: its answer is there
                connection.sendall(head + (body or b""))
            response = http.client.HTTPResponse(connection, method=method)
            response.begin()
            content = response.read()
        kept = {n.lower(): v for n, v in response.getheaders() if n.lower() not in INCIDENTAL}
        return Answer(response.status, kept, content, time.monotonic() - began)


@contextmanager
def stores() -> Iterator[list[Served]]:
    """An empty store of each kind that the run has: SQLite always, PostgreSQL where its server is at hand."""
    with tempfile.TemporaryDirectory(prefix="newsdb-served-", dir="/tmp") as name:  # a socket's path is short
        directory = Path(name)
        (directory / "sqlite").mkdir()
        sqlite = Served("sqlite", f"sqlite:///{directory / 'db.sqlite3'}", directory / "sqlite")
        server = os.environ["DATABASE_URL"]
        if not server.startswith("postgres"):
            yield [sqlite]
            return
        (directory / "postgresql").mkdir()
        with database(server, f"newsdb_{directory.name}") as url:
            yield [sqlite, Served("postgresql", url, directory / "postgresql")]


@contextmanager
def database(server: str, name: str, template: str = "template1") -> Iterator[str]:
    """A database of PostgreSQL beside that at the address ``server``, a copy of ``template``; its address."""
    address = urlsplit(server)
    with psycopg.connect(address._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield address._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
