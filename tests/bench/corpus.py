"""Importing quotations in the shape of Quotebank, beside COPY, and what all 178 million of them would take.

``python -m tests.bench.corpus FILE`` imports FILE on DATABASE_URL, and says in JSON how long it took in
seconds, how much memory and room it needed in bytes, and how many statements there are then.
"""

import json
import os
import random
import resource
import sqlite3
import sys
import time
from pathlib import Path

import psycopg

from tests.bench.narration import EVERY, Say
from tests.bench.processes import measured_by
from tests.bench.writes import seconds_to_copy

#: Quotations that Quotebank has.
ALL = 178_000_000
SPEAKERS, OUTLETS = 3000, 4000
#: The tables that an import fills, with the ledger.
WRITTEN = ("articles_article", "articles_statement", "articles_document", "newsdb_change")
WORDS = ("ferry", "harbour", "council", "budget", "water", "school", "winter", "vote", "bridge", "train")


def write_quotations(file: Path, number: int, seed: int = 1) -> None:
    """Write so many records of invented people; a third are of nobody, and a third are in two articles."""
    draw = random.Random(seed)
    with file.open("w", encoding="utf-8") as lines:
        for place in range(number):
            lines.write(json.dumps(_record(draw, place)) + "\n")


def _record(draw: random.Random, number: int) -> dict[str, object]:
    speaker = min(int(draw.paretovariate(0.8)), SPEAKERS)
    name, ids = (f"Person {speaker} Example", [f"Q{speaker}"]) if draw.random() < 0.65 else ("None", [])
    outlets = [min(int(draw.paretovariate(0.8)), OUTLETS) for _ in range(1 + (draw.random() < 0.3))]
    return {
        "quoteID": f"2019-01-01-{number:09}",
        "quotation": f"{' '.join(draw.choices(WORDS, k=draw.randint(8, 45)))} {number}.",
        "speaker": name,
        "qids": ids,
        "date": "2019-01-01 00:00:00",
        "numOccurrences": len(outlets),
        "probas": [[name, f"{draw.uniform(0.5, 1):.4f}"]],
        "urls": [f"https://outlet{each}.example/{number}/{part}" for part, each in enumerate(outlets)],
        "phase": "E",
    }


def measure(url: str, directory: Path, number: int, say: Say) -> dict[str, float]:
    """Import so many quotations into the empty database at ``url``; on PostgreSQL, COPY what it wrote, too.

    Raises RuntimeError where that fails.
    """
    file = directory / "quotations.jsonl"
    write_quotations(file, number)
    try:
        took: dict[str, float] = measured_by("corpus", str(file), url=url, say=say)
        if not url.startswith("sqlite:///"):
            with psycopg.connect(url, autocommit=True) as server:
                took["seconds by COPY"] = seconds_to_copy(server, WRITTEN, file)
            took["% of the speed of COPY"] = 100 * took["seconds by COPY"] / took["seconds"]
    finally:
        file.unlink()
    share = ALL / number
    return {
        **took,
        "quotations": number,
        "quotations a second": number / took["seconds"],
        "bytes a quotation": took["bytes"] / number,
        "days for all": took["seconds"] * share / 86_400,
        "terabytes for all": took["bytes"] * share / 1e12,
    }


def bytes_of(url: str) -> int:
    """The size of a database."""
    if url.startswith("sqlite:///"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            query = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            return int(connection.execute(query).fetchone()[0])
    with psycopg.connect(url) as server:
        row = server.execute("SELECT pg_database_size(current_database())").fetchone()
        assert row
        return int(row[0])


def main(file: str) -> None:
    """Import a file into a database that has no tables yet."""
    import django

    django.setup()
    from django.core.management import call_command

    from articles.ingest.corpus import CorpusImport
    from articles.models import Statement

    url = os.environ["DATABASE_URL"]
    call_command("migrate", verbosity=0)
    before, began = bytes_of(url), time.perf_counter()
    with Path(file).open("rb") as stream:
        CorpusImport("quotebank", 0.8, _refuse).run(stream, _Progress())
    took = {
        "seconds": time.perf_counter() - began,
        "bytes": bytes_of(url) - before,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,  # kibibytes on Linux
        "statements": Statement.objects.count(),
    }
    sys.stdout.write(json.dumps(took))


def _refuse(line: int, reason: str) -> None:
    sys.exit(f"Line {line}: {reason}")


class _Progress:
    """Says on standard error, at times, how many statements were imported."""

    def __init__(self) -> None:
        self.said = time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.said > EVERY:
            self.said = time.monotonic()
            sys.stderr.write(f"{done:,} statements imported\n")
            sys.stderr.flush()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdb.settings"
    main(*sys.argv[1:])
