"""What all tests share: the test database, cheap passwords, a browser."""

import gc
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import connection
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from tests.pristine import restoring_pristine

#: What takes longest, and is begun first: a file that is begun last leaves the other workers waiting for it.
LONGEST = (
    "tests/torture/",
    "tests/serving/",
    "tests/bench/",
    "tests/docs/",
    "tests/test_admin_permissions.py",
    "tests/test_every_page.py",
    "tests/hostile/",
)


def pytest_configure() -> None:
    # A proper hash takes a tenth of a second, by intent.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A streamed answer that a test leaves unread is closed by the garbage collector. Django's test client
    # then disconnects this signal, maybe in the midst of disconnecting it: with Django's own lock it would
    # wait for itself.
    request_finished.lock = threading.RLock()


@pytest.hookimpl(trylast=True)  # pytest-django sorts by what a test needs of the database
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what was imported and collected: that stays, and is most of the memory."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Give each worker its own database; SQLite's in a file, since in memory there is no WAL to test."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("store") / "test.sqlite3")
        # A write is compiled with all triggers that it fires, which takes longer than most tests. Of what it
        # compiled, the driver by itself keeps 128 statements, and every savepoint has a statement of its own.
        connection.settings_dict["OPTIONS"]["cached_statements"] = 2000


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, which every test leaves as it was made."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(restoring_pristine())
        yield


@pytest.fixture
def live_server(django_db_setup: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveServer]:
    """A server of its own: one that was started before the test database was set up does not know it.

    It keeps no connection to the database either: as long as Chromium keeps one to the server, the server's
    thread would, and the test database could not be dropped.
    """
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A headless Chromium of its own, 1400 x 1000 pixels; use it with `live_server`."""
    programs = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    missing = " and ".join(name for name, path in programs.items() if path is None)
    if missing:
        reason = f"{missing} not on this machine (Debian: apt-get install chromium chromium-driver)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    options = ChromeOptions()
    options.binary_location = str(programs["chromium"])
    for flag in (
        "headless=new",
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "disable-dev-shm-usage",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "window-size=1400,1000",
        f"user-data-dir={tmp_path_factory.mktemp('browser')}",
    ):
        options.add_argument(f"--{flag}")
    # What it asks for, besides what it complains of: `browser.get_log("performance")`.
    options.set_capability("goog:loggingPrefs", {"browser": "WARNING", "performance": "ALL"})
    chrome = Chrome(options=options, service=ChromeService(executable_path=str(programs["chromedriver"])))
    yield chrome
    chrome.quit()


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The directory that holds manage.py."""
    return Path(settings.BASE_DIR)


@pytest.fixture
def manage(checkout: Path) -> Callable[..., subprocess.CompletedProcess]:
    """Run manage.py, or other arguments for Python, on a database of one's choice."""

    def run(*arguments: object, url: str, succeeds: bool = True) -> subprocess.CompletedProcess:
        program = [sys.executable, *([] if str(arguments[0]) == "-c" else ["manage.py"])]
        done = subprocess.run(
            [*program, *map(str, arguments)],
            cwd=checkout,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) == succeeds, done.stderr
        return done

    return run
