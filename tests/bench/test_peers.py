"""The same questions to newsdb, to what it is measured against, and to the rows themselves: one answer."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection

from tests.bench.answers import Content, statement
from tests.bench.asks import HELD, NEWEST, POPULAR, RARE_WORD, asks
from tests.bench.dataset.columns import TABLES
from tests.bench.dataset.filling import fill
from tests.bench.dataset.making import made
from tests.bench.dataset.plan import Plan
from tests.bench.dataset.rows import people_and_outlets
from tests.bench.options import LIMIT
from tests.bench.peers import Newsdb, Peer
from tests.bench.peers.datasette import Datasette
from tests.bench.peers.limit import Limit
from tests.bench.peers.stock import Stock
from tests.bench.serving import PRODUCTION
from tests.bench.sizes import on_postgresql, on_sqlite
from tests.bench.words import database_time

PLAN = Plan(statements=400, seed=5)
ASKS = asks(PLAN)


@pytest.fixture
def url(transactional_db: None) -> Iterator[str]:
    """The address of the test database, filled; what was gathered about its rows is forgotten afterwards."""
    fill(PLAN, connection, lambda items, name, total: items, processes=0)
    name = str(connection.settings_dict["NAME"])
    server = urlsplit(os.environ["DATABASE_URL"])
    yield f"sqlite:///{name}" if connection.vendor == "sqlite" else server._replace(path=f"/{name}").geturl()
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture
def peers(url: str, settings: Any) -> Iterator[Sequence[Any]]:
    """All that there are on this store, serving; newsdb first."""
    settings.SECRET_KEY = PRODUCTION["SECRET_KEY"]  # signs cursors as the servers do
    known: list[Any] = [Newsdb(connection.vendor, url)]
    if connection.vendor == "postgresql":
        known += [Limit(url), Stock(url)]
    elif Datasette.installed():
        known.append(Datasette(Path(url.removeprefix("sqlite:///")), ASKS))
    with ExitStack() as stack:
        for peer in known:
            stack.enter_context(peer.ready())
        yield known


def newest() -> Content:
    """The newest page, as the rows themselves have it, whatever the store."""
    people = people_and_outlets(PLAN)
    names = {
        table: [row[3 if table == "actor" else 2] for row in people[table]] for table in ("actor", "outlet")
    }
    rows = next(made(PLAN, 0))

    def facts(table: str) -> list[dict[str, Any]]:
        return [dict(zip(TABLES[table].varying, row, strict=True)) for row in rows[table]]

    hashes = {capture["id"]: capture["sha256"] for capture in facts("capture")}
    statements = facts("statement")
    for row in statements:
        row["date"] = row["said_on"] or row["published_on"]
    statements.sort(key=lambda row: (row["date"] or "", row["id"]), reverse=True)
    return [
        statement(
            *(row["id"], row["text"], row["speaker_id"] and names["actor"][row["speaker_id"] - 1]),
            *(names["outlet"][row["outlet_id"] - 1], row["date"], hashes[row["capture_id"]]),
            [anchor for anchor in facts("anchor") if anchor["statement_id"] == row["id"]],
        )
        for row in statements[:LIMIT]
    ]


def test_all_say_the_same(peers: Sequence[Peer], url: str) -> None:
    newsdb, *others = peers
    answers = {ask.name: newsdb.answer(ask) for ask in ASKS}
    assert answers[NEWEST] == newest()
    assert {name for name, answer in answers.items() if not answer} <= {RARE_WORD}
    for ask in ASKS:
        for peer in others:
            if peer.knows(ask):
                assert peer.answer(ask) == answers[ask.name], (peer.name, ask.name)
    assert answers[HELD] == answers[POPULAR]
    if shutil.which("wrk"):
        assert all(peer.rate(ASKS[0], 1) > 1 for peer in peers)


def test_what_is_asked_of_a_store_by_itself(url: str) -> None:
    took = database_time(url, [word for ask in ASKS if (word := ask.words)])
    assert len(took) == 2
    assert all(0 < milliseconds < 1000 for milliseconds in took.values())
    postgresql = connection.vendor == "postgresql"
    sizes = on_postgresql(url) if postgresql else on_sqlite(Path(url.removeprefix("sqlite:///")))
    assert all(sizes.values()), sizes
    assert 2_000 < sum(sizes.values()) / PLAN.statements < 20_000
    if not postgresql:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (page_count - freelist_count) * page_size"
                " FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
            )
            assert cursor.fetchone() == (sum(sizes.values()),)
