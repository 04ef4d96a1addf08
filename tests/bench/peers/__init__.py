"""Whom the same things are asked: newsdb on each store, and what it is measured against."""

from collections.abc import Sequence

from tests.bench.asks import Ask
from tests.bench.databases import Databases
from tests.bench.peers.datasette import Datasette
from tests.bench.peers.limit import Limit
from tests.bench.peers.newsdb import Newsdb
from tests.bench.peers.peer import Peer
from tests.bench.peers.stock import Stock

__all__ = ["Newsdb", "Peer", "newsdb_on", "peers_of"]


def peers_of(databases: Databases, asks: Sequence[Ask]) -> list[Peer]:
    """All that are installed, over one dataset; the first is the limit."""
    peers: list[Peer] = [Limit(databases.postgresql), *newsdb_on(databases), Stock(databases.postgresql)]
    if Datasette.installed():
        peers.append(Datasette(databases.sqlite_file, asks))
    return peers


def newsdb_on(databases: Databases) -> list[Newsdb]:
    """newsdb on PostgreSQL, then on SQLite."""
    return [Newsdb("postgresql", databases.postgresql), Newsdb("sqlite", databases.sqlite)]
