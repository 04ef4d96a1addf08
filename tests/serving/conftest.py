"""A store and a directory for servers of their own."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from os import environ
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.hostile.served import database


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    """A directory with a short name."""
    with tempfile.TemporaryDirectory(prefix="newsdb-serving-", dir="/tmp") as name:
        yield Path(name)


@pytest.fixture(scope="module")
def db() -> None:
    """In place of pytest-django's transaction: by the name it knows that there must be a test database."""


@pytest.fixture(scope="module")
def store(
    db: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker, directory: Path
) -> Iterator[str]:
    """The address of a copy of the test database, which within the module is Django's too."""
    test, copy = connection.settings_dict["NAME"], directory / "db.sqlite3"
    with django_db_blocker.unblock(), ExitStack() as stack:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(copy)])
            name, url = str(copy), f"sqlite:///{copy}"
        else:
            name = directory.name
            connection.close()  # nobody may use what is copied
            url = stack.enter_context(database(environ["DATABASE_URL"], name, template=test))
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield url
        finally:
            connection.close()
            connection.settings_dict["NAME"] = test
