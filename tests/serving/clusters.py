"""A PostgreSQL server of a test's own, with a copy of the test database."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.postgresql import Cluster, find_programs

PROGRAMS = find_programs()
#: As docs/how-to/production.md makes a backup and takes it back.
DUMP = ("pg_dump", "--format=custom")
LOAD = ("pg_restore", "--no-owner", "--exit-on-error")


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A server with an empty database."""
    assert PROGRAMS is not None
    cluster = Cluster(PROGRAMS)
    try:
        cluster.start()
        with psycopg.connect(cluster.url.replace("/newsdb?", "/postgres?"), autocommit=True) as maintenance:
            maintenance.execute("CREATE DATABASE newsdb")
        yield cluster
    finally:
        cluster.stop()


def copied(store: str, cluster: Cluster) -> None:
    """Take over what is in ``store``."""
    programs = cluster.programs
    dump = subprocess.run(
        [programs / DUMP[0], *DUMP[1:], f"--dbname={store}"], capture_output=True, check=True
    ).stdout
    subprocess.run([programs / LOAD[0], *LOAD[1:], f"--dbname={cluster.url}"], input=dump, check=True)
