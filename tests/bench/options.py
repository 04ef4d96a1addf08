"""What `make bench` is told, by variables of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Sizes that a page is measured in, as far as there are so many statements.
GROWTH = (10_000, 100_000, 1_000_000)
#: Rows of a page.
LIMIT = 50
#: The parts of a run, and the groups of requests, that ONLY= chooses from.
PARTS = (
    *("list", "cursor", "q", "facets", "detail", "304"),
    *("growth", "words", "sizes", "memory", "writes", "locked", "checks", "crossed", "pages"),
    *("cache", "partitions", "ingest", "decisions", "corpus"),
)


class OptionError(ValueError):
    """A variable that does not say what it should; the message is for who typed it."""


@dataclass(frozen=True)
class Options:
    """How much is measured, and how long."""

    statements: int = 1_000_000
    seed: int = 1
    rounds: int = 5
    seconds: int = 3
    growth: tuple[int, ...] = GROWTH
    writes: int = 20_000
    #: Whether datasets have one; without it ten million statements take 60 gigabytes less in either store.
    ledger: bool = True
    only: frozenset[str] = frozenset(PARTS)
    directory: Path = field(default=ROOT / ".bench")
    report: Path = field(default=ROOT / "bench.json")

    def wants(self, part: str) -> bool:
        """Whether a part of the run, or a group of requests, was chosen."""
        return part in self.only


def read_options(environment: Mapping[str, str] = os.environ) -> Options:
    """The options that variables name: STATEMENTS, SEED, ROUNDS, SECONDS, GROWTH, WRITES, LEDGER,
    ONLY, BENCH_DIR, BENCH_REPORT.

    Raises OptionError.
    """
    given = {name: text for name, text in environment.items() if text.strip()}
    chosen: dict[str, object] = {
        name: _number(name.upper(), given[name.upper()])
        for name in ("statements", "seed", "rounds", "seconds", "writes")
        if name.upper() in given
    }
    if "GROWTH" in given:
        chosen["growth"] = tuple(sorted({_number("GROWTH", size) for size in given["GROWTH"].split(",")}))
    for name in ("LEDGER",):
        if name in given:
            if given[name] not in ("0", "1"):
                raise OptionError(f"{name}={given[name]}: give 0 or 1.")
            chosen[name.lower()] = given[name] == "1"
    if "ONLY" in given:
        only = frozenset(part.strip() for part in given["ONLY"].split(","))
        if unknown := only - set(PARTS):
            raise OptionError(f"ONLY={','.join(sorted(unknown))}: choose from {', '.join(PARTS)}.")
        chosen["only"] = only
    if "BENCH_DIR" in given:
        chosen["directory"] = Path(given["BENCH_DIR"]).expanduser().resolve()
    if "BENCH_REPORT" in given:
        chosen["report"] = Path(given["BENCH_REPORT"]).expanduser().resolve()
    options = Options(**chosen)  # type: ignore[arg-type]
    if "GROWTH" not in given:
        upto = tuple(size for size in GROWTH if size <= options.statements)
        options = replace(options, growth=upto or (options.statements,))
    return options


def _number(name: str, text: str) -> int:
    digits = text.strip().replace("_", "")
    if not digits.isascii() or not digits.isdecimal() or int(digits) < 1:
        raise OptionError(f"{name}={text}: give a whole number above 0.")
    return int(digits)
