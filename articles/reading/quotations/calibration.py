"""Confidence as an instance has found it: a table that takes the place of the one that ships."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

EXPECTED = 'a calibration has a reader and a table, as in {"reader": "0.2.1", "table": {"0.98": 0.95}}'


@dataclass(frozen=True, slots=True)
class Calibration:
    """What each confidence that ships came to in an instance's own reviews."""

    reader: str
    """The version of the reader whose confidence it is about."""
    table: Mapping[str, float] = field(default_factory=dict)
    """By the confidence that ships, with two decimals."""

    @property
    def version(self) -> str:
        """The reader's version, and which table is used with it."""
        if not self.table:
            return self.reader
        return (
            f"{self.reader}+{hashlib.sha256(json.dumps(sorted(self.table.items())).encode()).hexdigest()[:8]}"
        )

    def confidence(self, shipped: float) -> float:
        """What is stated instead of a confidence that ships; itself where the table does not have it."""
        return self.table.get(bucket(shipped), shipped)


def bucket(confidence: float) -> str:
    """How a table names a confidence."""
    return f"{confidence:.2f}"


def parse_calibration(text: str) -> Calibration:
    """Read a table. Raises ValueError with what is wrong with it."""
    try:
        written: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is no JSON: {error}") from None
    match written:
        case {"reader": str(reader), "table": dict(table)} if all(map(_is_row, table.items())):
            return Calibration(reader, {name: float(share) for name, share in table.items()})
    raise ValueError(EXPECTED)


def write_calibration(calibration: Calibration) -> str:
    """A table as ``parse_calibration`` reads it."""
    return json.dumps({"reader": calibration.reader, "table": dict(calibration.table)}, indent=2) + "\n"


def _is_row(row: tuple[Any, Any]) -> bool:
    name, share = row
    try:
        named = bucket(float(name)) == name
    except ValueError:
        return False
    return named and isinstance(share, float | int) and not isinstance(share, bool) and 0 <= share <= 1
