"""Behind PgBouncer in transaction mode newsdb answers as it does without, and a slow query is cut short."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import urllib3
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.clients import make_editor, token_for
from tests.factories import anchored_statement
from tests.pgbouncer import NO_POOLER, PROGRAM, all_of, pooling
from tests.serving.clusters import PROGRAMS, copied, running_cluster
from tests.serving.server import Server, serving
from tests.stores import NO_SERVER

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
    pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER),
    pytest.mark.skipif(PROGRAM is None, reason=NO_POOLER),
]


@dataclass(frozen=True)
class Pooled:
    """A server behind PgBouncer, an editor's token for it, and the database's own address."""

    server: Server
    token: str
    database: str

    def ask(self, path: str, method: str = "GET", **facts: Any) -> urllib3.BaseHTTPResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if method == "POST" else {}
        address = f"{self.server.address}/api/v1/{path}"
        return urllib3.request(method, address, headers=headers, timeout=60, retries=False, **facts)


@pytest.fixture(scope="module")
def pooled(store: str, directory: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Pooled]:
    with django_db_blocker.unblock():
        anchored_statement("The ferry runs again from Monday")
        secret = token_for(make_editor())
        connection.close()
    with running_cluster() as cluster:
        copied(store, cluster)
        with psycopg.connect(cluster.url, autocommit=True) as database:
            database.execute("ALTER ROLE newsdb IN DATABASE newsdb SET statement_timeout = '500ms'")
        with pooling(all_of(cluster.directory)) as pooler:
            server = Server(directory, pooler.url("newsdb"), PGBOUNCER="true", RESPONSE_CACHE_BYTES="0")
            with serving(server):
                yield Pooled(server, secret, cluster.url)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("statements/", b"The ferry runs"),
        ("statements/?q=ferr*", b"The ferry runs"),
        ("statements/facets/?by=year", b'"undated":1'),
        ("articles/", b'"headline":'),
    ],
)
def test_lists_are_answered_whoever_gets_the_connection(pooled: Pooled, path: str, told: bytes) -> None:
    with ThreadPoolExecutor(8) as clients:  # four times as many as there are connections
        answers = list(clients.map(lambda _: pooled.ask(path), range(32)))
    assert {(answer.status, answer.data) for answer in answers} == {(200, answers[0].data)}
    assert told in answers[0].data


def test_an_export_is_whole(pooled: Pooled) -> None:
    export = pooled.ask("statements/export/?format=jsonl")
    assert [json.loads(line)["text"] for line in export.data.splitlines()] == [
        "The ferry runs again from Monday"
    ]


def test_a_quotation_is_checked(pooled: Pooled) -> None:
    body = {"quotations": [{"words": "the ferry runs again from Monday"}]}
    answer = pooled.ask("checks/", "POST", json=body)
    assert answer.json()["quotations"][0]["matches"][0]["words"] == "same"


def test_the_history_says_whose_write_it_was(pooled: Pooled) -> None:
    """The triggers learn it from settings, which must not reach whoever gets the connection next."""
    with ThreadPoolExecutor(2) as clients:
        bodies = [{"slug": f"pooled-{number}", "name": "Ada"} for number in range(16)]
        written = list(clients.map(lambda body: pooled.ask("actors/", "POST", json=body).status, bodies))
    assert set(written) == {201}
    with psycopg.connect(pooled.database) as database:
        actors = "SELECT DISTINCT actor FROM newsdb_change WHERE snapshot ->> 'slug' LIKE 'pooled-%'"
        assert database.execute(actors).fetchall() == [("ines",)]
        left = "SELECT current_setting('newsdb.actor', true)"
        assert database.execute(left).fetchall() in ([(None,)], [("",)])


def test_a_slow_query_is_cut_short(pooled: Pooled) -> None:
    with psycopg.connect(pooled.database) as other:
        other.execute("LOCK TABLE articles_statement IN ACCESS EXCLUSIVE MODE")
        answer = pooled.ask("statements/")
        other.rollback()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert pooled.ask("statements/").status == 200
