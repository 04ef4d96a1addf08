"""What Django REST Framework gives who writes nothing of their own: ``tests/bench/stock/``."""

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.bench.answers import Content, statement
from tests.bench.asks import Ask
from tests.bench.peers.peer import HTTPPeer
from tests.bench.serving import PRODUCTION, gunicorn


class Stock(HTTPPeer):
    """Filters by id, which spares it the look-up by slug."""

    name = "stock DRF"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def command(self) -> list[str]:
        """gunicorn, in the same way."""
        return gunicorn("tests.bench.stock.wsgi", self.port, "tests/bench/stock/served.py")

    def environment(self) -> Mapping[str, str]:
        """The same database."""
        return {**PRODUCTION, "DATABASE_URL": self.url}

    def paths(self, ask: Ask) -> list[str]:
        """It has no search, no counts and no ETags."""
        if ask.words or ask.by or ask.held:
            return []
        if ask.ids:
            return [f"/statements/{id}/" for id in ask.ids]
        query = [("speaker", ",".join(str(speaker.id) for speaker in ask.speakers))] if ask.speakers else []
        query += [("outlet", str(ask.outlet.id))] if ask.outlet else []
        query += [("date_after", ask.after)] if ask.after else []
        query += [("date_before", ask.before)] if ask.before else []
        cursors = [("cursor", _cursor(day)) for day, _ in ask.positions]
        return [f"/statements/?{urlencode([*query, cursor])}" for cursor in cursors] or [
            f"/statements/?{urlencode(query)}"
        ]

    def read(self, ask: Ask, body: Any) -> Content:
        """A page, or one record."""
        return [
            statement(
                *(row["id"], row["text"], row["speaker"] and row["speaker"]["name"]),
                *(row["article"]["outlet"]["name"], row["date"]),
                *(row["capture"] and row["capture"]["sha256"], row["anchors"]),
            )
            for row in ([body] if ask.ids else body["results"])
        ]


def _cursor(day: str) -> str:
    """That of DRF's CursorPagination, which names a day, not a row of it."""
    return base64.b64encode(urlencode({"p": day}).encode()).decode()
