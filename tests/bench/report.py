"""Tables of what was found out, for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console, Group
from rich.table import Table

from tests.bench.asks import INSTEAD
from tests.bench.goals import GOALS, LIMIT, NEWSDB
from tests.bench.growth import REQUESTS, Growth
from tests.bench.results import Results
from tests.bench.rounds import Rates, Spread
from tests.bench.writes import Writes

NOTHING = "–"


def show(results: Results, console: Console) -> None:
    """Print all tables of what was measured, the goals last."""
    console.print(Group(*tables(results)))


def tables(results: Results) -> Iterator[Table]:
    """A table for each kind of measurement."""
    if results.rates:
        yield rates_table(results.rates)
    if results.growth:
        yield from growth_tables(results.growth)
    if results.words:
        yield _plain("Search, newest first: milliseconds in the database", results.words, "{:.2f}")
    if results.sizes:
        yield _plain("Bytes a statement", results.sizes, "{:,.0f}", total=True)
    if results.writes:
        yield writes_table(results.writes)
    for store, found in results.checks.items():
        yield checks_table(store, found)
    for store, crossed in results.crossed.items():
        yield crossed_table(store, crossed)
    for store, by_request in results.pages.items():
        yield pages_table(store, by_request)
    if results.cached:
        yield _plain("One page, answers a second", results.cached, "{:,.0f}")
    if results.partitions:
        yield partitions_table(results.partitions)
    for store, readers in results.ingest.items():
        yield ingest_table(store, readers)
    for store, took in results.corpus.items():
        yield corpus_table(store, took)
    yield goals_table(results)


def pages_table(store: str, found: Mapping[str, Mapping[str, float]]) -> Table:
    """The page of statements beside the API's list."""
    table = Table("request", "the API's list", "rows and form", "times the list", "facets, timeline, hints")
    table.title = f"The page of statements, {NEWSDB[store]}: milliseconds at the median"
    for request, took in found.items():
        times = f"{took['form'] / took['list']:.1f}"
        table.add_row(
            request, *(f"{took[part]:.1f}" for part in ("list", "form")), times, f"{took['adds']:.1f}"
        )
    return table


def rates_table(rates: Rates) -> Table:
    """Requests a second of the limit, and those of others in per cent of it, each round by itself."""
    others = [peer for peer in _first(rates) if peer != LIMIT]
    table = Table("request", f"{LIMIT}, a second", *(f"{peer}, %" for peer in others))
    table.title = "Requests a second, in per cent of the limit: median (range) of the rounds"
    for request in dict.fromkeys(request for _, request in rates.rounds):
        limit = LIMIT, INSTEAD.get(request, request)
        table.add_row(
            request,
            _cell(rates.rate((LIMIT, request)), 1, "{:,.0f}"),
            *(_cell(rates.ratio((peer, request), limit), 100, "{:.3g}") for peer in others),
        )
    return table


def growth_tables(growth: Growth) -> Iterator[Table]:
    """Requests a second by size, and in per cent of those with the size of reference."""
    for store, peer in NEWSDB.items():
        table = Table("statements", *REQUESTS)
        table.title = f"Growth, {peer}: requests a second, and in per cent of {growth.reference:,} statements"
        for size in growth.sizes:
            cells = (
                f"{_cell(growth.rate(store, size, request), 1, '{:,.0f}', ranged=False)}"
                f"  {_cell(growth.ratio(store, size, request), 100, '{:.0f}%')}"
                for request in REQUESTS
            )
            table.add_row(f"{size:,}", *cells)
        yield table


def writes_table(writes: Writes) -> Table:
    """Seconds for the same rows, and memory."""
    table = Table("", "COPY", "COPY of as much", *NEWSDB)
    table.title = f"Writing: seconds for {writes.rows:,} rows (megabytes of memory at most)"
    for what, copy, as_much, ours in (
        ("export", writes.copy_out, writes.copy_released, writes.exported),
        ("import", writes.copy_in, writes.copy_kept, writes.imported),
    ):
        cells = (f"{ours[store]:.2f} ({writes.memory[f'{what}, {store}'] / 1e6:.0f})" for store in NEWSDB)
        table.add_row(what, f"{copy:.2f}", f"{as_much:.2f}", *cells)
    return table


def checks_table(store: str, ways: Mapping[str, Mapping[str, Any]]) -> Table:
    """What became of quotations by how they were changed, and what one check takes."""
    shares = ("found", "changes", "one word")
    table = Table("quoted", "asked", "found", "changes named", "one word differs", "as", "ms", "p99, ms")
    table.title = f"Checks, {NEWSDB[store]}"
    for way, each in ways.items():
        kinds = ", ".join(f"{kind} {count}" for kind, count in each["kinds"].items())
        found = (f"{each[share]:.1%}" if share in each else NOTHING for share in shares)
        times = (f"{each[time]:.1f}" for time in ("median", "p99"))
        table.add_row(way, each["asked"], *found, kinds, *times)
    return table


def crossed_table(store: str, found: Mapping[str, Mapping[str, Any]]) -> Table:
    """Tables of crossed facets, and whether they count all statements or only the newest."""
    table = Table(
        "facets",
        "counted",
        "the first page, s",
        "the next, s",
        "CSV, s",
        title=f"Crossed facets, {NEWSDB[store]}",
    )
    for name, each in found.items():
        counted = "all" if each["complete"] else "the newest"
        table.add_row(name, counted, *(f"{each[part]:.2f}" for part in ("seconds", "next", "csv")))
    return table


def ingest_table(store: str, readers: Mapping[str, Mapping[str, float]]) -> Table:
    """How fast pages are read and loaded, by who reads them."""
    table = Table("pages are read by", "pages", "a second", "megabytes of the loading process")
    table.title = f"Captured pages, {NEWSDB[store]}"
    for reader, took in readers.items():
        values = (took["pages"], took["pages a second"], took["memory"] / 1e6)
        table.add_row(reader, *(f"{value:,.0f}" for value in values))
    return table


def partitions_table(found: Mapping[str, Mapping[str, float]]) -> Table:
    """One table of PostgreSQL beside partitions with the same rows."""
    table = Table("", *found, title="Partitions")
    for name in next(iter(found.values())):
        table.add_row(name, *(f"{of_table[name]:,.2f}" for of_table in found.values()))
    return table


def corpus_table(store: str, took: Mapping[str, float]) -> Table:
    """What importing quotations of a corpus took, and what all of Quotebank would."""
    table = Table("", "", title=f"Quotations of a corpus, {NEWSDB[store]}")
    for name, value in took.items():
        table.add_row(name, f"{value:,.1f}")
    return table


def goals_table(results: Results) -> Table:
    """Each goal, what was measured, and whether that reaches it or by how much not."""
    table = Table("goal", "", "floor", "goal", "measured", "")
    table.title = "Goals"
    for goal in GOALS:
        found = goal.measured(results)
        bounds = (f"{bound:g}" if bound else NOTHING for bound in (goal.floor, goal.goal))
        table.add_row(
            goal.what, goal.unit, *bounds, _cell(found, 1, "{:.3g}"), goal.verdict(results) or NOTHING
        )
    return table


def _plain(title: str, rows: Mapping[str, Mapping[str, float]], form: str, *, total: bool = False) -> Table:
    """One row for each store; ``total`` adds their sum."""
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    table = Table("store", *names, *(["all"] if total else []), title=title)
    for store, row in rows.items():
        values = [row[name] for name in names] + ([sum(row.values())] if total else [])
        table.add_row(store, *map(form.format, values))
    return table


def _cell(found: Spread | None, factor: float, form: str, *, ranged: bool = True) -> str:
    if found is None:
        return NOTHING
    median, least, most = (form.format(value * factor) for value in (found.median, found.least, found.most))
    return f"{median} ({least}–{most})" if ranged and least != most else median


def _first(rates: Rates) -> list[str]:
    return list(dict.fromkeys(peer for peer, _ in rates.rounds))
