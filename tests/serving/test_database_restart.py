"""PostgreSQL is stopped and started under load: requests fail only meanwhile, and say how to go on."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests import postgresql
from tests.postgresql import Cluster, find_programs
from tests.serving.load import under_load
from tests.serving.server import Server, serving
from tests.stores import NO_SERVER

PROGRAMS = find_programs()
pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
    pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER),
]
#: Within it everything is as before once the server answers again.
RECOVERY = 2.0  # seconds
SET_UP = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.clients import make_editor, token_for
print(token_for(make_editor()))
"""


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A server of its own, since it is going to be stopped; what it confirms outlives an immediate end."""
    monkeypatch.setitem(postgresql.SETTINGS, "synchronous_commit", "on")
    assert PROGRAMS is not None
    cluster = Cluster(PROGRAMS)
    try:
        cluster.start()
        with psycopg.connect(cluster.url.replace("/newsdb?", "/postgres?"), autocommit=True) as maintenance:
            maintenance.execute("CREATE DATABASE newsdb")
        yield cluster
    finally:
        cluster.stop()


def set_up(server: Server) -> str:
    """Make the tables and an editor; the editor's token."""
    code = f"import django; django.setup(){SET_UP}"
    environment = {
        **server.environment,
        "DJANGO_SETTINGS_MODULE": "newsdb.settings",
        "STATEMENT_TIMEOUT": "0",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.torture(times=3)
def test_requests_fail_only_while_it_is_down(cluster: Cluster, tmp_path: Path, seed: int) -> None:
    server = Server(tmp_path, cluster.url)
    secret = set_up(server)
    with serving(server):
        before = server.workers()
        with under_load(server.address, secret, seed) as load:
            for mode in ("fast", "immediate"):
                time.sleep(1)
                went = time.monotonic()
                cluster.halt(mode)
                assert server.status("/livez") == 200
                assert server.status("/readyz") == 503
                time.sleep(0.5)
                cluster.resume()
                back = time.monotonic()
                server.wait_until_ready()
                assert time.monotonic() - back < RECOVERY
                time.sleep(1.5)
                meanwhile = [failure for failure in load.failures if failure.at >= went]
                assert meanwhile
                assert {(failure.status, failure.retry_after) for failure in meanwhile} == {(503, "2")}
                assert max(failure.at for failure in meanwhile) < back + RECOVERY
                assert [failure for failure in load.failures if failure.at < went] == []
                load.failures.clear()
        assert server.workers() == before
    assert load.written.keys() <= set(names(cluster))
    assert {200, 201, 304} <= load.answers.keys()


def names(cluster: Cluster) -> Iterator[str]:
    """The slugs of all actors there."""
    with psycopg.connect(cluster.url) as reading:
        yield from (slug for (slug,) in reading.execute("SELECT slug FROM actors_actor"))
