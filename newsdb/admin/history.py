"""A record's history from the ledger: each version, and what it changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest

from newsdb.ledger.comparison import comparable
from newsdb.models import Change

VERSIONS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after a change; "" if it was absent."""

    field: str
    old: str
    new: str


def compare(old: Any, new: Any) -> list[Difference]:
    """The fields in which two snapshots of a record differ, in the record's order.

    If both snapshots exist, only the members that both have are compared.
    """
    if old and new:
        old, new = comparable(old, new)
    return list(_differences((), old or {}, new or {}))


def _differences(path: tuple[str, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if path and _reference_name(old) != _reference_name(new):
        yield _difference(path, old, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            yield from _differences((*path, name), old.get(name), new.get(name))
    elif isinstance(old, list) or isinstance(new, list):
        yield from _row_differences(path, old or [], new or [])
    elif shown(old) != shown(new):
        yield _difference(path, old, new)


def _difference(path: tuple[str, ...], old: Any, new: Any) -> Difference:
    return Difference(" › ".join(name.replace("_", " ") for name in path), shown(old), shown(new))


def _row_differences(path: tuple[str, ...], old: list[Any], new: list[Any]) -> Iterator[Difference]:
    before, after = _by_position(old), _by_position(new)
    if before is not None and after is not None:
        yield from _differences(path, before, after)
        return
    # Rows without a position, such as names, are only compared for presence.
    for row in old:
        if row not in new:
            yield from _differences(path, row, None)
    for row in new:
        if row not in old:
            yield from _differences(path, None, row)


def _by_position(rows: list[Any]) -> dict[str, Any] | None:
    positions = [str(row["position"]) for row in rows if isinstance(row, dict) and "position" in row]
    return dict(zip(positions, rows, strict=True)) if len(set(positions)) == len(rows) else None


def _reference_name(value: Any) -> str:
    """The name of the record, if ``value`` is a snapshot's reference to one; else ""."""
    match value:
        case {"slug": str(slug), "name": str(name)}:
            return f"{name} ({slug})"
        case {"headline": str(headline)}:
            return headline
    return ""


def shown(value: Any) -> str:
    """A snapshot's value as text for people."""
    if name := _reference_name(value):
        return name
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            return "; ".join(f"{k.replace('_', ' ')}: {shown(v)}" for k, v in value.items() if shown(v))
        case list():
            return ", ".join(map(shown, value))
    return str(value)


def called(change: Change, length: int = 60) -> str:
    """The record's name, headline or text as of a change; its uid if the snapshot has none of them."""
    snapshot = change.snapshot or {}
    name = str(next((snapshot[key] for key in ("name", "headline", "text") if snapshot.get(key)), change.uid))
    return name if len(name) <= length else f"{name[: length - 1]}…"


def history_page(request: HttpRequest, record: Model) -> dict[str, Any]:
    """The context of ``newsdb/admin/history.html``: one page of versions with differences, newest first."""
    page = Paginator(Change.objects.of(record).with_before(), VERSIONS_A_PAGE).get_page(request.GET.get("p"))
    return {
        "page": page,
        "versions": [(change, compare(change.before, change.snapshot)) for change in page.object_list],
    }
