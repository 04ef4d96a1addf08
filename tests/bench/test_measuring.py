"""What is made of measurements: options, rounds, goals, tables."""

import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from articles.reading.corpora import READERS, read_lines
from tests.bench.answers import DifferenceError, compare
from tests.bench.asks import AGAIN, DATED, DETAIL, HELD, LISTS
from tests.bench.cached import APPLICATION, CACHED, FILE
from tests.bench.checks import DRAFTS, draft_of
from tests.bench.corpus import write_quotations
from tests.bench.goals import GOALS, Goal
from tests.bench.growth import MILLION, Growth, who
from tests.bench.ingest import DASK, FEW, ONE, RATE, TWO
from tests.bench.load import LoadError, ask_http, ask_postgresql
from tests.bench.options import GROWTH, PARTS, OptionError, Options, read_options
from tests.bench.partitions import TABLES
from tests.bench.quoting import WAYS
from tests.bench.report import show
from tests.bench.results import Results
from tests.bench.rounds import Rates, Spread, measure
from tests.bench.writes import Writes


def watch(items: Sequence[Any]) -> Iterable[Any]:
    return items


def test_what_is_not_told_is_as_the_help_says() -> None:
    assert read_options({}) == Options() == read_options({"STATEMENTS": " ", "HOME": "/"})
    assert Options().growth == GROWTH


def test_what_is_told() -> None:
    chosen = read_options(
        {
            "STATEMENTS": "10_000",
            "ONLY": "list, 304",
            "ROUNDS": "3",
            "GROWTH": "500,100",
            "BENCH_DIR": "/there",
        }
    )
    assert (chosen.statements, chosen.rounds, chosen.growth) == (10_000, 3, (100, 500))
    assert [part for part in PARTS if chosen.wants(part)] == ["list", "304"]
    assert chosen.directory == Path("/there")


def test_growth_ends_where_the_dataset_does() -> None:
    assert read_options({"STATEMENTS": "100000"}).growth == (10_000, 100_000)
    assert read_options({"STATEMENTS": "50"}).growth == (50,)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ROUNDS", "0"),
        ("SECONDS", "2.5"),
        ("STATEMENTS", "-1"),
        ("ONLY", "lists"),
        ("SEED", "²"),
        ("LEDGER", "no"),
    ],
)
def test_what_cannot_be_told_is_named(name: str, text: str) -> None:
    with pytest.raises(OptionError, match=f"^{name}="):
        read_options({name: text})


def test_a_ratio_is_taken_within_a_round() -> None:
    """The machine is twice as slow in the second round, for all alike."""
    rates = Rates(
        {("a", "x"): [100.0, 50.0, 100.0], ("b", "x"): [200.0, 100.0, 100.0], ("c", "x"): [None, None]}
    )
    assert rates.ratio(("b", "x"), ("a", "x")) == Spread(2.0, 1.0, 2.0)
    assert rates.rate(("a", "x")) == Spread(100.0, 50.0, 100.0)
    assert rates.rate(("c", "x")) is rates.ratio(("c", "x"), ("a", "x")) is rates.rate(("d", "x")) is None


def test_rounds_are_interleaved_and_the_first_does_not_count() -> None:
    done: list[tuple[str, int]] = []

    def work(name: str) -> Any:
        def do(seconds: int) -> float:
            done.append((name, seconds))
            return len(done)

        return do

    rates = Rates()
    measure({("a", ""): work("a"), ("b", ""): work("b")}, 2, 7, watch, rates)
    assert done == [("a", 1), ("b", 1), ("a", 7), ("b", 7), ("a", 7), ("b", 7)]
    assert rates.rounds == {("a", ""): [3, 5], ("b", ""): [4, 6]}


def test_what_fails_is_named_once_and_keeps_nothing_else_from_being_measured() -> None:
    def fail(seconds: int) -> float:
        raise LoadError("12 answers, 12 of them errors, 0 lost")

    rates = Rates()
    measure({("a", "x"): fail, ("b", "x"): lambda seconds: 5.0}, 3, 1, watch, rates)
    assert rates.failures == ["a, x: 12 answers, 12 of them errors, 0 lost"]
    assert rates.rounds == {("a", "x"): [None] * 3, ("b", "x"): [5.0] * 3}


def test_answers_that_differ_are_told_apart() -> None:
    compare("newest", {"limit": [(1, "a"), (2, "b")], "newsdb": [(1, "a"), (2, "b")]})
    with pytest.raises(DifferenceError, match="newest: newsdb has 1 rows, limit 2"):
        compare("newest", {"limit": [(1, "a"), (2, "b")], "newsdb": [(1, "a")]})
    with pytest.raises(DifferenceError, match=r"in row 2 newsdb says\n  \(2, 'c'\)\nand limit\n  \(2, 'b'\)"):
        compare("newest", {"limit": [(1, "a"), (2, "b")], "newsdb": [(1, "a"), (2, "c")]})


@pytest.mark.parametrize(
    ("value", "at_most", "verdict"),
    [
        (60.0, False, "reached"),
        (45.0, False, "missed by 25%"),
        (30.0, False, "missed by 50%, BELOW THE FLOOR"),
        (30.0, True, "reached"),
        (90.0, True, "missed by 50%, BELOW THE FLOOR"),
    ],
)
def test_a_verdict(value: float, at_most: bool, verdict: str) -> None:
    floor = 70 if at_most else 40
    goal = Goal("it", "%", floor, 60, lambda results: Spread(value, value, value), at_most)
    assert goal.verdict(Results({}, {})) == verdict


def full_results() -> Results:
    """Of which every goal finds something."""
    names = {goal.what for goal in GOALS}
    assert len(names) > 20
    peers = ("limit", "newsdb, PostgreSQL", "newsdb, SQLite", "stock DRF", "Datasette")
    requests = (*LISTS, "random cursors", HELD, DETAIL, AGAIN)
    rates = Rates({(peer, request): [10.0, 20.0] for peer in peers for request in requests})
    rates.rounds["Datasette", DATED] = [20.0, 40.0]
    del rates.rounds["limit", HELD]
    sizes = (MILLION, 10 * MILLION)
    pages = ("newest page", "random cursors", "90% deep", "q, a common word")
    grown = Rates(
        {
            (who(s, size), page): [4e7 / size]
            for s in ("postgresql", "sqlite")
            for size in sizes
            for page in pages
        }
    )
    each = {"postgresql": 4.0, "sqlite": 8.0}
    checked = {
        "asked": "1,000",
        "found": 1.0,
        "changes": 0.97,
        "one word": 0.98,
        "kinds": {"exact": 9, "altered": 1},
        "speakers": {"different": 10},
        "median": 20.0,
        "p99": 200.0,
    }
    memory = {f"{what}, {store}": 50_000_000 for what in ("export", "import") for store in each}
    return Results(
        {"cores": 2},
        {},
        rates,
        Growth(sizes, grown),
        {store: {"q, a common word": 4.5, "q, a rare word": 6.0} for store in each},
        {store: {"statements": 1000.0, "ledger": 2000.0} for store in each},
        {"postgresql": 90_000_000, "sqlite": 120_000_000},
        Writes(1000, 1.0, 1.2, 2.0, 1.5, each, each, memory),
        ["it rained"],
        {"a list, with a token": 40.0, "/readyz": 125.0},
        {
            store: dict.fromkeys(WAYS, checked)
            | {draft_of(count): checked | {"median": count * 60.0} for count in DRAFTS}
            for store in each
        },
        {store: {"newest page": {"list": 5.0, "form": 20.0, "adds": 100.0, "page": 120.0}} for store in each},
        {
            store: {
                reader: {"pages": 100.0, RATE: rate, "memory": 2e6 if reader == ONE else 1e6}
                for reader, rate in {FEW: 10.0, ONE: 10.0, TWO: 17.0, DASK: 15.3}.items()
            }
            for store in each
        },
        {store: {CACHED: 3600.0, FILE: 6000.0, APPLICATION: 500.0} for store in each},
        {name: {"gigabytes": 7.3} for name in TABLES},
        {"postgresql": 2.5, "sqlite": 1.5},
        crossed={
            store: {
                "speaker*day": {"seconds": 1.2, "next": 0.1, "csv": 30.0, "complete": True},
                "speaker*day, an outlet": {"seconds": 2.5, "next": 2.0, "csv": 2.0, "complete": False},
            }
            for store in each
        },
    )


def test_every_goal_is_held_against_what_was_measured() -> None:
    results = full_results()
    verdicts = {(goal.what, goal.unit): goal.verdict(results) for goal in GOALS}
    assert all(verdicts.values()), verdicts
    assert verdicts["list on PostgreSQL", "% of the limit"] == "reached"
    of_quotations = "% of the quotations"
    assert verdicts["checks on SQLite, verbatim told as exact", of_quotations] == "missed by 10%"
    changed = "checks on SQLite, a negation added told as changed where found"
    assert verdicts[changed, of_quotations] == "missed by 3%"
    assert verdicts["checks on SQLite, one word changed told with the word", of_quotations] == "reached"
    assert verdicts["checks on SQLite, another's name told as different", of_quotations] == "reached"
    assert verdicts["a check on PostgreSQL, median", "ms"] == "reached"
    assert verdicts["a check on PostgreSQL, 99th percentile", "ms"] == "missed by 33%"
    assert verdicts["a draft of 40 quotations on SQLite", "s"] == "missed by 20%"
    assert verdicts["a draft of twice the length on SQLite", "x"] == "reached"
    assert verdicts["crossed facets on SQLite, all counted", "s"] == "missed by 20%"
    assert verdicts["rows and form of the page on SQLite", "x the list"] == "missed by 33%"
    assert verdicts["what the page adds on SQLite", "ms"] == "reached"
    assert verdicts["pages read by two processes on SQLite", "x one"] == "reached"
    assert verdicts["pages read by Dask, two workers on SQLite", "x one"] == "missed by 10%"
    assert verdicts["memory of five times the pages on PostgreSQL", "x"] == "missed by 82%"
    assert verdicts["list on PostgreSQL", "x stock DRF"] == "missed by 88%, BELOW THE FLOOR"
    assert verdicts["any list on PostgreSQL", "x Datasette"] == "missed by 50%, BELOW THE FLOOR"
    assert verdicts["the same statement again on SQLite", "% of the limit"] == "reached"
    assert verdicts["304 on SQLite", "% of the limit"] == "reached"
    assert verdicts["newest page on SQLite, largest dataset", "% of a million"].startswith("missed by 89%")
    assert verdicts["q, a rare word on SQLite", "ms in the database"] == "missed by 20%, BELOW THE FLOOR"
    assert verdicts["a shared cache's page on SQLite", "% of a file"] == "missed by 25%"
    assert verdicts["accepting 100 proposals on PostgreSQL", "s"] == "missed by 25%"
    assert verdicts["accepting 100 proposals on SQLite", "s"] == "reached"
    assert verdicts["import on PostgreSQL", "% of bare COPY"] == "reached"
    kept = "% of COPY with keys, indexes, words and ledger"
    assert verdicts["import on PostgreSQL", kept] == "reached"
    assert verdicts["import on SQLite", kept] == "missed by 25%, BELOW THE FLOOR"
    assert verdicts["export on SQLite", "% of bare COPY"] == "missed by 75%"
    assert verdicts["export on SQLite", "% of COPY of as much, as CSV and JSON"] == "missed by 50%"
    assert verdicts["a worker on SQLite, after 10,000 requests", "MB"] == "missed by 20%"
    assert verdicts["a list, with a token while others write, SQLite", "ms, 99 of 100"] == "reached"
    assert verdicts["/readyz while others write, SQLite", "ms, 99 of 100"] == "missed by 25%"
    assert not any(goal.verdict(Results({}, {})) for goal in GOALS)


def test_tables_and_json_say_it_all(tmp_path: Path) -> None:
    results = full_results()
    page = io.StringIO()
    show(results, Console(file=page, width=200))
    for said in ("15 (10–20)", "10,000,000", "4.00 (50)", "1.50", "3,000", "4.50", "missed by 88%"):
        assert said in page.getvalue(), said
    results.save(tmp_path / "bench.json", [goal.as_json(results) for goal in GOALS])
    kept = json.loads((tmp_path / "bench.json").read_text())
    assert kept["failures"] == ["it rained"]
    first = kept["requests_a_second"][0]
    assert (first["peer"], first["request"], first["rounds"]) == ("limit", LISTS[0], [10.0, 20.0])
    assert (first["median"], first["least"], first["most"]) == (15.0, 10.0, 20.0)
    assert kept["goals"][0]["verdict"] == "reached"
    assert kept["writes"]["copy_in"] == 2.0


def program(directory: Path, name: str, says: str, status: int = 0) -> None:
    """A program that says something, whatever it is asked."""
    file = directory / name
    file.write_text(f"#!/bin/sh\ncat <<'END'\n{says}\nEND\nexit {status}\n")
    file.chmod(0o755)


def test_what_wrk_says_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    answer = '{"requests": %d, "microseconds": 2000000, "refused": %d, "lost": %d}'
    program(tmp_path, "wrk", f"Running 2s test\n{answer % (500, 0, 0)}")
    assert ask_http("http://127.0.0.1:1", ["/"], 2) == (250.0, 500)
    for numbers in ((500, 1, 0), (500, 0, 1), (0, 0, 0)):
        program(tmp_path, "wrk", answer % numbers)
        with pytest.raises(LoadError, match=f"{numbers[0]} answers"):
            ask_http("http://127.0.0.1:1", ["/"], 2)
    program(tmp_path, "wrk", "no such host", status=1)
    with pytest.raises(LoadError, match=r"wrk failed \(1\): no such host"):
        ask_http("http://127.0.0.1:1", ["/"], 2)


def test_what_pgbench_says_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    said = "number of failed transactions: %d (0.000%%)\ntps = 812.500000 (without initial connection time)"
    program(tmp_path, "pgbench", said % 0)
    assert ask_postgresql("postgres://", "SELECT 1;", 1) == 812.5
    program(tmp_path, "pgbench", said % 3)
    with pytest.raises(LoadError, match="3 transactions failed"):
        ask_postgresql("postgres://", "SELECT 1;", 1)
    program(tmp_path, "pgbench", "nothing")
    with pytest.raises(LoadError, match="pgbench said: nothing"):
        ask_postgresql("postgres://", "SELECT 1;", 1)


def test_generated_quotations_are_in_the_shape_of_the_corpus(tmp_path: Path) -> None:
    write_quotations(tmp_path / "quotations", 20)
    with (tmp_path / "quotations").open("rb") as file:
        found = [read for _, line in read_lines(file) for read in READERS["quotebank"](line)]
    assert len({quotation.key for quotation in found}) == 20
    assert {len(quotation.urls) for quotation in found} == {1, 2}
    assert {len(quotation.wikidata_ids) for quotation in found} == {0, 1}
