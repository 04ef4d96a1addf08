"""What happened to a record, in words."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from articles.pages.asking import API, Asked
from articles.pages.bounds import First, first
from newsdb.models import Change

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
#: How many versions a page shows, and how many changes of each.
VERSIONS, CHANGES = 10, 5


def history_of(asked: Asked, record_type: str, uid: str) -> First:
    """The latest versions of a record, in words."""
    path = f"/{record_type}s/{uid}/history/"
    page = asked.get(path, f"limit={VERSIONS}")
    shown = in_words(page["results"])
    total = Change.objects.of_uid(record_type, UUID(uid)).public().count() if page["next"] else len(shown)
    return First(shown, total, f"{API}{path}")


def in_words(versions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each version with its time, its action and its changes."""
    return [
        {
            "at": parse_datetime(version["at"]),
            "what": ACTIONS[version["action"]],
            "reason": version["reason"],
            "changes": first([_change(change) for change in version["changes"]], CHANGES, ""),
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
