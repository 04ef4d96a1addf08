"""Words and who is said to have said them."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Anchor, Statement
from newsdb.ledger import attributed
from newsdb.models import Change
from tests.factories import ActorFactory, StatementFactory, anchored_statement

pytestmark = pytest.mark.django_db


def save(statement: Statement) -> None:
    statement.speaker = ActorFactory()
    statement.save()


def save_one_field(statement: Statement) -> None:
    statement.speaker = None
    statement.save(update_fields=["speaker"])


def update(statement: Statement) -> None:
    Statement.objects.update(speaker=ActorFactory())


def bulk_update(statement: Statement) -> None:
    statement.speaker = ActorFactory()
    Statement.objects.bulk_update([statement], ["speaker"])


def write_in_sql(statement: Statement) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_statement SET speaker_id = NULL")


CHANGES = [save, save_one_field, update, bulk_update, write_in_sql]


@pytest.mark.parametrize("change", CHANGES)
def test_published_words_change_their_speaker_for_a_reason_only(change: Callable[[Statement], None]) -> None:
    statement = StatementFactory()
    speaker = statement.speaker
    for context in (transaction.atomic(), attributed(by="ines"), attributed(by="ines", reason="")):
        with pytest.raises(IntegrityError, match="a changed speaker needs a reason"), context:
            change(statement)
    assert Statement.objects.get().speaker == speaker
    with attributed(by="ines", reason="Misread the page."):
        change(statement)
    connection.check_constraints()
    assert Statement.objects.get().speaker != speaker
    assert Change.objects.of(statement).first().reason == "Misread the page."


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_words_that_are_not_public_change_their_speaker_freely(status: str) -> None:
    statement = StatementFactory(status=status)
    update(statement)
    assert Statement.objects.get().speaker != statement.speaker


def test_naming_the_same_speaker_again_needs_no_reason() -> None:
    statement = StatementFactory()
    statement.save()
    Statement.objects.update(speaker=statement.speaker, speaker_label="As printed")


def test_naming_an_unnamed_speaker_needs_a_reason() -> None:
    StatementFactory(speaker=None)
    with pytest.raises(IntegrityError, match="a changed speaker needs a reason"), transaction.atomic():
        Statement.objects.update(speaker=ActorFactory())


MOVES = [{"start": 1, "end": 6}, {"exact": "WORDS"}]


@pytest.mark.parametrize("moved", MOVES)
def test_an_anchor_that_is_moved_waits_for_another_check(moved: dict[str, object]) -> None:
    anchored_statement("Words", matched=True)
    Anchor.objects.update(**moved)
    assert Anchor.objects.values_list("match", "checked_at").get() == ("unchecked", None)


@pytest.mark.parametrize("moved", MOVES)
def test_an_anchor_that_is_saved_elsewhere_waits_for_another_check(moved: dict[str, object]) -> None:
    anchor = anchored_statement("Words", matched=True).anchors.get()
    for name, value in moved.items():
        setattr(anchor, name, value)
    anchor.save()
    assert Anchor.objects.values_list("match", "checked_at").get() == ("unchecked", None)


def test_an_anchor_that_is_moved_with_a_check_is_checked() -> None:
    anchored_statement("Words", matched=True)
    now = timezone.now()
    Anchor.objects.update(start=1, end=6, match="mismatched", checked_at=now)
    assert Anchor.objects.values_list("match", "checked_at").get() == ("mismatched", now)


def test_an_anchor_keeps_its_check_while_it_stays_in_place() -> None:
    anchored_statement("Words", matched=True)
    before = Anchor.objects.values_list("match", "checked_at").get()
    Anchor.objects.update(prefix="…", suffix="…")
    Anchor.objects.get().save()
    assert Anchor.objects.values_list("match", "checked_at").get() == before


def test_a_statement_reads_as_who_said_what() -> None:
    speaker = ActorFactory(name="Ada Example")
    assert str(StatementFactory.build(speaker=speaker, text="It runs.")) == "Ada Example: “It runs.”"
    assert (
        str(StatementFactory.build(speaker=None, speaker_label="a pilot", text="Yes.")) == "a pilot: “Yes.”"
    )
    assert str(StatementFactory.build(speaker=None, text="w" * 61)) == f"Unnamed: “{'w' * 59}…”"
