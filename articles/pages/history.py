"""What happened to a record, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.dateparse import parse_datetime

ACTIONS = {
    "created": "Published",
    "updated": "Corrected",
    "retracted": "Retracted",
    "merged": "Merged into another record",
    "deleted": "Withdrawn",
    "erased": "Erased",
}
#: How long a value is quoted.
MOST = 120


def in_words(versions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each version with its time, its action and its changes."""
    return [
        {
            "at": parse_datetime(version["at"]),
            "what": ACTIONS[version["action"]],
            "reason": version["reason"],
            "changes": [_change(change) for change in version["changes"]],
        }
        for version in versions
    ]


def _change(change: dict[str, Any]) -> dict[str, Any]:
    before, after = (_quoted(change[side]) for side in ("before", "after"))
    return {"field": change["field"].replace("_", " "), "before": before, "after": after}


def _quoted(value: Any) -> str:
    """A value that can be read at a glance; of others, a page only says that they changed."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("slug") or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str | int | float):
        return ""
    text = str(value)
    return text if len(text) <= MOST else f"{text[:MOST]}…"
