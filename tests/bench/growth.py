"""Whether a page costs the same in a large dataset as in a small one: newsdb over several, in one run."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from tests.bench.asks import COMMON, DEEP, NEWEST, RANDOM, asks
from tests.bench.databases import Shelf
from tests.bench.dataset.plan import Plan
from tests.bench.peers import newsdb_on
from tests.bench.rounds import Key, Rates, Spread, Watch, measure

REQUESTS = (NEWEST, RANDOM, DEEP, COMMON)
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


def grow(shelf: Shelf, plans: Sequence[Plan], rounds: int, seconds: int, watch: Watch, rates: Rates) -> None:
    """Measure datasets of several sizes at once, so that a ratio is taken within a round."""
    with ExitStack() as stack:
        works: dict[Key, Callable[[int], float]] = {}
        for plan in plans:
            chosen = [ask for ask in asks(plan) if ask.name in REQUESTS]
            for server in newsdb_on(shelf.dataset(plan)):
                stack.enter_context(server.ready())
                for ask in chosen:
                    works[who(server.store, plan.statements), ask.name] = partial(server.rate, ask)
        measure(works, rounds, seconds, watch, rates)
