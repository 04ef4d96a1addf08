"""A run of the benchmark: what it needs, then one part after the other, each kept as soon as it is there."""

import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property, partial

import psycopg
from rich.console import Console

from tests.bench import (
    cached,
    checks,
    corpus,
    crossed,
    ingest,
    locked,
    memory,
    pages,
    partitions,
    sizes,
    words,
)
from tests.bench.answers import DifferenceError, compare
from tests.bench.asks import INSTEAD, Ask, asks
from tests.bench.databases import Databases, Shelf
from tests.bench.dataset.plan import Plan
from tests.bench.goals import GOALS
from tests.bench.growth import Growth, grow
from tests.bench.load import missing
from tests.bench.machine import description, pinning
from tests.bench.narration import Narrator
from tests.bench.options import PARTS, Options
from tests.bench.peers import Newsdb, Peer, peers_of
from tests.bench.peers.datasette import Datasette
from tests.bench.processes import measured_by
from tests.bench.report import show
from tests.bench.results import Results
from tests.bench.rounds import Key, Rates, measure
from tests.bench.server import KeptCluster
from tests.bench.writes import write
from tests.postgresql import find_programs


class UnavailableError(RuntimeError):
    """Something that a run needs is not on this machine; the message says what, and how to get it."""


def run(options: Options) -> int:
    """Measure what ``options`` choose. Returns 0, or 1 where something failed. Raises UnavailableError."""
    programs, lacking = find_programs(), missing()
    if programs is None:
        lacking.append("PostgreSQL's server is not on this machine (Debian: apt-get install postgresql)")
    if programs is None or lacking:
        raise UnavailableError("\n".join(lacking))
    # Whoever ends it with SIGTERM gets the same tidying up as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    narrator = Narrator()
    with _serving(KeptCluster(programs, options.directory / "postgresql")) as cluster:
        measurement = Measurement(options, Shelf(options.directory, cluster, narrator.say), narrator)
        results = measurement.results
        try:
            measurement.take()
        except KeyboardInterrupt:
            results.failures.append("It was interrupted.")
            measurement.save()
    show(results, Console())
    for failure in results.failures:
        narrator.say(f"FAILED: {failure}")
    narrator.say(f"All of it is in {options.report}.")
    return 1 if results.failures else 0


@contextmanager
def _serving(cluster: KeptCluster) -> Iterator[KeptCluster]:
    try:
        try:
            cluster.start()
        except RuntimeError as error:
            raise UnavailableError(f"{error}\nIf its files are in the way, remove {cluster.data}.") from None
        yield cluster
    finally:
        cluster.stop()


class Measurement:
    """Fills ``results``, part by part; what goes wrong with one is noted and keeps no other from it."""

    def __init__(self, options: Options, shelf: Shelf, narrator: Narrator) -> None:
        self.options, self.shelf, self.narrator = options, shelf, narrator
        self.plan = Plan(options.statements, seed=options.seed, ledger=options.ledger)
        chosen = {name: str(value) for name, value in vars(options).items()}
        self.results = Results(description(postgresql=shelf.cluster.version()), chosen)

    @cached_property
    def databases(self) -> Databases:
        """The dataset that all but growth is measured on."""
        return self.shelf.dataset(self.plan)

    def take(self) -> None:
        """Do what was chosen."""
        self.narrator.say(pinning())
        groups = [part for part in PARTS if part not in self._parts]
        if any(self.options.wants(part) for part in [*groups, "memory"]):
            self._try("requests", self._requests)
        for name, part in self._parts.items():
            if self.options.wants(name) and name != "memory":
                self._try(name, part)

    @property
    def _parts(self) -> dict[str, Callable[[], None]]:
        return {
            "memory": self._requests,
            "words": self._words,
            "sizes": self._sizes,
            "growth": self._growth,
            "writes": self._writes,
            "locked": self._locked,
            "checks": self._checks,
            "crossed": self._crossed,
            "pages": self._pages,
            "cache": self._cache,
            "partitions": self._partitions,
            "ingest": self._ingest,
            "decisions": self._decisions,
            "corpus": self._corpus,
        }

    def _try(self, name: str, part: Callable[[], None]) -> None:
        self.narrator.say(f"Measuring {name}")
        try:
            part()
        except (RuntimeError, OSError, sqlite3.Error, psycopg.Error) as error:
            self.results.failures.append(f"{name}: {error}")
        self.save()

    def save(self) -> None:
        """Keep what there is so far."""
        self.results.save(self.options.report, [goal.as_json(self.results) for goal in GOALS])

    def _requests(self) -> None:
        """All peers: compared, timed in rounds; then what newsdb holds in memory."""
        all_asks = asks(self.plan)
        if not Datasette.installed():
            self.narrator.say("Datasette is not installed: pip install -r requirements-bench.txt")
        with ExitStack() as stack:
            peers = peers_of(self.databases, all_asks)
            for peer in peers:
                stack.enter_context(peer.ready())
            works: dict[Key, Callable[[int], float]] = {}
            wanted = {ask.name for ask in all_asks if self.options.wants(ask.group)}
            wanted |= {INSTEAD[name] for name in wanted & INSTEAD.keys()}
            for ask in all_asks:
                if ask.name in wanted:
                    alike = self._compared(peers, ask)
                    works |= {(peer.name, ask.name): partial(peer.rate, ask) for peer in alike}
            if works:
                rates = self.results.rates = Rates(failures=self.results.failures)
                measure(works, self.options.rounds, self.options.seconds, self.narrator.watch, rates)
            if self.options.wants("memory"):
                for server in [peer for peer in peers if isinstance(peer, Newsdb)]:
                    held = memory.after_requests(server, all_asks, self.options.seconds)
                    self.results.memory[server.store] = held

    def _compared(self, peers: list[Peer], ask: Ask) -> list[Peer]:
        """Those that can answer it, if they answer alike; else none."""
        able = [peer for peer in peers if peer.knows(ask)]
        try:
            compare(ask.name, {peer.name: peer.answer(ask) for peer in able})
        except DifferenceError as error:
            self.results.failures.append(str(error))
            return []
        return able

    def _words(self) -> None:
        searches = {ask.words: ask.name for ask in asks(self.plan) if ask.words}
        for store in ("postgresql", "sqlite"):
            took = words.database_time(getattr(self.databases, store), list(searches))
            self.results.words[store] = {searches[word]: took[word] for word in searches}

    def _sizes(self) -> None:
        of_all = {
            "postgresql": sizes.on_postgresql(self.databases.postgresql),
            "sqlite": sizes.on_sqlite(self.databases.sqlite_file),
        }
        for store, parts in of_all.items():
            self.results.sizes[store] = {part: size / self.plan.statements for part, size in parts.items()}

    def _growth(self) -> None:
        options, rates = self.options, Rates(failures=self.results.failures)
        self.results.growth = Growth(options.growth, rates)
        plans = [replace(self.plan, statements=size) for size in options.growth]
        grow(self.shelf, plans, options.rounds, options.seconds, self.narrator.watch, rates)

    def _writes(self) -> None:
        full = self.shelf.dataset(replace(self.plan, statements=self.options.writes))
        try:
            self.results.writes = write(full, self.shelf.empty("loaded"), self.options.directory)
        finally:
            self.shelf.discard("loaded")

    def _locked(self) -> None:
        small = self.shelf.dataset(replace(self.plan, statements=min(self.options.growth)))
        self.results.locked = locked.slowest(small)

    def _checks(self) -> None:
        for store in ("postgresql", "sqlite"):
            self.narrator.say(f"Checks on {store}")
            url = getattr(self.databases, store)
            self.results.checks[store] = checks.measure(url, self.narrator.say)
            self.save()

    def _crossed(self) -> None:
        for store in ("postgresql", "sqlite"):
            url = getattr(self.databases, store)
            self.results.crossed[store] = crossed.measure(store, url, asks(self.plan), self.narrator.say)
            self.save()

    def _pages(self) -> None:
        for store in ("postgresql", "sqlite"):
            url = getattr(self.databases, store)
            self.results.pages[store] = pages.measure(store, url, asks(self.plan))

    def _cache(self) -> None:
        for store in ("postgresql", "sqlite"):
            url = getattr(self.databases, store)
            self.results.cached[store] = cached.measure(store, url, self.options.seconds)

    def _partitions(self) -> None:
        try:
            url = self._address_of_empty("postgresql")
            self.results.partitions = partitions.measure(url, self.options.statements)
        finally:
            self.shelf.discard("ingested")

    def _ingest(self) -> None:
        try:
            for store in ("postgresql", "sqlite"):
                address = partial(self._address_of_empty, store)
                with self.shelf.cluster.on_all_cores():
                    self.results.ingest[store] = ingest.measure(address, self.options.directory)
        finally:
            self.shelf.discard("ingested")

    def _decisions(self) -> None:
        try:
            for store in ("postgresql", "sqlite"):
                directory = str(self.options.directory)
                took = measured_by("decisions", directory, url=self._address_of_empty(store))
                self.results.decisions[store] = took["seconds"]
        finally:
            self.shelf.discard("ingested")

    def _corpus(self) -> None:
        try:
            for store in ("postgresql", "sqlite"):
                self.narrator.say(f"Importing a corpus on {store}")
                url = self._address_of_empty(store)
                self.results.corpus[store] = corpus.measure(
                    url, self.options.directory, self.options.writes, self.narrator.say
                )
        finally:
            self.shelf.discard("ingested")

    def _address_of_empty(self, store: str) -> str:
        return str(getattr(self.shelf.empty("ingested"), store))
