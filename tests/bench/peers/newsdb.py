"""newsdb as the README serves it, by one worker: a ratio is of one core."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson

from newsdb.api.request import cursors
from tests.bench.answers import Content, statement
from tests.bench.asks import Ask
from tests.bench.options import LIMIT
from tests.bench.peers.peer import HTTPPeer
from tests.bench.serving import PRODUCTION, gunicorn

STATEMENTS = "/api/v1/statements/"


class Newsdb(HTTPPeer):
    """All of it: authentication, quotas, strict parameters, filters."""

    def __init__(self, store: str, url: str) -> None:
        super().__init__()
        self.store, self.url = store, url
        self.name = f"newsdb, {'PostgreSQL' if store == 'postgresql' else 'SQLite'}"

    def command(self) -> list[str]:
        """gunicorn, as the README has it."""
        return gunicorn("newsdb.wsgi", self.port)

    def environment(self) -> Mapping[str, str]:
        """Production, on this store."""
        return {**PRODUCTION, "DATABASE_URL": self.url}

    def paths(self, ask: Ask) -> list[str]:
        """Under ``/api/v1/statements/``."""
        if ask.ids:
            return [self._record(id) for id in ask.ids]
        query = [("speaker", speaker.slug) for speaker in ask.speakers]
        query += [("outlet", ask.outlet.slug)] if ask.outlet else []
        for name, value in {"date_after": ask.after, "date_before": ask.before, "q": ask.words}.items():
            query += [(name, value)] if value else []
        if ask.by:
            return [f"{STATEMENTS}facets/?{urlencode([*query, ('by', ask.by)])}"]
        page = f"{STATEMENTS}?{urlencode([*query, ('limit', str(LIMIT))])}"
        return [f"{page}&cursor={cursor}" for cursor in self._cursors(page, ask)] if ask.positions else [page]

    def _record(self, id: int) -> str:
        """The address that a statement's integer id redirects to."""
        if id not in self._records:
            self._records[id] = urlsplit(self.get(f"{STATEMENTS}{id}/")[1]["location"]).path
        return self._records[id]

    @cached_property
    def _records(self) -> dict[int, str]:
        return {}

    def _cursors(self, page: str, ask: Ask) -> list[str]:
        """Cursors like that of the page's ``next``, for other positions."""
        if page not in self._scopes:
            address = orjson.loads(self.get(page)[2])["next"]
            self._scopes[page], _ = cursors.decode(dict(parse_qsl(urlsplit(address).query))["cursor"])
        return [cursors.encode(self._scopes[page], position) for position in ask.positions]

    @cached_property
    def _scopes(self) -> dict[str, str]:
        return {}

    def read(self, ask: Ask, body: Any) -> Content:
        """A page, counts, or one record."""
        if ask.by:
            return [(bucket["key"], bucket["count"]) for bucket in body[ask.by]["buckets"]]
        return [
            statement(
                *(row["id"], row["text"], row["speaker"] and row["speaker"]["name"]),
                *(row["article"]["outlet"]["name"], row["date"]),
                *(row["capture"] and row["capture"]["sha256"], row["anchors"]),
            )
            for row in ([body] if ask.ids else body["results"])
        ]
