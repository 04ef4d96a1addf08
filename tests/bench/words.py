"""The time that a store itself takes for a search: ``python -m tests.bench.words WORD…`` on DATABASE_URL.

It asks newsdb once, and then its store again for all that newsdb asked it.
"""

import json
import os
import statistics
import sys
import time
from typing import Any

from tests.bench.options import LIMIT
from tests.bench.processes import measured_by
from tests.bench.serving import HOST

TIMES = 9


def database_time(url: str, words: list[str]) -> dict[str, float]:
    """Milliseconds of the store for the newest page of each word, in a process of its own.

    Raises RuntimeError with what that said.
    """
    # With the cache, the second time would be answered without asking the store.
    took: dict[str, float] = measured_by("words", *words, url=url, RESPONSE_CACHE_BYTES="0")
    return took


def _measure(word: str) -> float:
    from django.db import connection
    from django.test import Client

    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    path = f"/api/v1/statements/?q={word}&limit={LIMIT}"
    for _ in range(2):  # the first time there is more to do
        asked.clear()
        with connection.execute_wrapper(note):
            answer = Client(headers={"host": HOST}).get(path)
        if answer.status_code != 200 or len(asked) < 2:  # one tells whether anything has changed
            raise SystemExit(f"{path} is answered {answer.status_code}, by {len(asked)} queries")
    return statistics.median(sum(_took(*each) for each in asked) for _ in range(TIMES))


def _took(sql: str, params: Any) -> float:
    """Milliseconds that the store takes for one query, planning included."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {sql}", params)
            (((plan,),),) = cursor.fetchall()
            return float(plan["Planning Time"] + plan["Execution Time"])
        began = time.perf_counter()
        cursor.execute(sql, params)
        cursor.fetchall()
        return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdb.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps({word: _measure(word) for word in sys.argv[1:]}))
