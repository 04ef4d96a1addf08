"""The options of commands that read documents in workers."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager

from articles.ingest.workers import Workers, dask_cluster, processes

MAX_JOBS = 64


def add_worker_arguments(parser: ArgumentParser) -> None:
    """Add ``--jobs`` and ``--scheduler``; one excludes the other."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help="Processes that read ahead. The order and the results are the same.",
    )
    either.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="A Dask scheduler whose workers read ahead, on any number of machines, for example: tcp://10.0.0.5:8786.",
    )


@contextmanager
def open_workers(jobs: int, scheduler: str) -> Iterator[Workers | None]:
    """The workers that the options name; None if the command is to read without workers.

    Raises WorkersLostError if there are none.
    """
    if scheduler:
        with dask_cluster(scheduler) as workers:
            yield workers
    elif jobs > 1:
        with processes(jobs) as workers:
            yield workers
    else:
        yield None


def _jobs(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    if not 1 <= number <= MAX_JOBS:
        raise ArgumentTypeError(f"a number of processes from 1 to {MAX_JOBS}, not {text}")
    return number
