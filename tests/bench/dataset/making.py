"""Making batches in other processes while this one writes. Those have not set up Django: no models here."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from tests.bench.dataset.plan import Plan
from tests.bench.dataset.rows import Batches, Rows

#: Batches that may be waiting to be written.
AHEAD = 4

_batches: Batches


def made(plan: Plan, processes: int) -> Iterator[Rows]:
    """The rows of all batches in order, made by so many other processes; 0: by this one."""
    if not processes:
        yield from map(Batches(plan).rows, plan.batches)
        return
    coming: deque[Future[Rows]] = deque()
    # Not forked: a child would hold the connection to the database too.
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(plan,)) as pool:
        for number in plan.batches:
            coming.append(pool.submit(_rows, number))
            if len(coming) > AHEAD:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def _begin(plan: Plan) -> None:
    global _batches
    _batches = Batches(plan)


def _rows(number: int) -> Rows:
    return _batches.rows(number)
