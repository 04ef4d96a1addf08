"""Removes erased content from every snapshot of the ledger; rows, numbers and times stay."""

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db import connection

from articles.services.erasure.matching import WordsMatcher
from articles.services.erasure.planning import Plan
from newsdb.models import Change

ROWS = 500
#: The columns of a change that contain a snapshot of the record.
SNAPSHOTS = ("snapshot", "baseline")
CONTEXTS = ("prefix", "suffix")


def clear_ledger(plan: Plan) -> None:
    """Clear the erased records' changes, and the parts of other records' changes that contain their words.

    Words that another record still contains stay in its history, because a person decided to keep them. Reads
    the whole ledger once.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Assigns numbers to this transaction's changes while the two snapshots of each still differ.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    for record in plan.records:
        Change.objects.of(record).update(snapshot=None, baseline=None, reason="", actor="")
    traces = Traces(plan)
    concerned = defaultdict(list)
    changes = Change.objects.order_by("pk").values_list("pk", "record_type", "uid", "reason", *SNAPSHOTS)
    for pk, record_type, uid, reason, *snapshots in changes.iterator(chunk_size=ROWS):
        if traces.matcher.matches(reason) or any(map(traces.are_in, snapshots)):
            concerned[record_type, uid].append(pk)
    for (record_type, uid), ids in concerned.items():
        kept = _currently_contains(record_type, uid, traces.matcher)
        for change in Change.objects.filter(pk__in=ids):
            before = [getattr(change, name) for name in SNAPSHOTS]
            snapshots = [traces.removed(snapshot, words=not kept) for snapshot in before]
            reason = "" if traces.matcher.matches(change.reason) else change.reason
            if (snapshots, reason) != (before, change.reason):
                _rewrite(change.pk, snapshots, reason)


def _rewrite(pk: int, snapshots: list[Any], reason: str) -> None:
    """Write snapshots as the triggers do, since SQLite compares their bytes; Django would escape them."""
    written = [
        None if snapshot is None else json.dumps(snapshot, ensure_ascii=False, separators=(",", ":"))
        for snapshot in snapshots
    ]
    place = "%s::jsonb" if connection.vendor == "postgresql" else "%s"
    columns = ", ".join(f"{name} = {place}" for name in SNAPSHOTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE newsdb_change SET {columns}, reason = %s WHERE id = %s",  # noqa: S608
            [*written, reason, pk],
        )


def _currently_contains(record_type: str, uid: UUID, matcher: WordsMatcher) -> bool:
    latest = Change.objects.of_uid(record_type, uid).values_list("snapshot", flat=True).first()
    return matcher.matches_any(_without_contexts(latest))


def _without_contexts(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_contexts(inner) for name, inner in value.items() if name not in CONTEXTS}
    if isinstance(value, list):
        return [_without_contexts(inner) for inner in value]
    return value


class Traces:
    """Finds and removes traces of the erased records in snapshots: references to them, and their words."""

    def __init__(self, plan: Plan) -> None:
        self.matcher = plan.all_words
        self.uids = {str(record.uid) for record in plan.records}
        self.slugs = {slug for actor in plan.actors for slug in actor.slugs.values_list("slug", flat=True)}
        self.slugs |= {actor.slug for actor in plan.actors}

    def are_in(self, value: Any) -> bool:
        """Whether the snapshot, or part of it, has any trace."""
        if isinstance(value, dict):
            return self._refers(value) or any(
                (name in CONTEXTS and isinstance(inner, str) and self.matcher.overlaps(inner))
                or self.are_in(inner)
                for name, inner in value.items()
            )
        if isinstance(value, list):
            return any(self.are_in(inner) for inner in value)
        return isinstance(value, str) and self.matcher.matches(value)

    def removed(self, value: Any, *, words: bool) -> Any:
        """The value without traces; words outside contexts are only removed with ``words``."""
        if isinstance(value, dict):
            if self._refers(value):
                return None
            return {name: self._member(name, inner, words) for name, inner in value.items()}
        if isinstance(value, list):
            kept = [inner for inner in value if not self._is_byline(inner)]
            return [self.removed(inner, words=words) for inner in kept]
        return "" if words and isinstance(value, str) and self.matcher.matches(value) else value

    def _member(self, name: str, value: Any, words: bool) -> Any:
        if name in CONTEXTS and isinstance(value, str):
            return "" if self.matcher.overlaps(value) else value
        return self.removed(value, words=words)

    def _refers(self, value: dict[str, Any]) -> bool:
        return value.get("uid") in self.uids or ("kind" in value and value.get("slug") in self.slugs)

    def _is_byline(self, value: Any) -> bool:
        author = value.get("author") if isinstance(value, dict) else None
        return isinstance(author, dict) and self._refers(author)
