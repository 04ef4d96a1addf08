"""PostgreSQL is stopped and started under load: requests fail only meanwhile, and say how to go on."""

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests import postgresql
from tests.clients import make_editor, token_for
from tests.postgresql import Cluster
from tests.serving.clusters import PROGRAMS, copied, running_cluster
from tests.serving.load import under_load
from tests.serving.server import Server, serving
from tests.stores import NO_SERVER

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
    pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER),
]
#: Within it everything is as before once the server answers again.
RECOVERY = 2.0  # seconds


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A server of its own, since it is going to be stopped; what it confirms outlives an immediate end."""
    monkeypatch.setitem(postgresql.SETTINGS, "synchronous_commit", "on")
    with running_cluster() as cluster:
        yield cluster


@pytest.mark.torture(times=3)
def test_requests_fail_only_while_it_is_down(
    store: str, cluster: Cluster, directory: Path, seed: int, pytestconfig: pytest.Config
) -> None:
    secret = token_for(make_editor())
    copied(store, cluster)
    server = Server(directory, cluster.url)
    with serving(server):
        before = server.workers()
        with under_load(server.address, secret, seed) as load:
            for mode in ("fast", "immediate") if pytestconfig.getoption("torture") else ("fast",):
                time.sleep(0.5)
                went = time.monotonic()
                cluster.halt(mode)
                assert [server.status(path) for path in ("/livez", "/readyz")] == [200, 503]
                time.sleep(0.2)
                cluster.resume()
                back = time.monotonic()
                server.wait_until_ready()
                assert time.monotonic() - back < RECOVERY
                time.sleep(1)
                meanwhile = [failure for failure in load.failures if failure.at >= went]
                assert meanwhile
                told = {(failure.status, failure.retry_after) for failure in meanwhile}
                # A write may have waited for another that waited for the server.
                assert {(503, "2")} <= told <= {(503, "2"), (503, "1")}
                assert max(failure.at for failure in meanwhile) < back + RECOVERY
                assert [failure for failure in load.failures if failure.at < went] == []
                load.failures.clear()
        # A connection that was idle meanwhile is replaced before it is used.
        cluster.halt()
        cluster.resume()
        with under_load(server.address, secret, seed + 1) as rested:
            time.sleep(0.5)
        assert rested.failures == []
        assert server.workers() == before
    assert {200, 201} <= load.answers.keys()
    with psycopg.connect(cluster.url) as reading:
        there = {slug for (slug,) in reading.execute("SELECT slug FROM actors_actor")}
    assert (load.written | rested.written).keys() <= there
