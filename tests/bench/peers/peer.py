"""What every peer can do, and what those have in common that answer over HTTP."""

import http.client
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import orjson

from tests.bench.answers import Content, DifferenceError
from tests.bench.asks import Ask
from tests.bench.load import ask_http
from tests.bench.machine import pinned
from tests.bench.options import ROOT
from tests.bench.serving import HOST

STARTUP = 120  # seconds


class Peer(Protocol):
    """Answers requests, unless it cannot; is compared first and timed then."""

    name: str

    @contextmanager
    def ready(self) -> Iterator[None]:
        """While this lasts it can be asked."""

    def knows(self, ask: Ask) -> bool:
        """Whether it can answer this."""

    def answer(self, ask: Ask) -> Content:
        """What it says, of several pages the first. Raises DifferenceError where that is no answer."""

    def rate(self, ask: Ask, seconds: int) -> float:
        """How many such requests it answers in a second. Raises LoadError."""


class HTTPPeer:
    """A server of its own process, or several, on one core."""

    name = ""

    def __init__(self) -> None:
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    # What each peer says for itself.

    def command(self) -> list[str]:
        """What starts it, listening at ``self.port``."""
        raise NotImplementedError

    def environment(self) -> Mapping[str, str]:
        """What it is told besides."""
        return {}

    def paths(self, ask: Ask) -> list[str]:
        """Where to ask it; empty where it has no answer."""
        raise NotImplementedError

    def read(self, ask: Ask, body: Any) -> Content:
        """What is in its JSON."""
        raise NotImplementedError

    # What all do alike.

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Serve on loopback until the end of the block. Raises RuntimeError where it does not start."""
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]
        with tempfile.TemporaryFile() as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=ROOT,
                env={**os.environ, **self.environment()},
                stdout=log,
                stderr=log,
                preexec_fn=pinned("server"),
            )
            try:
                self._wait(log)
                yield
            finally:
                self.process.terminate()
                try:
                    self.process.wait(30)
                except subprocess.TimeoutExpired:
                    self.process.kill()

    def _wait(self, log: Any) -> None:
        assert self.process
        patience = time.monotonic() + STARTUP
        while time.monotonic() < patience and self.process.poll() is None:
            try:
                self.get("/")
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            else:
                return
        log.seek(0)
        raise RuntimeError(f"{self.name} does not start: {log.read().decode(errors='replace')[-2000:]}")

    def get(
        self, path: str, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers by name in lower case, and body of one answer."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=STARTUP)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        finally:
            connection.close()

    def knows(self, ask: Ask) -> bool:
        """Whether it can answer this."""
        return bool(self.paths(ask))

    def rate(self, ask: Ask, seconds: int) -> float:
        """How many such requests it answers in a second. Raises LoadError."""
        paths = self.paths(ask)
        held = self.get(paths[0])[1]["etag"] if ask.held else ""
        rate, _ = ask_http(f"http://{HOST}:{self.port}", paths, seconds, held)
        return rate

    def answer(self, ask: Ask) -> Content:
        """What it says. Raises DifferenceError where that is an error, or a 304 was due and did not come."""
        path = self.paths(ask)[0]
        status, headers, body = self.get(path)
        if status != 200:
            raise DifferenceError(
                f"{ask.name}: {self.name} answers {status}: {body[:500].decode(errors='replace')}"
            )
        if ask.held:
            status, _, _ = self.get(path, {"If-None-Match": headers.get("etag", "")})
            if status != 304:
                raise DifferenceError(f"{ask.name}: {self.name} answers {status} to the ETag it has given")
        return self.read(ask, orjson.loads(body))
