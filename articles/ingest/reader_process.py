"""Reads documents in other processes, ahead of loading. Django must be set up before it is imported."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.ingest.material import Material
    from articles.reading.documents import Document, Refused

#: How many documents per process are read ahead; more would only take memory.
AHEAD = 2


def read_ahead(
    documents: Iterable[Document | Refused], *, jobs: int, seconds: float
) -> Iterator[tuple[Document | Refused, Future[Material] | None]]:
    """Yield the documents in order, each with its material as a future from one of ``jobs`` processes.

    The future is None for a document that need not be read: it was refused, or is already loaded. Reading a
    document may take ``seconds`` of processor time. Raises ``BrokenProcessPool`` if a process was killed.
    """
    from articles.ingest.load import find_loaded
    from articles.reading.documents import Refused

    waiting: deque[tuple[Document | Refused, Future[Material] | None]] = deque()
    with _pool(jobs) as pool:
        for document in documents:
            if isinstance(document, Refused) or find_loaded(document.content):
                waiting.append((document, None))
            else:
                waiting.append((document, pool.submit(_read, document, seconds)))
            if len(waiting) > jobs * AHEAD:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    # A forked process would share the database connection.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _start() -> None:
    """Set up a reading process, which exits when the loading process does."""
    Thread(target=_end_with_parent, daemon=True).start()
    import django

    django.setup()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _read(document: Document, seconds: float) -> Material:
    from articles.ingest.material import read_material, receive
    from articles.reading.budget import Budget

    budget = Budget(seconds)
    return read_material(receive(document), budget=budget)
