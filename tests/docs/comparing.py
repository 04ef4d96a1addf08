"""Whether an output is the one that a page shows: what the page leaves out is marked by "…"."""

import json
import re
from typing import Any

LEFT_OUT = "…"


def compare(shown: str, shown_as: str, real: str) -> None:
    """Raise AssertionError where an output is not the one that is shown."""
    if shown_as == "json":
        compare_json(json.loads(shown), json.loads(real))
    else:
        pattern = "".join(
            "(?s:.*)" if line.strip() == LEFT_OUT else ".*".join(map(re.escape, line.split(LEFT_OUT)))
            for line in shown.splitlines(keepends=True)
        )
        assert re.fullmatch(pattern, real), f"shown:\n{shown}\nreal:\n{real}"


def compare_json(shown: Any, real: Any, place: str = "") -> None:
    """Compare member by member. "…" cuts a string, an object or a list short; ids may differ."""
    match shown, real:
        case dict(), dict():
            names = shown.keys() - {LEFT_OUT}
            assert names <= real.keys() if LEFT_OUT in shown else names == real.keys(), (
                f"{place}: {real.keys()}"
            )
            for name in names - {"id"}:
                compare_json(shown[name], real[name], f"{place}/{name}")
        case [*items, "…"], list():
            assert len(items) < len(real), place
            compare_json(items, real[: len(items)], place)
        case list(), list():
            assert len(shown) == len(real), f"{place}: {len(real)} items"
            for index, pair in enumerate(zip(shown, real, strict=True)):
                compare_json(*pair, f"{place}/{index}")
        case str(), str() if LEFT_OUT in shown:
            pattern = ".*".join(map(re.escape, shown.split(LEFT_OUT)))
            assert re.fullmatch(pattern, real, re.DOTALL), f"{place}: {real}"
        case _:
            assert shown == real, f"{place}: {real}"
