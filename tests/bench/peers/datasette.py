"""Datasette over the same SQLite file: the same SQL as queries of its own, the anchors in it as JSON."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import orjson

from tests.bench.answers import Content, statement
from tests.bench.asks import Ask
from tests.bench.peers.peer import HTTPPeer
from tests.bench.serving import HOST
from tests.bench.sql import SQLITE, sql_of

#: Its limits are for strangers.
_SETTINGS = {"sql_time_limit_ms": 60_000, "max_returned_rows": 1_000}


class Datasette(HTTPPeer):
    """One query by name for each of ``asks``."""

    name = "Datasette"

    def __init__(self, file: Path, asks: Sequence[Ask]) -> None:
        super().__init__()
        self.file = file
        self.queries = {f"query-{n}": ask for n, ask in enumerate(asks) if not ask.held}
        self.metadata = ""

    @staticmethod
    def installed() -> bool:
        """Whether requirements-bench.txt is."""
        return find_spec("datasette") is not None

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Serve on loopback until the end of the block."""
        queries = {name: {"sql": sql_of(ask, SQLITE)} for name, ask in self.queries.items()}
        with TemporaryDirectory() as name:
            metadata = Path(name) / "metadata.json"
            metadata.write_bytes(orjson.dumps({"databases": {self.file.stem: {"queries": queries}}}))
            self.metadata = str(metadata)
            with super().ready():
                yield

    def command(self) -> list[str]:
        """Its own server."""
        settings = [word for name, value in _SETTINGS.items() for word in ("--setting", name, str(value))]
        return [
            *(sys.executable, "-m", "datasette", "serve", str(self.file), "--host", HOST),
            *("--port", str(self.port), "--metadata", self.metadata, *settings),
        ]

    def paths(self, ask: Ask) -> list[str]:
        """It has no ETags for what is in a database that may change."""
        name = next((name for name, known in self.queries.items() if known == ask), None)
        if name is None:
            return []
        page = f"/{self.file.stem}/{name}.json?_shape=array&_json=anchors"
        given = [{"day": day, "id": id} for day, id in ask.positions] or [{"id": id} for id in ask.ids]
        return [f"{page}&{urlencode(each)}" for each in given] or [page]

    def read(self, ask: Ask, body: Any) -> Content:
        """Rows as the query names their columns."""
        if ask.by:
            return [(row["key"], row["count"]) for row in body]
        return [
            statement(
                *(row["id"], row["text"], row["speaker_name"], row["outlet_name"]),
                *(row["date"], row["sha256"], row["anchors"]),
            )
            for row in body
        ]
