"""The ledger on every write path, on whichever store the tests run on."""

import io
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from actors.models import Actor
from articles.models import Anchor, Article, Statement
from newsdb.ledger import attributed
from newsdb.models import Change
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    RelatedLinkFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)


def history(record: Any) -> list[tuple[int, str]]:
    return list(Change.objects.of(record).order_by("version").values_list("version", "action"))


def test_a_saved_record_is_created_and_then_updated() -> None:
    statement = StatementFactory()
    statement.cue = "said"
    statement.save()
    assert history(statement) == [(1, "created"), (2, "updated")]
    change = Change.objects.of(statement).first()
    assert change.public
    assert change.snapshot["cue"] == "said"
    assert change.snapshot["speaker"]["slug"] == statement.speaker.slug
    assert change.snapshot["article"]["uid"] == str(statement.article.uid)


def test_saving_without_a_change_leaves_no_mark() -> None:
    statement = StatementFactory()
    before = Statement.objects.get(pk=statement.pk).updated_at
    Statement.objects.get(pk=statement.pk).save()
    assert history(statement) == [(1, "created")]
    assert Statement.objects.get(pk=statement.pk).updated_at == before


def test_update_bulk_create_and_bulk_update_are_seen() -> None:
    article = ArticleFactory()
    made = Statement.objects.bulk_create(
        [StatementFactory.build(article=article, speaker=None, kind="direct") for _ in range(3)]
    )
    assert [history(s) for s in made] == [[(1, "created")]] * 3
    Statement.objects.filter(article=article).update(cue="said")
    for statement in made:
        statement.cue = "added"
    Statement.objects.bulk_update(made, ["cue"])
    assert [history(s) for s in made] == [[(1, "created"), (2, "updated"), (3, "updated")]] * 3


def test_plain_sql_is_seen() -> None:
    actor = ActorFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE actors_actor SET name = 'Renamed' WHERE id = %s", [actor.pk])
    assert Change.objects.of(actor).first().snapshot["name"] == "Renamed"


def test_a_fixture_loaded_twice_changes_nothing_the_second_time(tmp_path: Any) -> None:
    statement = anchored_statement("One part", "and another", matched=True)
    path = tmp_path / "dump.json"
    rows = [statement.article.outlet, statement.article, statement.speaker, statement]
    rows += [*statement.article.captures.all(), *statement.anchors.all()]
    path.write_text(
        serializers.serialize("json", rows, use_natural_primary_keys=True, use_natural_foreign_keys=True)
    )
    before = (
        list(Change.objects.values_list("sequence", "uid", "version")),
        Statement.objects.get().updated_at,
    )
    call_command("loaddata", path, stdout=io.StringIO())
    assert (
        list(Change.objects.values_list("sequence", "uid", "version")),
        Statement.objects.get().updated_at,
    ) == before


def test_a_transaction_is_one_change_of_each_record() -> None:
    with transaction.atomic():
        statement = anchored_statement("One part", "and another")
        statement.cue = "said"
        statement.save()
    assert history(statement) == [(1, "created")]
    snapshot = Change.objects.of(statement).get().snapshot
    assert [a["exact"] for a in snapshot["anchors"]] == ["One part", "and another"]
    assert snapshot["cue"] == "said"


def test_what_is_rolled_back_leaves_no_mark() -> None:
    with transaction.atomic():
        ActorFactory()
        transaction.set_rollback(True)
    assert not Change.objects.exists()


def test_a_part_changes_its_record() -> None:
    actor = ActorFactory()
    name = ActorNameFactory(actor=actor, name="Ada E.")
    name.delete()
    assert history(actor) == [(1, "created"), (2, "updated"), (3, "updated")]
    link = RelatedLinkFactory(title="Harbour")
    article = link.related_list.article
    assert Change.objects.of(article).first().snapshot["related_lists"][0]["links"][0]["title"] == "Harbour"


def test_deleting_leaves_a_tombstone() -> None:
    actor = ActorNameFactory().actor
    actor.delete()
    last = Change.objects.of(actor).first()
    assert (last.action, last.public, last.snapshot) == ("deleted", False, None)


def test_retracting_and_merging_have_actions_of_their_own() -> None:
    statement, actor, other = StatementFactory(), ActorFactory(), ActorFactory()
    Statement.objects.filter(pk=statement.pk).update(
        status="retracted", retracted_at="2026-01-01T00:00Z", retraction_reason="Misattributed."
    )
    Actor.objects.filter(pk=other.pk).update(merged_into=actor)
    assert history(statement)[-1] == (2, "retracted")
    assert not Change.objects.of(statement).first().public
    assert history(other)[-1] == (2, "merged")


def test_the_ledger_says_who_and_why() -> None:
    with attributed(by="ines", reason="A typo."):
        actor = ActorFactory()
    change = Change.objects.of(actor).get()
    assert (change.actor, change.reason) == ("ines", "A typo.")
    other = ActorFactory()
    assert Change.objects.of(other).get().actor == ""


def test_the_ledger_is_append_only() -> None:
    ActorFactory()
    with pytest.raises(IntegrityError, match="append-only"):
        Change.objects.update(reason="rewritten")
    with pytest.raises(IntegrityError, match="append-only"):
        Change.objects.all().delete()


def test_sequence_numbers_every_change_in_order() -> None:
    for _ in range(3):
        StatementFactory()
    numbers = list(Change.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, 13))


def test_updated_at_is_the_time_of_the_last_change() -> None:
    statement = anchored_statement("Some words")
    Anchor.objects.update(prefix="…")
    statement.refresh_from_db()
    assert statement.updated_at == Change.objects.of(statement).first().at


def test_a_new_outlet_of_the_article_changes_the_statement_too() -> None:
    statement, other = StatementFactory(), ArticleFactory().outlet
    Article.objects.filter(pk=statement.article_id).update(outlet=other)
    assert Change.objects.of(statement).first().snapshot["outlet"]["slug"] == other.slug


def test_a_record_changes_with_what_it_shows_of_others() -> None:
    statement = StatementFactory()
    link = RelatedLinkFactory(target=statement.article)
    Actor.objects.filter(pk=statement.speaker_id).update(name="Renamed")
    assert Change.objects.of(statement).first().snapshot["speaker"]["name"] == "Renamed"
    before = len(history(statement))
    statement.article.outlet.name = "The Herald"
    statement.article.outlet.save()
    assert len(history(statement)) == before + 1
    assert Change.objects.of(statement).first().snapshot["article"]["outlet"]["name"] == "The Herald"
    shown = Change.objects.of(link.related_list.article).first().snapshot["related_lists"][0]["links"][0]
    assert shown["target"]["outlet"]["name"] == "The Herald"


def test_a_record_does_not_change_with_what_it_does_not_show() -> None:
    statement = StatementFactory()
    Article.objects.filter(pk=statement.article_id).update(section="Ports")
    assert history(statement) == [(1, "created")]
