"""A Dask scheduler with workers on loopback, for as long as it is needed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

PATIENCE = 60  # seconds


class Dask(NamedTuple):
    """The address of a scheduler, its process, and those of its workers, which nobody restarts."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def running_dask(file: Path, workers: int = 2, **environment: str) -> Iterator[Dask]:
    """Start a scheduler and so many workers, which learn its address from ``file``.

    Raises RuntimeError if the scheduler does not start.
    """
    file.unlink(missing_ok=True)
    processes: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        common = ("--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard")
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, *common],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": "sqlite://:memory:", **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        processes.append(process)
        return process

    try:
        scheduler = start("scheduler", "--port", "0")
        started = [start("worker", "--nthreads", "1", "--no-nanny") for _ in range(workers)]
        until = time.monotonic() + PATIENCE
        while not file.exists():
            if time.monotonic() > until or scheduler.poll() is not None:
                raise RuntimeError("The Dask scheduler does not start.")
            time.sleep(0.05)
        yield Dask(json.loads(file.read_text())["address"], scheduler, started)
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()
        file.unlink(missing_ok=True)
