"""The throwaway server: reachable, sorted unlike bytes, private, and gone when it is stopped."""

from pathlib import Path

import psycopg
import pytest

from tests import postgresql
from tests.postgresql import Cluster, find_programs
from tests.stores import NO_SERVER

PROGRAMS = find_programs()


@pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER)
def test_cluster_serves_and_leaves_nothing() -> None:
    assert PROGRAMS is not None
    cluster = Cluster(PROGRAMS)
    try:
        cluster.start()
        connection = psycopg.connect(cluster.url.replace("/newsdb?", "/postgres?"), autocommit=True)
        ordered = connection.execute("SELECT 'é' < 'z', 'a' < 'B', lower('É')").fetchone()
        addresses = connection.execute("SHOW listen_addresses").fetchone()
        assert ordered == (True, True, "é")
        assert addresses == ("",)
        assert cluster.directory.stat().st_mode & 0o077 == 0
    finally:
        cluster.stop()
    assert not cluster.directory.exists()
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    cluster.stop()


@pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER)
def test_cluster_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    assert PROGRAMS is not None
    monkeypatch.setitem(postgresql.SETTINGS, "shared_buffers", "nonsense")
    cluster = Cluster(PROGRAMS)
    try:
        with pytest.raises(RuntimeError, match="shared_buffers"):
            cluster.start()
    finally:
        cluster.stop()
    assert not cluster.directory.exists()


def test_programs_are_found_only_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("initdb", "pg_ctl"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find_programs()
    assert found is None or found != tmp_path
    (tmp_path / "postgres").touch(mode=0o755)
    assert find_programs() == tmp_path
