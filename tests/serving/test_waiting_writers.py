"""Reading does not wait for writing: readers are answered while a writer holds what all others wait for."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import urllib3
from django.db import connection, transaction

from newsdb.ledger.postgresql import LOCK
from newsdb.models import Token
from tests.clients import make_editor, token_for
from tests.factories import ActorFactory
from tests.serving.server import Server, serving

#: So many write at once, and so many of them may wait for the one whom all wait for.
WRITERS, WAITING = 8, 2
#: Seconds in which readers are answered on any machine; a writer waits for 20.
PATIENCE = 8


@contextmanager
def writing() -> Iterator[None]:
    """Another connection writes, and does not come to an end."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            Token.objects.select_for_update().get()  # to note its use is to write, too
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


class Clients:
    """Clients with a token, each on a connection of its own."""

    def __init__(self, server: Server, secret: str) -> None:
        self.address, self.headers = server.address, {"Authorization": f"Bearer {secret}"}
        self.written: list[urllib3.BaseHTTPResponse] = []
        self.turned_away = threading.Event()

    def ask(self, method: str, path: str, **facts: Any) -> urllib3.BaseHTTPResponse:
        return urllib3.request(
            method, self.address + path, headers=self.headers, timeout=60, retries=False, **facts
        )

    def write(self, number: int) -> None:
        body = {"slug": f"waiting-{number}", "name": "Ada"}
        self.written.append(self.ask("POST", "/api/v1/actors/", json=body))
        if len(self.written) >= WRITERS - WAITING:
            self.turned_away.set()


def test_readers_are_answered_while_writers_wait(store: str, directory: Path) -> None:
    ActorFactory()
    clients = Clients(server := Server(directory, store), token_for(make_editor()))
    with serving(server):
        threads = [threading.Thread(target=clients.write, args=[number]) for number in range(WRITERS)]
        with writing():
            assert clients.ask("GET", "/api/v1/actors/").status == 200
            for thread in threads:
                thread.start()
            # As many as may wait do; whoever comes after them is told so at once.
            assert clients.turned_away.wait(60)
            refused = list(clients.written)
            began = time.monotonic()
            for _ in range(3):
                assert clients.ask("GET", "/api/v1/actors/?limit=1").status == 200
                assert clients.ask("GET", "/readyz").status == 200
            assert time.monotonic() - began < PATIENCE
        for thread in threads:
            thread.join(60)
        clients.write(WRITERS)
    assert {answer.status for answer in refused} == {503}
    assert {answer.headers["Retry-After"] for answer in refused} == {"1"}
    assert all("Other writes are in progress" in answer.json()["detail"] for answer in refused)
    assert clients.written[-1].status == 201
    # Noted by whoever came when nobody else was writing.
    assert Token.objects.get().last_used_at is not None
