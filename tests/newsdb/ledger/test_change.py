"""The rules of the ledger's own rows, which triggers alone write."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from newsdb.models import Change
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db


def change(**facts: Any) -> Change:
    record = {"record_type": "actor", "uid": uuid.uuid4(), "version": 1, "action": "created"}
    write = {"sequence": 1000, "transaction": 1, "reason": "A test.", "at": timezone.now()}
    return Change(**{**record, **write, **facts})


def test_an_action_is_one_of_six() -> None:
    wrong = change(action="lost")
    with pytest.raises(ValidationError, match="not a valid choice"):
        wrong.full_clean(exclude=["snapshot"])
    with pytest.raises(IntegrityError, match="newsdb_change_action"), transaction.atomic():
        Change.objects.bulk_create([wrong])


def test_a_transaction_is_one_change_of_a_record() -> None:
    first = change()
    first.save()
    second = change(uid=first.uid, sequence=1001)
    with pytest.raises(ValidationError, match="A transaction can change a record only once"):
        second.full_clean(exclude=["snapshot"])
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Change.objects.bulk_create([second])
    named = {
        "postgresql": "newsdb_change_one_a_transaction",
        "sqlite": "newsdb_change.record_type, newsdb_change.uid, newsdb_change.transaction",
    }
    assert named[connection.vendor] in str(refused.value)


def test_it_says_what_happened_to_what() -> None:
    actor = ActorFactory()
    connection.check_constraints()
    assert str(Change.objects.of(actor).get()) == f"actor {actor.uid} v1 created"
