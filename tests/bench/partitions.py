"""Whether PostgreSQL's partitioning would pay: one table beside the same rows in a partition a year.

The columns and indexes are those of statements that lists and look-ups use.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

WHOLE, PARTED = "bench_whole", "bench_parted"
TABLES = {"one table": WHOLE, "a partition a year": PARTED}
YEARS = range(2015, 2025)
SPEAKERS, OUTLETS, WORDS = 100_000, 500, 50_000
REPEATED = 30

COLUMNS = """
  id bigint NOT NULL, uid uuid NOT NULL, speaker_id int NOT NULL, outlet_id int NOT NULL,
  sort_date date NOT NULL, text text NOT NULL, tokens tsvector NOT NULL
"""
#: Speakers and words are as unevenly frequent as in reality: a few have most.
ROWS = f"""
INSERT INTO {WHOLE}
SELECT id, gen_random_uuid(), {SPEAKERS} * power(random(), 4), {OUTLETS} * power(random(), 2), sort_date,
  text, to_tsvector('simple', text)
FROM (
  SELECT id, date '{YEARS[0]}-01-01' + (random() * {365 * len(YEARS) - 1})::int AS sort_date,
    (SELECT string_agg('w' || ({WORDS} * power(random(), 3))::int, ' ') FROM generate_series(1, 20)
      WHERE id > 0) AS text
  FROM generate_series(%s::bigint, %s::bigint) AS id
) AS made
"""
#: The key of a partitioned table must include what it is partitioned by.
UNIQUE = {WHOLE: ("(id)", "(uid)"), PARTED: ("(id, sort_date)", "(uid, sort_date)")}
INDEXES = (
    "(sort_date DESC, id DESC)",
    "(speaker_id, sort_date DESC, id DESC)",
    "(outlet_id, sort_date DESC, id DESC)",
    "USING gin (tokens)",
)
PAGE = "ORDER BY sort_date DESC, id DESC LIMIT 50"
QUESTIONS = {
    "the newest page": f"TRUE {PAGE}",
    "a page from the middle": f"(sort_date, id) < ('2019-06-30', 1) {PAGE}",
    "a popular speaker": f"speaker_id = 0 {PAGE}",
    "a rare speaker": f"speaker_id = 90000 {PAGE}",
    "an outlet and a month": f"outlet_id = 3 AND sort_date BETWEEN '2024-05-01' AND '2024-05-31' {PAGE}",
    "a rare word": f"tokens @@ 'w49000' {PAGE}",
    "one statement, by uid": "uid = '{uid}'",
    "one statement, by id": "id = {id}",
}

CHANGES = {"one row in a hundred": "id % 100 = 7", "the newest month": "sort_date > '2024-11-30'"}


def measure(url: str, rows: int) -> dict[str, dict[str, float]]:
    """What each table takes, by what was measured: seconds, gigabytes, or milliseconds at the median."""
    found: dict[str, dict[str, float]] = {}
    with psycopg.connect(url, autocommit=True) as database:
        create(database)
        for first in range(1, rows + 1, 100_000):
            database.execute(ROWS.encode(), [first, min(rows, first + 99_999)])
        database.execute(f"INSERT INTO {PARTED} SELECT * FROM {WHOLE}".encode())
        for name, table in TABLES.items():
            found[name] = {"keys and indexes, s": index(database, table)}
            found[name]["gigabytes"] = size(database, table) / 1e9
        database.execute(f"VACUUM ANALYZE {WHOLE}, {PARTED}".encode())
        (known,) = database.execute(f"SELECT uid, id FROM {WHOLE} LIMIT 1".encode())
        for name, table in TABLES.items():
            for question, where in QUESTIONS.items():
                found[name][f"{question}, ms"] = ask(database, table, where.format(uid=known[0], id=known[1]))
            for change, where in CHANGES.items():
                changing, vacuuming = rewritten(database, table, where)
                found[name] |= {f"changing {change}, s": changing, f"VACUUM after {change}, s": vacuuming}
    return found


def create(database: psycopg.Connection) -> None:
    """Make both tables, without rows."""
    database.execute(f"DROP TABLE IF EXISTS {WHOLE}, {PARTED}".encode())
    database.execute(f"CREATE TABLE {WHOLE} ({COLUMNS})".encode())
    database.execute(f"CREATE TABLE {PARTED} ({COLUMNS}) PARTITION BY RANGE (sort_date)".encode())
    for year in YEARS:
        bounds = f"FROM ('{year}-01-01') TO ('{year + 1}-01-01')"
        part = f"CREATE TABLE {PARTED}_{year} PARTITION OF {PARTED} FOR VALUES {bounds}"
        database.execute(part.encode())


def index(database: psycopg.Connection, table: str) -> float:
    """Add keys and indexes; the seconds that takes."""
    with timed() as seconds:
        for columns in UNIQUE[table]:
            database.execute(f"CREATE UNIQUE INDEX ON {table} {columns}".encode())
        for columns in INDEXES:
            database.execute(f"CREATE INDEX ON {table} {columns}".encode())
    return seconds[0]


def size(database: psycopg.Connection, table: str) -> int:
    """Bytes of a table, or of all its partitions."""
    total = f"SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('{table}')"
    if table == WHOLE:
        total = f"SELECT pg_total_relation_size('{table}')"
    ((found,),) = database.execute(total.encode())
    return int(found)


def ask(database: psycopg.Connection, table: str, where: str) -> float:
    """Milliseconds at the median, of planning and execution together, once the pages are in memory."""
    took = []
    for _ in range(REPEATED):
        with timed() as seconds:
            database.execute(f"SELECT * FROM {table} WHERE {where}".encode(), prepare=False).fetchall()
        took.append(seconds[0] * 1000)
    return statistics.median(took)


def rewritten(database: psycopg.Connection, table: str, where: str) -> tuple[float, float]:
    """Seconds to change rows, and to vacuum the table afterwards."""
    with timed() as changing:
        database.execute(f"UPDATE {table} SET text = text || '.' WHERE {where}".encode())
    with timed() as vacuuming:
        database.execute(f"VACUUM {table}".encode())
    return changing[0], vacuuming[0]


@contextmanager
def timed() -> Iterator[list[float]]:
    """The seconds that the block takes, in the list."""
    seconds: list[float] = []
    began = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - began)
