"""An export that breaks off is left unterminated, and its reader sees an error."""

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from actors.models import Actor
from tests.serving.server import HOST, Server, serving

#: More than one chunk, of which the first is more than a socket holds.
ACTORS = 2500


def ask(server: Server, path: str) -> http.client.HTTPResponse:
    """The answer, of which nothing but the head was read."""
    client = socket.socket(socket.AF_UNIX)
    client.connect(str(server.socket))
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
    answer = http.client.HTTPResponse(client)
    client.close()  # the answer keeps it open
    answer.begin()
    assert answer.status == 200
    return answer


@contextmanager
def without_roles() -> Iterator[None]:
    """The next chunk cannot be read."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE actors_role RENAME TO elsewhere")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE elsewhere RENAME TO actors_role")


def test_its_reader_sees_an_error(store: str, directory: Path) -> None:
    name = "A name that fills the socket " * 6
    Actor.objects.bulk_create([Actor(slug=f"actor-{n}", name=f"{name}{n}") for n in range(ACTORS)])
    with serving(server := Server(directory, store)):
        for form, head in (("jsonl", 0), ("csv", 1)):
            path = f"/api/v1/actors/export/?format={form}"
            assert len(ask(server, path).read().splitlines()) == head + Actor.objects.count()
            broken = ask(server, path)
            with without_roles(), pytest.raises(http.client.IncompleteRead) as raised:
                broken.read()
            lines = raised.value.partial.splitlines()
            assert len(lines) == head + 1000
            if form == "jsonl":
                assert json.loads(lines[-1]).keys() == json.loads(lines[0]).keys()
