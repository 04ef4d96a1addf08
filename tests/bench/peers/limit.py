"""The limit: PostgreSQL itself, which pgbench asks for the same rows and anchors by prepared statements."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.rows import dict_row

from tests.bench.answers import Content, statement
from tests.bench.asks import Ask
from tests.bench.dataset.rows import DAYS
from tests.bench.load import ask_postgresql
from tests.bench.sql import POSTGRESQL, sql_of


class Limit:
    """Nothing over HTTP that asks PostgreSQL once a request can be faster, on the same cores."""

    name = "limit"

    def __init__(self, url: str) -> None:
        self.url = url

    @contextmanager
    def ready(self) -> Iterator[None]:
        """The server is there."""
        yield

    def knows(self, ask: Ask) -> bool:
        """It knows all but what only HTTP has."""
        return not ask.held

    def answer(self, ask: Ask) -> Content:
        """The rows; of several pages the first."""
        sql = sql_of(ask, POSTGRESQL)
        if ask.positions:
            day, id = ask.positions[0]
            sql = sql.replace(":day", str(DAYS.index(day))).replace(":id", str(id))
        elif ask.ids:
            sql = sql.replace(":id", str(ask.ids[0]))
        with psycopg.connect(self.url, row_factory=dict_row) as connection:
            rows = connection.execute(sql.encode()).fetchall()
        if ask.by:
            return [(row["key"], row["count"]) for row in rows]
        return [
            statement(
                *(row["id"], row["text"], row["speaker_name"], row["outlet_name"]),
                *(row["date"], row["sha256"], row["anchors"]),
            )
            for row in rows
        ]

    def rate(self, ask: Ask, seconds: int) -> float:
        """How many such requests it answers in a second. Raises LoadError."""
        return ask_postgresql(self.url, "\n".join([*_chances(ask), f"{sql_of(ask, POSTGRESQL)};"]), seconds)


def _chances(ask: Ask) -> Iterator[str]:
    """pgbench's own lines for what differs from request to request."""
    if len(ask.positions) == 1:
        ((day, id),) = ask.positions
        yield f"\\set day {DAYS.index(day)}"
        yield f"\\set id {id}"
    elif ask.positions:
        yield f"\\set day random(0, {len(DAYS) - 1})"
        yield f"\\set id random(1, {max(id for _, id in ask.positions)})"
    elif ask.ids:
        yield f"\\set id random(1, {max(ask.ids)})"
