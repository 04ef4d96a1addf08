"""A kept connection is tried before it is used, but costs no round trip while all is well."""

import select
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from newsdb.postgresql.base import DatabaseWrapper

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL's connections"),
]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The connection as between two requests; how often it was tried."""
    tries: list[str] = []
    usable = DatabaseWrapper.is_usable

    def counted(self: DatabaseWrapper) -> bool:
        tries.append("tried")
        return usable(self)

    monkeypatch.setattr(DatabaseWrapper, "is_usable", counted)
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    connection.close()
    connection.ensure_connection()
    connection.close_if_unusable_or_obsolete()
    yield tries
    connection.close()


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    return int(number)


def elsewhere(sql: str) -> None:
    parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
    with psycopg.connect(**parameters, autocommit=True) as other:
        other.execute(sql)


def test_an_idle_connection_is_not_tried(kept: list[str]) -> None:
    first = backend()
    connection.close_if_unusable_or_obsolete()
    assert backend() == first
    assert kept == []


def test_one_that_the_server_ended_is_replaced(kept: list[str]) -> None:
    first = backend()
    connection.close_if_unusable_or_obsolete()
    elsewhere(f"SELECT pg_terminate_backend({first}, 5000)")
    assert backend() != first
    assert kept == ["tried"]


def test_one_that_has_something_to_say_is_tried_and_kept(kept: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("LISTEN newsdb_test")
    first = backend()
    connection.close_if_unusable_or_obsolete()
    elsewhere("NOTIFY newsdb_test")
    assert select.select([connection.connection.fileno()], [], [], 10)[0]  # it has arrived
    assert backend() == first
    assert kept == ["tried"]
