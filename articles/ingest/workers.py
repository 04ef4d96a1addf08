"""Workers that read documents ahead of loading: processes on this machine, or those of a Dask cluster.

Both are executors of ``concurrent.futures``. A worker imports newsdb itself; it needs no database.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from articles.ingest.tasks import set_up

Item = TypeVar("Item")
Result = TypeVar("Result")

#: How many documents per worker are read ahead; more would only take memory.
AHEAD = 2
#: Seconds to wait for a scheduler to answer, and for it to have a worker.
PATIENCE = 10

PROCESS_KILLED = (
    "A reader process was killed, perhaps because memory ran out. Run this again with fewer --jobs."
)
SCHEDULER_LOST = "The Dask scheduler {address} no longer answers. Run this again once it does."
NO_SCHEDULER = "There is no Dask scheduler at {address}. Start one with `dask scheduler`."
NO_WORKER = "The Dask scheduler {address} has no workers. Start some with `dask worker {address}`."
NOT_INSTALLED = "--scheduler needs Dask. Install it with `pip install -r requirements-extras.txt`."


class WorkersLostError(RuntimeError):
    """No worker is left; the message says what to do."""


class ReaderKilledError(RuntimeError):
    """Reading one document killed each worker that tried."""


@dataclass(frozen=True)
class Workers:
    """An executor; ``count`` is the number of tasks that it can run at once."""

    executor: Executor
    count: Callable[[], int]
    lost: str = PROCESS_KILLED
    killed: type[Exception] | tuple[()] = ()

    def read_ahead(
        self,
        items: Iterable[Item],
        task: Callable[[Any, float], Result],
        seconds: float,
        skip: Callable[[Item], bool],
    ) -> Iterator[tuple[Item, Callable[[], Result] | None]]:
        waiting: deque[tuple[Item, Callable[[], Result] | None]] = deque()
        for item in items:
            future = None if skip(item) else self.executor.submit(task, item, seconds)
            waiting.append((item, partial(self._result, future) if future else None))
            if len(waiting) > self.count() * AHEAD:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()

    def _result(self, future: Future[Result]) -> Result:
        try:
            return future.result()
        except (BrokenProcessPool, CancelledError):
            raise WorkersLostError(self.lost) from None
        except self.killed:
            raise ReaderKilledError(
                "Every worker that read it was killed, perhaps because memory ran out."
            ) from None


def read_in_order(
    items: Iterable[Item],
    task: Callable[[Any, float], Result],
    seconds: float,
    *,
    skip: Callable[[Item], bool],
    workers: Workers | None = None,
) -> Iterator[tuple[Item, Callable[[], Result] | None]]:
    """Yield the items in order, each with a function that returns its task's result; None for an item to
    ``skip``.

    Workers run tasks ahead; without workers, a task runs when its result is requested. A task is a function
    of a module, and may take this many ``seconds`` of processor time. The function that gives a result raises
    what the task raised, WorkersLostError or ReaderKilledError.
    """
    if workers:
        yield from workers.read_ahead(items, task, seconds, skip)
    else:
        for item in items:
            yield item, None if skip(item) else partial(task, item, seconds)


@contextmanager
def processes(count: int) -> Iterator[Workers]:
    """This many processes on this machine."""
    # A forked process would share the database connection.
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_start)
    try:
        yield Workers(pool, lambda: count)
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def dask_cluster(address: str) -> Iterator[Workers]:
    """The workers that a Dask scheduler has at the time; a task whose worker died is run again.

    Raises WorkersLostError if there is no scheduler, or it has no workers.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise WorkersLostError(NOT_INSTALLED) from None

    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        raise WorkersLostError(NO_SCHEDULER.format(address=address)) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise WorkersLostError(NO_WORKER.format(address=address)) from None

        lost = SCHEDULER_LOST.format(address=address)

        def count() -> int:
            try:
                threads = client.nthreads()
            except OSError:
                raise WorkersLostError(lost) from None
            return sum(threads.values()) or 1  # without any, what was submitted waits for the next one

        # Each document is a task of its own, even one that was submitted before.
        yield Workers(client.get_executor(pure=False), count, lost, KilledWorker)


def _start() -> None:
    """Set up a process, which exits when the one that started it does."""
    Thread(target=_end_with_parent, daemon=True).start()
    set_up()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
