"""A base backup and the write-ahead log bring a server back as it was at a moment, as the how-to says."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.factories import anchored_statement
from tests.postgresql import Cluster
from tests.serving.clusters import PROGRAMS, copied, running_cluster
from tests.serving.conftest import db, directory, store  # noqa: F401
from tests.stores import NO_SERVER

PATIENCE = 60  # seconds

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
    pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER),
]


def release_of(url: str, at: Path) -> dict[str, bytes]:
    """What a release of this database holds, by file."""
    subprocess.run(
        [sys.executable, "manage.py", "export_dataset", at, "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
    )
    return {file.name: file.read_bytes() for file in at.glob("*.jsonl")}


def archive_the_log(cluster: Cluster, archive: Path) -> None:
    """Have the server copy each full segment of its log into ``archive``."""
    with psycopg.connect(cluster.url, autocommit=True) as database:
        database.execute("ALTER SYSTEM SET archive_mode = on")
        database.execute("ALTER SYSTEM SET full_page_writes = on")
        copy = f"test ! -f {archive}/%f && cp %p {archive}/%f"
        database.execute(f"ALTER SYSTEM SET archive_command = '{copy}'".encode())
    cluster.halt()
    cluster.resume()


def restore(backup: Cluster, archive: Path, until: str) -> None:
    """Start the server of a base backup, on the log up to a moment."""
    with (backup.data / "postgresql.auto.conf").open("a") as configuration:
        configuration.write(
            f"archive_mode = off\nrestore_command = 'cp {archive}/%f %p'\n"
            f"recovery_target_time = '{until}'\nrecovery_target_action = promote\n"
        )
    signal = backup.data / "recovery.signal"
    signal.touch()
    if owner := backup.owner():
        os.chown(signal, owner["user"], owner["group"])
    backup.resume()
    end = time.monotonic() + PATIENCE
    with psycopg.connect(backup.url, autocommit=True) as database:
        while database.execute("SELECT pg_is_in_recovery()").fetchall() == [(True,)]:
            assert time.monotonic() < end, backup.log.read_text()
            time.sleep(0.1)


@pytest.mark.torture(times=1)
def test_it_is_as_it_was_at_a_moment(
    seed: int,
    request: pytest.FixtureRequest,
    store: str,  # noqa: F811
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    if not request.config.getoption("--torture"):
        pytest.skip("It restores a whole server: make torture")
    with django_db_blocker.unblock():
        anchored_statement("The ferry runs again from Monday")
        connection.close()
    with running_cluster() as cluster:
        copied(store, cluster)
        archive = cluster.directory / "archive"
        archive.mkdir(mode=0o777)
        archive.chmod(0o777)
        archive_the_log(cluster, archive)
        backup = Cluster(cluster.programs)
        try:
            if owner := cluster.owner():
                os.chown(backup.directory, owner["user"], owner["group"])
            backup._run("pg_basebackup", f"--host={cluster.directory}", "--username=newsdb", **owner)
            with psycopg.connect(cluster.url, autocommit=True) as database:
                database.execute("UPDATE actors_actor SET name = name || ' the Second'")
                wanted = release_of(cluster.url, tmp_path / "wanted")
                [(until,)] = database.execute("SELECT now()::text").fetchall()
                database.execute("UPDATE actors_actor SET name = 'Spoilt'")
                database.execute("SELECT pg_switch_wal()")
            assert release_of(cluster.url, tmp_path / "spoilt") != wanted
            cluster.halt()
            restore(backup, archive, until)
            assert release_of(backup.url, tmp_path / "restored") == wanted
        finally:
            backup.stop()
