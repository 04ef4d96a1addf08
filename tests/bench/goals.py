"""What is to be reached, as data; and how far it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.bench import locked
from tests.bench.asks import (
    AGAIN,
    COMMON,
    DEEP,
    DETAIL,
    HELD,
    INSTEAD,
    LISTS,
    NEWEST,
    POPULAR,
    RANDOM,
    RARE,
    RARE_WORD,
)
from tests.bench.cached import CACHED, FILE
from tests.bench.checks import DRAFTS, draft_of
from tests.bench.decisions import DECISIONS
from tests.bench.growth import MILLION
from tests.bench.ingest import DASK, FEW, ONE, RATE, TWO
from tests.bench.quoting import AFFIRMED, ANOTHER, NEGATED, NEVER, ONE_WORD, WAYS
from tests.bench.results import Results, spread
from tests.bench.rounds import Spread

LIMIT, STOCK, DATASETTE = "limit", "stock DRF", "Datasette"
NEWSDB = {"postgresql": "newsdb, PostgreSQL", "sqlite": "newsdb, SQLite"}

Measured = Callable[[Results], Spread | None]


@dataclass(frozen=True)
class Goal:
    """At least ``goal``, or with ``at_most`` at most; ``floor`` is what it must not fall behind; 0: none."""

    what: str
    unit: str
    floor: float
    goal: float
    measured: Measured
    at_most: bool = False

    def verdict(self, results: Results) -> str:
        """``reached``, or by how much not; empty where it was not measured."""
        found = self.measured(results)
        if found is None:
            return ""
        if self._holds(found.median, self.goal):
            return "reached"
        missing = abs(found.median / self.goal - 1)
        behind = "" if not self.floor or self._holds(found.median, self.floor) else ", BELOW THE FLOOR"
        return f"missed by {missing:.0%}{behind}"

    def _holds(self, value: float, bound: float) -> bool:
        return value <= bound if self.at_most else value >= bound

    def as_json(self, results: Results) -> dict[str, Any]:
        """The goal, what was measured, and the verdict."""
        return {
            "what": self.what,
            "unit": self.unit,
            "floor": self.floor,
            "goal": self.goal,
            "measured": spread(self.measured(results)),
            "verdict": self.verdict(results) or "not measured",
        }


def _times(peer: str, request: str, to: str) -> Measured:
    return lambda results: results.rates.ratio((peer, request), (to, request)) if results.rates else None


def _least(peer: str, to: str) -> Measured:
    """The list that is furthest behind ``to``, as a multiple of its rate."""

    def measured(results: Results) -> Spread | None:
        found = [_times(peer, request, to)(results) for request in LISTS]
        return min((each for each in found if each), key=lambda each: each.median, default=None)

    return measured


def _percent(peer: str, request: str) -> Measured:
    """Per cent of the limit."""
    limit = LIMIT, INSTEAD.get(request, request)
    return lambda results: (
        _scaled(results.rates.ratio((peer, request), limit), 100) if results.rates else None
    )


def _grown(store: str, request: str) -> Measured:
    """The largest dataset against a million, in per cent."""

    def measured(results: Results) -> Spread | None:
        growth = results.growth
        if growth is None or max(growth.sizes) <= MILLION or growth.reference != MILLION:
            return None
        return _scaled(growth.ratio(store, max(growth.sizes), request), 100)

    return measured


def _database_time(store: str, request: str) -> Measured:
    return lambda results: _only(results.words.get(store, {}).get(request))


def _checked(store: str) -> Iterator[tuple[str, str, float, Measured]]:
    """For each way of quoting: as what it should be told, in how many of a hundred, and in how many it is."""

    def share(way: str, of: Callable[[dict[str, Any]], float]) -> Measured:
        return lambda results: (
            _only(of(results.checks[store][way]) * 100) if way in results.checks.get(store, {}) else None
        )

    def told_as(kind: str) -> Callable[[dict[str, Any]], float]:
        return lambda each: each["kinds"].get(kind, 0) / sum(each["kinds"].values())

    for way, kind, goal in (
        ("verbatim", "exact", 100),
        ("marks and case", "same", 100),
        ("cut", "contained", 99),
        ("added", "extends", 99),
        ("elided", "elided", 99),
        (ONE_WORD, "altered", 98),
        ("a fifth changed", "altered", 90),
        (NEVER, "not_found", 99),
    ):
        yield way, f"told as {kind}", goal, share(way, told_as(kind))
    yield ONE_WORD, "told with the word", 98, share(ONE_WORD, lambda each: each["one word"])
    for way in (NEGATED, AFFIRMED, "a number"):
        of_found = share(way, lambda each: each["changes"] / each["found"] if each["found"] else 0)
        yield way, "told as changed where found", 100, of_found
    yield (
        ANOTHER,
        "told as different",
        100,
        share(ANOTHER, lambda each: each["speakers"].get("different", 0) / sum(each["speakers"].values())),
    )


def _check_time(store: str, column: str) -> Measured:
    """The slowest way of quoting."""
    return lambda results: (
        _only(max(each[column] for way, each in results.checks[store].items() if way in WAYS))
        if store in results.checks
        else None
    )


def _draft(results: Results, store: str, count: int) -> float | None:
    """The milliseconds that a draft of so many quotations takes."""
    found = results.checks.get(store, {}).get(draft_of(count))
    return None if found is None else float(found["median"])


def _draft_time(store: str) -> Measured:
    return lambda results: _scaled(_only(_draft(results, store, 40)), 1 / 1000)


def _draft_growth(store: str) -> Measured:
    """The time of the longest draft, in that of half of it."""

    def measured(results: Results) -> Spread | None:
        half, whole = (_draft(results, store, count) for count in DRAFTS[-2:])
        return _only(whole / half) if half and whole else None

    return measured


def _written(copy: str, ours: str, store: str) -> Measured:
    """Per cent of the speed of COPY; both are named as in Writes."""

    def measured(results: Results) -> Spread | None:
        if results.writes is None:
            return None
        return _only(getattr(results.writes, copy) / getattr(results.writes, ours)[store] * 100)

    return measured


def _crossed(store: str) -> Measured:
    """The seconds of the slowest table that counts all statements."""

    def measured(results: Results) -> Spread | None:
        found = results.crossed.get(store, {}).values()
        return _only(max((each["seconds"] for each in found if each["complete"]), default=None))

    return measured


def _page(store: str, part: str) -> Measured:
    """The most that any request takes: ``form`` as a multiple of the list, ``adds`` in milliseconds."""

    def measured(results: Results) -> Spread | None:
        found = results.pages.get(store, {}).values()
        return _only(
            max((took[part] / (took["list"] if part == "form" else 1) for took in found), default=None)
        )

    return measured


def _ingested(store: str, reader: str, column: str, than: str) -> Measured:
    """What one reader takes or does, as a multiple of what another does."""

    def measured(results: Results) -> Spread | None:
        found = results.ingest.get(store)
        return _only(found[reader][column] / found[than][column]) if found else None

    return measured


def _only(value: float | None) -> Spread | None:
    return None if value is None else Spread(value, value, value)


def _scaled(found: Spread | None, factor: float) -> Spread | None:
    return found and Spread(found.median * factor, found.least * factor, found.most * factor)


def _of_file(results: Results, store: str) -> Spread | None:
    rates = results.cached.get(store)
    return _only(rates[CACHED] / rates[FILE]) if rates else None


def _of_both_stores() -> list[Goal]:
    goals = []
    for store, peer in NEWSDB.items():
        on = f"on {peer.removeprefix('newsdb, ')}"
        floor, goal, stock, datasette = (30, 60, 8, 2) if store == "postgresql" else (40, 75, 10, 3)
        goals += [
            Goal(f"list {on}", "% of the limit", floor, goal, _percent(peer, POPULAR)),
            Goal(f"list {on}, random cursors", "% of the limit", floor, goal, _percent(peer, RANDOM)),
            Goal(f"list {on}", "x stock DRF", 6, stock, _times(peer, POPULAR, STOCK)),
            Goal(f"list {on}", "x Datasette", 0, datasette, _times(peer, POPULAR, DATASETTE)),
            Goal(f"any list {on}", "x Datasette", 1, 1, _least(peer, DATASETTE)),
            Goal(f"a rare speaker's list {on}", "% of the limit", 22, 22, _percent(peer, RARE)),
            Goal(f"one statement {on}", "% of the limit", 16, 16, _percent(peer, DETAIL)),
            Goal(f"the same statement again {on}", "% of the limit", 40, 40, _percent(peer, AGAIN)),
            Goal(f"304 {on}", "% of the limit", 90, 100, _percent(peer, HELD)),
        ]
        goals += [
            Goal(f"checks {on}, {way} {as_what}", "% of the quotations", 0, goal, share)
            for way, as_what, goal, share in _checked(store)
        ]
        goals += [
            Goal(f"a check {on}, {which}", "ms", 0, goal, _check_time(store, column), at_most=True)
            for which, column, goal in (("median", "median", 30), ("99th percentile", "p99", 150))
        ]
        goals += [
            Goal(f"a draft of 40 quotations {on}", "s", 0, 2, _draft_time(store), at_most=True),
            Goal(f"a draft of twice the length {on}", "x", 0, 2.2, _draft_growth(store), at_most=True),
        ]
        goals += [
            Goal(f"pages read by {TWO} {on}", "x one", 0, 1.7, _ingested(store, TWO, RATE, ONE)),
            Goal(f"pages read by {DASK} {on}", "x one", 0, 1.7, _ingested(store, DASK, RATE, ONE)),
            Goal(
                *(f"memory of five times the pages {on}", "x", 0, 1.1),
                _ingested(store, ONE, "memory", FEW),
                at_most=True,
            ),
        ]
        goals += [
            Goal(f"{request} {on}, largest dataset", "% of a million", 85, 90, _grown(store, request))
            for request in (NEWEST, RANDOM, DEEP)
        ]
        goals += [
            Goal(f"{request} {on}", "ms in the database", 5, 5, _database_time(store, request), at_most=True)
            for request in (COMMON, RARE_WORD)
        ]
        goals += [
            Goal(*(f"crossed facets {on}, all counted", "s", 0, 1), _crossed(store), at_most=True),
            Goal(
                *(f"rows and form of the page {on}", "x the list", 0, 3), _page(store, "form"), at_most=True
            ),
            Goal(*(f"what the page adds {on}", "ms", 0, 150), _page(store, "adds"), at_most=True),
        ]
        goals += [
            Goal(f"import {on}", "% of bare COPY", 0, 25, _written("copy_in", "imported", store)),
            Goal(
                f"import {on}",
                "% of COPY with keys, indexes, words and ledger",
                25,
                25,
                _written("copy_kept", "imported", store),
            ),
            Goal(f"export {on}", "% of bare COPY", 0, 50, _written("copy_out", "exported", store)),
            Goal(
                *(f"export {on}", "% of COPY of as much, as CSV and JSON", 0, 30),
                _written("copy_released", "exported", store),
            ),
            Goal(
                *(f"a shared cache's page {on}", "% of a file", 0, 80),
                lambda results, store=store: _scaled(_of_file(results, store), 100),  # type: ignore[misc]
            ),
            Goal(
                *(f"accepting {DECISIONS} proposals {on}", "s", 0, 2),
                lambda results, store=store: _only(results.decisions.get(store)),  # type: ignore[misc]
                at_most=True,
            ),
            Goal(
                *(f"a worker {on}, after 10,000 requests", "MB", 0, 100),
                lambda results, store=store: _scaled(_only(results.memory.get(store)), 1e-6),  # type: ignore[misc]
                at_most=True,
            ),
        ]
    goals += [
        Goal(
            *(f"{request} while others write, SQLite", "ms, 99 of 100", 0, 100),
            lambda results, request=request: _only(results.locked.get(request)),  # type: ignore[misc]
            at_most=True,
        )
        for request in (locked.LIST, locked.READY)
    ]
    return goals


GOALS = tuple(_of_both_stores())
