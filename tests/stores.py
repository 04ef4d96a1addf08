"""Which store the tests run on: pytest's option `--store`, settled before Django reads its settings.

It is a plugin (`-p tests.stores` in pyproject.toml) because pytest-django loads the settings before any
conftest.py is read.
"""

import argparse
import os
import signal
import sys
from collections.abc import Generator
from typing import Any

import pytest

from tests.pgbouncer import NO_POOLER, PROGRAM, Pooler, all_of
from tests.postgresql import Cluster, find_programs

STORES = ("sqlite", "postgresql")
NO_SERVER = (
    "NOT RUN: the tests on PostgreSQL. No server programs (initdb, pg_ctl) are on this machine and no "
    "DATABASE_URL names a server. Install them (Debian: apt-get install postgresql) or set DATABASE_URL."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--store",
        choices=STORES,
        help="run on this store (default: the one DATABASE_URL names, else sqlite). postgresql means the "
        "server of DATABASE_URL or TEST_DATABASE_URL, else a throwaway one started for this run.",
    )
    parser.addoption(
        "--pgbouncer", action="store_true", help="reach the throwaway server through PgBouncer alone."
    )
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out what is the same on either store: without the test database, or marked so.",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("pgbouncer"):
        # It keeps connections to the test database, which can then not be dropped; it goes with its server.
        config.option.reuse_db = True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("database_only"):
        config.hook.pytest_deselected(items=[item for item in items if not depends_on_store(item)])
        items[:] = [item for item in items if depends_on_store(item)]


def depends_on_store(item: Any) -> bool:
    """Whether a test asks for the test database (by its mark, by a fixture, as one of Django's test cases).

    One marked ``any_store`` asks for it, but its answer is a browser's, a generated client's or a worker's.
    """
    if item.get_closest_marker("any_store"):
        return False
    of_django = hasattr(getattr(item, "cls", None), "databases")
    return of_django or "django_db_setup" in item.fixturenames or bool(item.get_closest_marker("django_db"))


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    options = early_config.known_args_namespace
    # A worker of pytest-xdist inherits what its controller settled.
    if "PYTEST_XDIST_WORKER" not in os.environ and not (options.help or options.version):
        _settle(early_config, options)
    yield


def _settle(config: pytest.Config, options: argparse.Namespace) -> None:
    # Workers must all see a set in the same order, since parameters of tests come from sets too.
    os.environ.setdefault("PYTHONHASHSEED", str(os.getpid()))
    # What a developer has set up to run newsdb with must not decide what the tests see.
    os.environ["ENV_FILE"] = os.devnull
    for name in ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "PORT"):
        os.environ.pop(name, None)

    os.environ.pop("PGBOUNCER", None)
    if options.pgbouncer:
        os.environ |= {"DATABASE_URL": _pooled_server(config), "PGBOUNCER": "true"}
        return
    given, kept_for_tests = (_postgresql_url(name) for name in ("DATABASE_URL", "TEST_DATABASE_URL"))
    if options.store == "postgresql" or (given and not options.store):
        os.environ["DATABASE_URL"] = given or kept_for_tests or _throwaway_server(config).url
    else:
        os.environ["DATABASE_URL"] = "sqlite://:memory:"  # conftest.py gives the tests a file


def _postgresql_url(name: str) -> str:
    url = os.environ.get(name, "")
    return url if url.startswith(("postgres:", "postgresql:")) else ""


def _throwaway_server(config: pytest.Config) -> Cluster:
    """Start a server that ends with this run; end the run if there is none to start."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("CI"):
            raise pytest.UsageError(NO_SERVER)
        sys.stdout.write(f"{NO_SERVER}\n")
        sys.exit(0)
    cluster = Cluster(programs)
    config.add_cleanup(cluster.stop)
    # Whoever ends the run with SIGTERM gets the same tidying up as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cluster.start()
    return cluster


def _pooled_server(config: pytest.Config) -> str:
    """The same for a server behind PgBouncer."""
    if PROGRAM is None:
        raise pytest.UsageError(NO_POOLER)
    pooler = Pooler(all_of(_throwaway_server(config).directory))
    config.add_cleanup(pooler.stop)
    pooler.start()
    return pooler.url("newsdb")
