"""A record's history as the ledger has it: each version, and what it changed."""

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
    """One fact before and after; what was not there is ""."""

    field: str
    old: str
    new: str


def compare(old: Any, new: Any) -> list[Difference]:
    """The facts in which two snapshots of a record differ, in the order of the record.

    Of a record before and after a change only members that both snapshots have are compared.
    """
    if old and new:
        old, new = comparable(old, new)
    return list(_differences((), old or {}, new or {}))


def _differences(path: tuple[str, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if path and _named(old) != _named(new):
        yield _difference(path, old, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            yield from _differences((*path, name), old.get(name), new.get(name))
    elif isinstance(old, list) or isinstance(new, list):
        yield from _rows_differ(path, old or [], new or [])
    elif shown(old) != shown(new):
        yield _difference(path, old, new)


def _difference(path: tuple[str, ...], old: Any, new: Any) -> Difference:
    return Difference(" › ".join(name.replace("_", " ") for name in path), shown(old), shown(new))


def _rows_differ(path: tuple[str, ...], old: list[Any], new: list[Any]) -> Iterator[Difference]:
    before, after = _by_place(old), _by_place(new)
    if before is not None and after is not None:
        yield from _differences(path, before, after)
        return
    # Rows without a place of their own, such as names: each is there or it is not.
    for row in old:
        if row not in new:
            yield from _differences(path, row, None)
    for row in new:
        if row not in old:
            yield from _differences(path, None, row)


def _by_place(rows: list[Any]) -> dict[str, Any] | None:
    places = [str(row["position"]) for row in rows if isinstance(row, dict) and "position" in row]
    return dict(zip(places, rows, strict=True)) if len(set(places)) == len(rows) else None


def _named(value: Any) -> str:
    """The name of another record that a snapshot refers to; "" for what is no such reference."""
    match value:
        case {"slug": str(slug), "name": str(name)}:
            return f"{name} ({slug})"
        case {"headline": str(headline)}:
            return headline
    return ""


def shown(value: Any) -> str:
    """A value of a snapshot, for reading."""
    if name := _named(value):
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
    """The record's name, headline or words as of a change; its uid where they are gone."""
    snapshot = change.snapshot or {}
    name = str(next((snapshot[key] for key in ("name", "headline", "text") if snapshot.get(key)), change.uid))
    return name if len(name) <= length else f"{name[: length - 1]}…"


def history_page(request: HttpRequest, record: Model) -> dict[str, Any]:
    """The context of ``newsdb/admin/history.html``: a page of versions, newest first, with differences."""
    page = Paginator(Change.objects.of(record).with_before(), VERSIONS_A_PAGE).get_page(request.GET.get("p"))
    return {
        "page": page,
        "versions": [(change, compare(change.before, change.snapshot)) for change in page.object_list],
    }
