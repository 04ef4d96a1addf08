"""Writing a release and loading it, against what COPY takes for the same rows.

``python -m tests.bench.writes export_dataset|import_dataset|copy PATH`` does one on DATABASE_URL, and says in
JSON how long it took in seconds and how much memory it needed in bytes.
"""

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.bench.databases import Databases
from tests.bench.processes import measured_by


@dataclass(frozen=True)
class Writes:
    """Seconds for the same rows, and the most memory that newsdb needed, in bytes.

    ``copy_out`` and ``copy_in`` are COPY of the bare rows. ``copy_released`` is COPY of a release's rows, as
    CSV and as JSON Lines that the server makes; ``copy_kept`` COPY of all that an import leaves behind, the
    ledger too, into tables with the same keys, indexes and checks.
    """

    rows: int
    copy_out: float
    copy_released: float
    copy_in: float
    copy_kept: float
    exported: dict[str, float]
    imported: dict[str, float]
    memory: dict[str, int]


def write(full: Databases, empty: Databases, directory: Path) -> Writes:
    """Export ``full`` and import it into ``empty``, in both stores. Raises RuntimeError where one fails."""
    exported, imported, memory = {}, {}, {}
    for store in ("postgresql", "sqlite"):
        release = directory / "release"
        shutil.rmtree(release, ignore_errors=True)
        try:
            done = _run("export_dataset", getattr(full, store), release)
            exported[store], memory[f"export, {store}"] = done["seconds"], int(done["memory"])
            done = _run("import_dataset", getattr(empty, store), release)
            imported[store], memory[f"import, {store}"] = done["seconds"], int(done["memory"])
        finally:
            shutil.rmtree(release, ignore_errors=True)
    rows, out, into, kept = _copied(full.postgresql, empty.postgresql, directory / "rows.csv")
    released = _run("copy", full.postgresql, directory / "rows.csv")["seconds"]
    return Writes(rows, out, released, into, kept, exported, imported, memory)


def _run(command: str, url: str, release: Path) -> dict[str, float]:
    took: dict[str, float] = measured_by("writes", command, str(release), url=url, STATEMENT_TIMEOUT="0")
    return took


def _copied(full: str, loaded: str, file: Path) -> tuple[int, float, float, float]:
    """Rows, and seconds to COPY them out as CSV, back in, and in with all that ``loaded`` made of them."""
    from tests.bench.dataset.columns import TABLES

    names = [table.name for table in TABLES.values()]
    rows, out, into = 0, 0.0, 0.0
    with psycopg.connect(full) as source, psycopg.connect(loaded, autocommit=True) as target:
        for name in names:
            out += _copy_out(source, f"(SELECT * FROM {name})", file)
            target.execute(f"CREATE TABLE bare AS SELECT * FROM {name} WITH NO DATA".encode())
            count, seconds = _copy_in(target, "bare", file)
            rows, into = rows + count, into + seconds
        kept = seconds_to_copy(target, (*names, "newsdb_change"), file)
    file.unlink()
    return rows, out, into, kept


def seconds_to_copy(target: psycopg.Connection, names: Iterable[str], file: Path) -> float:
    """Seconds to COPY all rows of these tables, by way of ``file``, into tables that keep as much.

    They have the same keys, indexes and checks, and are dropped again.
    """
    seconds = 0.0
    for name in names:
        _copy_out(target, name, file)
        target.execute(f"CREATE TABLE bare (LIKE {name} INCLUDING ALL)".encode())
        seconds += _copy_in(target, "bare", file)[1]
    return seconds


def _copy_out(source: psycopg.Connection, what: str, file: Path) -> float:
    began = time.perf_counter()
    selected = f"COPY {what} TO STDOUT (FORMAT csv)".encode()
    with file.open("wb") as csv, source.cursor().copy(selected) as copy:
        for block in copy:
            csv.write(block)
    return time.perf_counter() - began


def _copy_in(target: psycopg.Connection, table: str, file: Path) -> tuple[int, float]:
    """Fill a table that is dropped again; return how many rows there were, and the seconds it took."""
    cursor = target.cursor()
    began = time.perf_counter()
    with file.open("rb") as csv, cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)".encode()) as copy:
        while block := csv.read(1 << 18):
            copy.write(block)
    seconds = time.perf_counter() - began
    target.execute(f"DROP TABLE {table}".encode())
    return cursor.rowcount, seconds


def _copy_release(file: Path) -> None:
    """COPY the rows of a release from DATABASE_URL, as CSV and as JSON Lines, by way of ``file``."""
    from django.db import connection

    from articles.export.dataset import TABLES

    with connection.cursor() as cursor:
        for public in TABLES:
            statement, parameters = public.values().query.sql_with_params()
            names = ", ".join(f'"{name}"' for name in public.columns)
            rows = f"SELECT row_to_json(rows) FROM ({statement}) AS rows ({names})"
            for copied in (f"COPY ({statement}) TO STDOUT (FORMAT csv)", f"COPY ({rows}) TO STDOUT"):
                with file.open("wb") as written, cursor.copy(cursor.mogrify(copied, parameters)) as copy:
                    written.writelines(copy)
    file.unlink()


def _do(command: str, directory: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    if command == "import_dataset":
        call_command("migrate", verbosity=0)
    began = time.perf_counter()
    if command == "copy":
        _copy_release(Path(directory))
    else:
        call_command(command, directory, verbosity=0)
    seconds = time.perf_counter() - began
    # Kibibytes on Linux.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "memory": memory}))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdb.settings"
    _do(*sys.argv[1:])
