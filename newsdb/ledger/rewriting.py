"""Large rewrites: a change of a record rewrites every record that shows it.

A request may rewrite ``settings.REWRITE_LIMIT`` records at most, whichever path it takes. A command may
rewrite any number, in batches, so that it can show its progress.
"""

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection

from newsdb.ledger.context import attributed, context
from newsdb.ledger.records import Record, Table, any_of, listed_in, records_showing, table_of

BATCH = 1000
#: Called with the number of records that a batch has rewritten.
Report = Callable[[int], None]

_limited = ContextVar("newsdb_rewrites_limited", default=False)
_report: ContextVar[Report | None] = ContextVar("newsdb_rewrites_report", default=None)


class TooManyRecordsError(IntegrityError):
    """A request would rewrite too many records; the message names the command that does it."""


@contextmanager
def limited_rewrites() -> Iterator[None]:
    """Context manager: what would rewrite more than ``REWRITE_LIMIT`` records raises an error first."""
    token = _limited.set(True)
    try:
        yield
    finally:
        _limited.reset(token)


def is_shown(model: Any) -> bool:
    """Whether rows of ``model`` are records that any number of other records may show."""
    declared = getattr(model, "record", None)
    return isinstance(declared, Record) and hasattr(model, "reference") and declared.siblings is None


def refuse_large_rewrite(record: Any, *options: str, rows: int | None = None) -> None:
    """Raise ``TooManyRecordsError`` if a request may not rewrite all records that show ``record``.

    ``options`` are those of ``change_record`` that do the same. ``rows`` is the number of records that would
    be rewritten, if it is known.
    """
    limit = settings.REWRITE_LIMIT
    if not _limited.get() or (count_showing(record, up_to=limit + 1) if rows is None else rows) <= limit:
        return
    # Its present address, since the record may have a new slug that is not saved.
    address = "slug" if hasattr(record, "slug") else "uid"
    key = type(record)._base_manager.values_list(address, flat=True).get(pk=record.pk)
    attribution = ["--reason", context("reason") or "say why", "--by", context("actor") or "your name"]
    command = shlex.join(["manage.py", "change_record", record.record.type, str(key), *options, *attribution])
    raise TooManyRecordsError(
        f"This would rewrite more than {limit:,} records, too many for a request. Run this command instead,"
        f" where newsdb is installed: {command}."
    )


def refuse_large_save(sender: Any, instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Before a save: refuse a large rewrite if the save changes what other records show."""
    if not _limited.get() or raw or instance._state.adding or not is_shown(sender):
        return
    fields = [sender._meta.get_field(name) for name in sender.reference]
    before = sender._base_manager.filter(pk=instance.pk).values(*(f.attname for f in fields)).first() or {}
    changed = [
        f
        for f in fields
        if (update_fields is None or f.name in update_fields)
        and f.attname in before
        and before[f.attname] != getattr(instance, f.attname)
    ]
    if changed:
        values = (f"{f.name}={_text_of(getattr(instance, f.name))}" for f in changed)
        refuse_large_rewrite(instance, "--set", *values)


def refuse_large_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Before a deletion: refuse a large rewrite of what shows the record."""
    if _limited.get() and is_shown(sender):
        refuse_large_rewrite(instance, "--delete")


def _text_of(value: Any) -> str:
    return "" if value is None else str(getattr(value, "slug", value))


def count_showing(record: Any, *, up_to: int | None = None) -> int:
    """How many records show ``record``; ``up_to`` or more if there are at least that many."""
    limit = "" if up_to is None else f" LIMIT {int(up_to)}"
    branches = " UNION ".join(
        f"SELECT '{root.record.type}', * FROM ({_distinct(ids)}{limit}) branch"
        for root, ids in _showing(record)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({branches}) AS showing")
        return int(cursor.fetchone()[0])


def _distinct(ids: str) -> str:
    """A record may be found by several of its parts; the ids of its own table differ anyway."""
    return ids if ids.startswith("SELECT id ") else ids.replace("SELECT", "SELECT DISTINCT", 1)


def _showing(record: Any) -> Iterator[tuple[Table, str]]:
    one_of = any_of if connection.vendor == "postgresql" else listed_in
    return records_showing(table_of(type(record)), f"SELECT {int(record.pk)}", one_of)


@contextmanager
def reported_rewrites(report: Report) -> Iterator[None]:
    """Context manager: ``batches`` makes batches, and calls ``report`` after each."""
    token = _report.set(report)
    try:
        yield
    finally:
        _report.reset(token)


def batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids of rows to change in parts, if somebody waits for a report; otherwise all ``ids`` at once."""
    report = _report.get()
    if report is None:
        if ids:
            yield ids
        return
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        yield part
        _seal()
        report(len(part))


def save_in_batches(record: Any, *, by: str, reason: str) -> None:
    """Save a changed record in one transaction, and rewrite in batches the records that show it.

    From the first batch on, other writers wait.
    """
    with attributed(by=by, reason=reason, batching=True):
        record.save()
        # On PostgreSQL this takes the lock under which changes are numbered: no other transaction can commit
        # a record that shows the old values after the records to rewrite are looked up.
        _seal()
        done: set[tuple[str, int]] = set()
        for root, ids in _showing(record):
            with connection.cursor() as cursor:
                cursor.execute(ids)
                rows = sorted({row[0] for row in cursor} - {pk for kind, pk in done if kind == root.name})
            done |= {(root.name, pk) for pk in rows}
            for part in batches(rows):
                _record_changes(root, part)


def _record_changes(root: Table, ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT newsdb_note_{root.name}(%s::bigint[])", [list(ids)])
        else:
            listed = ", ".join(map(str, map(int, ids)))
            cursor.execute(
                f"INSERT INTO newsdb_record_{root.name} SELECT id, 'updated' FROM {root.name}"
                f" WHERE id IN ({listed}) ORDER BY id"
            )


def _seal() -> None:
    """On PostgreSQL, number and record what this transaction has changed so far, as its commit would."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS newsdb_change_seal IMMEDIATE")
            cursor.execute("SET CONSTRAINTS newsdb_change_seal DEFERRED")
