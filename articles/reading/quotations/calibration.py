"""An instance's own calibration: a table that replaces the confidences that ship."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

EXPECTED = 'a calibration has a reader and a table, as in {"reader": "0.2.2", "table": {"0.98": 0.95}}'


@dataclass(frozen=True, slots=True)
class Calibration:
    """The share of correct quotations that an instance's reviews found for each shipped confidence."""

    reader: str
    """The version of the reader that the table applies to."""
    table: Mapping[str, float] = field(default_factory=dict)
    """Keys are shipped confidences with two decimals."""

    @property
    def version(self) -> str:
        """The reader's version, with a hash of the table if there is one."""
        if not self.table:
            return self.reader
        return (
            f"{self.reader}+{hashlib.sha256(json.dumps(sorted(self.table.items())).encode()).hexdigest()[:8]}"
        )

    def confidence(self, shipped: float) -> float:
        """The calibrated confidence; unchanged if the table does not have it."""
        return self.table.get(bucket(shipped), shipped)


def bucket(confidence: float) -> str:
    """The key of a confidence in the table."""
    return f"{confidence:.2f}"


def parse_calibration(text: str) -> Calibration:
    """Parse a calibration. Raises ValueError, which says what is wrong with it."""
    try:
        written: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not JSON: {error}") from None
    match written:
        case {"reader": str(reader), "table": dict(table)} if all(map(_is_row, table.items())):
            return Calibration(reader, {name: float(share) for name, share in table.items()})
    raise ValueError(EXPECTED)


def write_calibration(calibration: Calibration) -> str:
    """Serialise a calibration for ``parse_calibration``."""
    return json.dumps({"reader": calibration.reader, "table": dict(calibration.table)}, indent=2) + "\n"


def _is_row(row: tuple[Any, Any]) -> bool:
    name, share = row
    try:
        named = bucket(float(name)) == name
    except ValueError:
        return False
    return named and isinstance(share, float | int) and not isinstance(share, bool) and 0 <= share <= 1
