"""The ledger's baselines, kept at the first change after a migration, are erased too."""

import pytest
from django.db import models, transaction

from articles.models import Statement
from articles.services.erasure import erase
from newsdb.models import Change
from tests.factories import anchored_statement
from tests.newsdb.ledger.migrations import Migrated

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Half past six would do for the whole of the valley"


def test_a_baseline_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        statement = anchored_statement(WORDS)
        neighbour = anchored_statement("Ten past six is for herons", article=statement.article)
    database = Migrated(monkeypatch)
    try:
        database.add("articles", "statement", "place_said", models.CharField(max_length=50, db_default=""))
        Statement.objects.filter(pk=statement.pk).update(cue="said")
        neighbour.anchors.update(prefix=WORDS[:32])
        assert Change.objects.exclude(baseline=None).count() == 2
        erase(record=statement, reason_code="court")
        for change in Change.objects.all():
            assert WORDS[:20] not in str(change.baseline) + str(change.snapshot)
    finally:
        database.undo()
