"""The datasets that are measured: made when they are first needed, and kept for the next run."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.dataset.plan import Plan
from tests.bench.narration import Say
from tests.bench.options import ROOT
from tests.bench.server import KeptCluster

#: In the name of what is being made, so that an interrupted run leaves nothing that looks whole.
PARTIAL = "partial"


@dataclass(frozen=True)
class Databases:
    """One dataset in both stores, each by its address as in DATABASE_URL."""

    plan: Plan
    postgresql: str
    sqlite_file: Path

    @property
    def sqlite(self) -> str:
        """The address of the file."""
        return f"sqlite:///{self.sqlite_file}"


class Shelf:
    """The datasets in a directory, and in the server over its subdirectory ``postgresql``."""

    def __init__(self, directory: Path, cluster: KeptCluster, say: Say) -> None:
        self.directory, self.cluster, self.say = directory, cluster, say

    def dataset(self, plan: Plan) -> Databases:
        """The dataset, made where it is not there. Raises RuntimeError where that fails."""
        file = self.directory / f"newsdb-{plan.name}.sqlite3"
        if not file.exists():
            self._make_file(plan, file)
        if plan.name not in self.cluster.databases():
            self._make_database(plan)
        return Databases(plan, self.cluster.url_of(plan.name), file)

    def empty(self, name: str) -> Databases:
        """Two empty databases without tables, anew each time."""
        file = self.directory / f"{name}.sqlite3"
        _remove(file)
        self.cluster.drop(name)
        self.cluster.create(name)
        return Databases(Plan(0), self.cluster.url_of(name), file)

    def discard(self, name: str) -> None:
        """Remove what ``empty`` made."""
        _remove(self.directory / f"{name}.sqlite3")
        self.cluster.drop(name)

    def _make_file(self, plan: Plan, file: Path) -> None:
        made = file.with_suffix(f".{PARTIAL}")
        _remove(made)
        self._generate(f"sqlite:///{made}", plan, "SQLite")
        made.rename(file)

    def _make_database(self, plan: Plan) -> None:
        made = f"{plan.name}-{PARTIAL}"
        self.cluster.drop(made)
        self.cluster.create(made)
        self._generate(self.cluster.url_of(made), plan, "PostgreSQL")
        self.cluster.rename(made, plan.name)

    def _generate(self, url: str, plan: Plan, store: str) -> None:
        self.say(f"Making {plan.statements:,} statements in {store}; they are kept in {self.directory}.")
        size = (f"--statements={plan.statements}", f"--seed={plan.seed}")
        command = [sys.executable, "-m", "tests.bench.generate", url, *size]
        command += [] if plan.ledger else ["--no-ledger"]
        with self.cluster.on_all_cores():
            done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode:
            raise RuntimeError(
                f"The dataset could not be made ({done.returncode}): see above. A statement takes 7 to 9 kB"
                " of disk in either store: set BENCH_DIR to where there is room."
            )


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
