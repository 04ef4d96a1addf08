"""The rules about other speakers."""

import pytest

from articles.services.corrections import needs_reason_for
from tests.factories import ActorFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "needed"), [("proposed", False), ("published", True), ("rejected", True), ("retracted", True)]
)
def test_only_a_proposed_statement_gets_another_speaker_without_a_reason(status, needed):
    statement = StatementFactory(status="published" if status == "retracted" else status)
    statement.status = status

    assert needs_reason_for(statement=statement, speaker=ActorFactory()) is needed
    assert needs_reason_for(statement=statement, speaker=None) is needed
    assert not needs_reason_for(statement=statement, speaker=statement.speaker)
