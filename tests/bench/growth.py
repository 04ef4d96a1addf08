"""Whether a page costs the same in a large dataset as in a small one: newsdb over several, in one run."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

from tests.bench.asks import COMMON, DEEP, NEWEST, RANDOM, Ask, asks
from tests.bench.databases import Shelf
from tests.bench.dataset.plan import Plan
from tests.bench.peers import Newsdb, newsdb_on
from tests.bench.rounds import Key, Rates, Spread, Track, measure

REQUESTS = (NEWEST, RANDOM, DEEP, COMMON)
#: Pages from anywhere: few enough that each is read once before anything counts. How long one takes from the
#: disk is a question of the machine's memory, and not of the page.
PAGES = 200
#: What other sizes are compared with.
MILLION = 1_000_000


@dataclass(frozen=True)
class Growth:
    """Requests a second by store and size, and request."""

    sizes: tuple[int, ...]
    rates: Rates

    @property
    def reference(self) -> int:
        """A million, or the largest size below it."""
        return max((size for size in self.sizes if size <= MILLION), default=self.sizes[0])

    def rate(self, store: str, size: int, request: str) -> Spread | None:
        """Requests a second."""
        return self.rates.rate((who(store, size), request))

    def ratio(self, store: str, size: int, request: str) -> Spread | None:
        """How many times as many as with the size of reference."""
        return self.rates.ratio((who(store, size), request), (who(store, self.reference), request))


def who(store: str, size: int) -> str:
    """How a server is called in ``Growth.rates``."""
    return f"{store}, {size:,}"


def grow(shelf: Shelf, plans: Sequence[Plan], rounds: int, seconds: int, watch: Track, rates: Rates) -> None:
    """Measure datasets of several sizes at once: what is compared is measured side by side in each round."""
    with ExitStack() as stack:
        asked: list[tuple[Newsdb, int, Ask]] = []
        for plan in plans:
            for server in newsdb_on(shelf.dataset(plan)):
                stack.enter_context(server.ready())
                asked += [(server, plan.statements, ask) for ask in _asks(plan)]
        for server, size, ask in asked:
            shelf.say(f"Reading {who(server.store, size)}, {ask.name}, once")
            for path in server.paths(ask):
                server.get(path)
        asked.sort(key=lambda each: (REQUESTS.index(each[2].name), each[0].store))
        works: dict[Key, Callable[[int], float]] = {
            (who(server.store, size), ask.name): partial(server.rate, ask) for server, size, ask in asked
        }
        measure(works, rounds, seconds, watch, rates)


def _asks(plan: Plan) -> list[Ask]:
    return [replace(ask, positions=ask.positions[:PAGES]) for ask in asks(plan) if ask.name in REQUESTS]
