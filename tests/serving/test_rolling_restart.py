"""Workers are exchanged, and the whole server is stopped and started, and no request fails for it."""

import time
from pathlib import Path

import pytest

from actors.models import Actor
from tests.clients import make_editor, token_for
from tests.factories import StatementFactory
from tests.serving.load import under_load
from tests.serving.server import Server, serving


@pytest.mark.torture(times=2)
def test_no_request_fails(store: str, directory: Path, seed: int, pytestconfig: pytest.Config) -> None:
    StatementFactory.create_batch(5)
    earlier = set(Actor.objects.values_list("slug", flat=True))
    long = pytestconfig.getoption("torture")
    server = Server(directory, store, WEB_CONCURRENCY="2" if long else "1")
    ends = time.monotonic() + (30 if long else 0)
    rounds = 0
    with serving(server), under_load(server.address, token_for(make_editor()), seed) as load:
        while time.monotonic() < ends or not rounds:
            time.sleep(0.5)
            server.reload()
            time.sleep(0.5)
            if long:  # the short form of this is that with nginx in front
                server.stop()
                server.start()
                time.sleep(0.5)
            rounds += 1
    assert load.failures == []
    assert {200, 201} <= load.answers.keys()
    assert dict(Actor.objects.exclude(slug__in=earlier).values_list("slug", "name")) == load.written
