"""What a run found out, and how it is kept."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.growth import Growth
from tests.bench.rounds import Rates, Spread
from tests.bench.writes import Writes


@dataclass
class Results:
    """Everything measured; what was not is empty or None. ``failures`` say what went wrong."""

    machine: dict[str, Any]
    options: dict[str, Any]
    rates: Rates | None = None
    growth: Growth | None = None
    #: Milliseconds, by store and request.
    words: dict[str, dict[str, float]] = field(default_factory=dict)
    #: Bytes a statement, by store and part.
    sizes: dict[str, dict[str, float]] = field(default_factory=dict)
    #: Bytes, by store.
    memory: dict[str, int] = field(default_factory=dict)
    writes: Writes | None = None
    failures: list[str] = field(default_factory=list)
    #: Milliseconds, by request.
    locked: dict[str, float] = field(default_factory=dict)
    #: What became of quotations, by store and by how they were changed.
    checks: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    #: Milliseconds, by store, request and part of the page.
    pages: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)

    #: Pages a second, and what else was measured, by store and by who reads.
    ingest: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)

    #: Answers a second, by store and by who gives them.
    cached: dict[str, dict[str, float]] = field(default_factory=dict)

    #: What two tables of the same rows take, by table and by what was measured.
    partitions: dict[str, dict[str, float]] = field(default_factory=dict)

    #: Seconds for the decisions on a hundred proposals, by store.
    decisions: dict[str, float] = field(default_factory=dict)

    #: What importing quotations took, by store.
    corpus: dict[str, dict[str, float]] = field(default_factory=dict)

    #: Seconds for tables of crossed facets and whether all is counted, by store and table.
    crossed: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def save(self, file: Path, goals: list[dict[str, Any]]) -> None:
        """Write all of it as JSON, with how far each of the goals was reached."""
        document = {
            "machine": self.machine,
            "options": self.options,
            "goals": goals,
            "requests_a_second": _listed(self.rates, "peer"),
            "growth": _listed(self.growth.rates, "store") if self.growth else [],
            "database_milliseconds": self.words,
            "bytes_a_statement": self.sizes,
            "worker_bytes": self.memory,
            "writes": vars(self.writes) if self.writes else {},
            "milliseconds_while_another_writes": self.locked,
            "checks": self.checks,
            "pages_milliseconds": self.pages,
            "ingest": self.ingest,
            "cached": self.cached,
            "partitions": self.partitions,
            "decisions_seconds": self.decisions,
            "corpus": self.corpus,
            "crossed": self.crossed,
            "failures": self.failures,
        }
        file.write_text(json.dumps(document, indent=2, default=str) + "\n", encoding="utf-8")


def spread(value: Spread | None) -> dict[str, float] | None:
    """A spread as JSON has it."""
    return vars(value) if value else None


def _listed(rates: Rates | None, by: str) -> list[dict[str, Any]]:
    if rates is None:
        return []
    return [
        {by: who, "request": what, "rounds": each, **(spread(rates.rate((who, what))) or {})}
        for (who, what), each in rates.rounds.items()
    ]
