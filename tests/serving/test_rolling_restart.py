"""Workers are exchanged, and the whole server is stopped and started, and no request fails for it."""

import time
from pathlib import Path

import pytest

from actors.models import Actor
from tests.clients import make_editor, token_for
from tests.factories import StatementFactory
from tests.serving.load import under_load
from tests.serving.server import Server, database_url, serving


@pytest.mark.torture(times=2)
@pytest.mark.django_db(transaction=True)
def test_no_request_fails(tmp_path: Path, seed: int, pytestconfig: pytest.Config) -> None:
    StatementFactory.create_batch(5)
    secret = token_for(make_editor())
    long = pytestconfig.getoption("torture")
    ends = time.monotonic() + (30 if long else 0)
    rounds = 0
    server = Server(tmp_path, database_url(), workers=2 if long else 1)
    with serving(server), under_load(server.address, secret, seed) as load:
        while time.monotonic() < ends or not rounds:
            time.sleep(1)
            server.reload()
            time.sleep(1)
            server.stop()
            server.start()
            time.sleep(1)
            rounds += 1
    assert load.failures == []
    assert {200, 201, 304} <= load.answers.keys()
    assert dict(Actor.objects.filter(slug__startswith="a-").values_list("slug", "name")) == load.written
