"""Every store that the run has, filled alike, each behind a server of its own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.hostile.served import Served, stores


@pytest.fixture(scope="module")
def servers(django_db_setup: None) -> Iterator[list[Served]]:
    """The servers. With the test database, so that they are among the tests of the database on PostgreSQL."""
    with stores() as found, ExitStack() as running, ThreadPoolExecutor() as pool:
        filled = pool.map(lambda server: server.run("-m", "tests.hostile.dataset"), found)
        found[0].run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")  # pages name these files
        list(filled)
        for server in found:
            running.enter_context(server.serving())
        yield found
