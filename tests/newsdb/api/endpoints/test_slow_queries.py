"""A statement that takes too long ends, on either store, and the client is told alike."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from rest_framework.test import APIClient

from actors.models import Actor
from articles.models import Statement
from newsdb.models.write_errors import is_statement_timeout
from tests.clients import editor, write
from tests.factories import ActorFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

#: Counts for hours, unless it is stopped.
ENDLESS = """WITH RECURSIVE counted(n) AS
(SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 100000000000) SELECT {} FROM counted"""
LIMIT = 0.5  # seconds


@pytest.fixture
def limited() -> Iterator[None]:
    """A connection whose statements may take ``LIMIT``."""
    options = connection.settings_dict["OPTIONS"]
    before = dict(options)
    milliseconds = int(LIMIT * 1000)
    if "PGBOUNCER" in os.environ:  # it refuses options
        set_for_database(f"SET statement_timeout = {milliseconds}")
    elif connection.vendor == "sqlite":
        options["statement_timeout"] = milliseconds
    else:
        options["options"] = f"-c statement_timeout={milliseconds}"
    connection.close()
    yield
    options.clear()
    options.update(before)
    if "PGBOUNCER" in os.environ:
        set_for_database("RESET statement_timeout")
    connection.close()


def set_for_database(change: str) -> None:
    """Change a setting of the database, and end its connections, since only new ones have it."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} {change}")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " ORDER BY pid = pg_backend_pid()"
        )


def count(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ENDLESS.format(what))
        cursor.fetchall()


def count_and_read_ten() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ENDLESS.format("n") + " WHERE n < 0")
        cursor.fetchmany(10)


@transaction.atomic
def write_and_count() -> None:
    ActorFactory()
    count("max(n)")


def test_an_endless_statement_ends(limited: None) -> None:
    began = time.monotonic()
    with pytest.raises(OperationalError) as ended, transaction.atomic():
        count("max(n)")
    assert LIMIT <= time.monotonic() - began < 20 * LIMIT
    assert is_statement_timeout(ended.value)
    assert Actor.objects.count() == 0  # the connection goes on


def test_a_statement_that_takes_its_time_to_be_read_ends_too(limited: None) -> None:
    with pytest.raises(OperationalError) as ended:
        count_and_read_ten()
    assert is_statement_timeout(ended.value)


@pytest.mark.parametrize("read", [lambda cursor: cursor.fetchone(), lambda cursor: cursor.fetchmany(1)[0]])
def test_whoever_reads_slowly_is_not_late(limited: None, read: Callable[[Any], Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ENDLESS.format("n").replace("100000000000", "100000") + " WHERE n % 20000 = 0")
        for number in range(1, 6):
            time.sleep(LIMIT / 3)
            assert read(cursor) == (number * 20_000,)


def test_what_was_written_before_it_is_taken_back(limited: None) -> None:
    with pytest.raises(OperationalError):
        write_and_count()
    assert Actor.objects.count() == 0
    ActorFactory()
    assert Actor.objects.count() == 1


def test_other_failures_are_not_for_being_late() -> None:
    with pytest.raises(Exception, match="nowhere") as failed, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    assert not is_statement_timeout(failed.value)


@pytest.mark.parametrize("path", ["", "?count=on&reviewed=true", "facets/?by=kind&reviewed=true", "export/"])
def test_a_reader_is_told(limited: None, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    StatementFactory()
    # No expression of Django's takes so long.
    endless = Statement.objects.extra(where=[f"({ENDLESS.format('max(n)')}) > 0"])
    monkeypatch.setattr("articles.api.views.StatementViewSet.queryset", endless)
    answer = APIClient().get(f"/api/v1/statements/{path}")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Retry-After"] == "5"
    assert answer.json()["detail"].startswith("The query took too long.")


def test_a_writer_is_told_that_nothing_was_changed(limited: None, monkeypatch: pytest.MonkeyPatch) -> None:
    statement = StatementFactory(cue="said")
    monkeypatch.setattr(Statement, "clean", lambda self: count("max(n)"))
    answer = write(editor(), "patch", f"statements/{statement.uid}/", {"cue": "added"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    statement.refresh_from_db()
    assert statement.cue == "said"
