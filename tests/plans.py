"""How a database carries out statements: which tables it reads from end to end."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

#: Django's alias for the rows of a query that it counts; how they are found is in the plan, too.
_COUNTED = "subquery"


@contextmanager
def tables_read_whole() -> Iterator[dict[str, str]]:
    """The tables that statements in the block read from end to end, each with the last such statement.

    A table is named as the statement names it, by an alias if it has one. They are known after the block.
    """
    statements: list[tuple[str, Any]] = []
    found: dict[str, str] = {}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # A check of mere values reads no table.
        if sql.startswith("UPDATE") or (sql.startswith(("SELECT", "DELETE")) and 'FROM "' in sql):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
    for sql, params in statements:
        found |= dict.fromkeys(_read_whole(sql, params), sql)
    found.pop(_COUNTED, None)


def _read_whole(sql: str, params: Any) -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            steps = [row[3].split() for row in cursor.fetchall()]
            yield from (step[1] for step in steps if step[0] == "SCAN" and "VIRTUAL" not in step)
            return
        # PostgreSQL reads a small table whole, unless it must not or has no index for it.
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()
        cursor.execute("RESET enable_seqscan")
    yield from _scans((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])


def _scans(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Alias"]
    for child in node.get("Plans", ()):
        yield from _scans(child)
