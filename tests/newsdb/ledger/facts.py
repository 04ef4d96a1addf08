"""A record's snapshot as it should be, computed in Python from the models."""

import datetime
import uuid
from typing import Any

from django.db.models import ForeignKey, Model

from actors.models import Actor
from articles.models import Article, Outlet, Statement
from newsdb.ledger.records import Table, reference_of, table_of
from newsdb.models import Change

RECORDS = (Actor, Outlet, Article, Statement)
#: The actions after which a record is no longer there.
GONE = ("deleted", "erased")


def facts(row: Model) -> dict[str, Any]:
    """What the ledger should say of ``row``, parts included, as JSON has it."""
    table: Table = table_of(type(row))
    return {
        **{f.name: _value(row, f) for f in table.fields},
        **{
            part.declared.name: [  # type: ignore[union-attr]
                facts(each)
                for each in part.model.objects.filter(**{part.declared.of: row})  # type: ignore[union-attr]
            ]
            for part in table.parts
        },
        **_siblings(table, row),
    }


def _siblings(table: Table, row: Any) -> dict[str, Any]:
    """The other public rows of a joint statement."""
    if table.siblings is None:
        return {}
    same = getattr(row, table.siblings.column)
    rows = Statement.objects.public().filter(joint_uid=same).exclude(pk=row.pk).order_by("pk")
    fields = [Statement._meta.get_field(name) for name in table.siblings.fields]
    others = [{field.name: _value(other, field) for field in fields} for other in rows] if same else []
    return {table.siblings.name: others}


def _value(row: Any, field: Any) -> Any:
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey):
        return None if value is None else {f.name: _value(value, f) for f in reference_of(type(value))}
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return str(value) if isinstance(value, uuid.UUID | datetime.date) else value


def last_snapshots() -> dict[tuple[str, str], Any]:
    """The snapshot of each record's last change; deleted and erased records left out."""
    changes = Change.objects.order_by("record_type", "uid", "version")
    last = {(change.record_type, str(change.uid)): change for change in changes}
    return {key: change.snapshot for key, change in last.items() if change.action not in GONE}


def all_facts() -> dict[tuple[str, str], Any]:
    """What the last snapshots should be."""
    return {(model.record.type, str(row.uid)): facts(row) for model in RECORDS for row in model.objects.all()}
