"""What the ledger lets an erasure take away from it, and what it keeps."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from actors.models import Actor
from articles.models import Article, Statement
from newsdb.ledger import attributed
from newsdb.models import Change
from tests.factories import ActorFactory, ArticleFactory, ErasureFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

AGAIN: dict[str, tuple[Any, Any]] = {
    "actor": (ActorFactory, Actor),
    "article": (ArticleFactory, Article),
    "statement": (StatementFactory, Statement),
}


def test_what_is_erased_leaves_a_row_that_says_so() -> None:
    statement = StatementFactory()
    with attributed(by="", erasing=True):
        statement.delete()
    last = Change.objects.of(statement).first()
    assert (last.version, last.action, last.public, last.snapshot) == (2, "erased", False, None)
    assert (last.actor, last.reason) == ("", "")


def test_an_erasure_clears_what_the_ledger_said() -> None:
    with attributed(by="ines", reason="As printed."):
        actor = ActorFactory()
    before = Change.objects.values_list("id", "sequence", "version", "action", "at").get()
    with attributed(by="", erasing=True):
        Change.objects.update(snapshot=None, reason="", actor="")
    change = Change.objects.get()
    assert (change.snapshot, change.reason, change.actor) == (None, "", "")
    assert (change.id, change.sequence, change.version, change.action, change.at) == before
    actor.refresh_from_db()


@pytest.mark.parametrize(
    "values",
    [
        {"reason": "Another."},
        {"actor": "otto"},
        {"action": "updated"},
        {"public": False},
        {"version": 7},
        {"sequence": 7},
        {"at": timezone.now()},
        {"transaction": 7},
        {"record_type": "outlet"},
        {"snapshot": {"name": "A longer name than there was", "slug": "x" * 1000}},
    ],
    ids=lambda values: next(iter(values)),
)
def test_an_erasure_writes_nothing_into_the_ledger(values: dict[str, Any]) -> None:
    with attributed(by="ines", reason="As printed."):
        ActorFactory()
    with pytest.raises(IntegrityError, match="append-only"), attributed(by="", erasing=True):
        Change.objects.update(**values)
    with pytest.raises(IntegrityError, match="append-only"), attributed(by="", erasing=True):
        Change.objects.all().delete()


def test_nobody_else_clears_the_ledger() -> None:
    ActorFactory()
    for restoring in (False, True):
        with pytest.raises(IntegrityError, match="append-only"), attributed(by="", restoring=restoring):
            Change.objects.update(snapshot=None)


@pytest.mark.parametrize("record_type", AGAIN)
def test_an_erased_uid_does_not_come_back(record_type: str, tmp_path: Path) -> None:
    factory, model = AGAIN[record_type]
    uid = ErasureFactory(record_type=record_type).uid
    with pytest.raises(IntegrityError, match="a record with this uid was erased"), transaction.atomic():
        factory(uid=uid)
    row = factory()
    again = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if not f.generated}
    again |= {"id": None, "uid": uid}
    with pytest.raises(IntegrityError, match="a record with this uid was erased"), transaction.atomic():
        model._base_manager.bulk_create([model(**again)], ignore_conflicts=True)
    (written,) = json.loads(serializers.serialize("json", [row], use_natural_foreign_keys=True))
    written["pk"] = row.pk + 1000
    written["fields"] |= {"uid": str(uid), "slug": "another"} if record_type == "actor" else {"uid": str(uid)}
    fixture = tmp_path / "rows.json"
    fixture.write_text(json.dumps([written]))
    with pytest.raises(CommandError, match=rf"{uid}\): .*a record with this uid was erased"):
        call_command("loaddata", fixture, verbosity=0)
    other = next(name for name in AGAIN if name != record_type)
    AGAIN[other][0](uid=uid)
