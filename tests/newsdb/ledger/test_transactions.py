"""A transaction is one change of each record that it leaves different."""

import uuid
from typing import Any

import pytest
from django.db import connection, transaction

from actors.models import Actor, merge_actors
from articles.models import Article, Outlet, Statement
from articles.services.retraction import restore_statement, retract_article, retract_statement
from newsdb.ledger import attributed
from newsdb.models import Change
from newsdb.models.merging import undo_merge
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    BylineFactory,
    OutletFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
    erase,
)
from tests.newsdb.ledger.facts import all_facts, last_snapshots

pytestmark = pytest.mark.django_db(transaction=True)


def history(record: Any) -> list[tuple[int, str, bool]]:
    """Version, action and whether it is public since, oldest first."""
    return list(Change.objects.of(record).order_by("version").values_list("version", "action", "public"))


def test_a_record_that_comes_and_goes_leaves_no_mark() -> None:
    with transaction.atomic():
        statement = anchored_statement("Some words")
        gone = Statement.objects.get(pk=statement.pk)
        erase(statement)
    assert history(gone) == []


def test_going_back_within_a_transaction_leaves_no_mark() -> None:
    with transaction.atomic():
        statement = anchored_statement("Some words")
    before = Statement.objects.values().get(), Article.objects.values().get()
    with transaction.atomic():
        for cue, prefix in (("said", "…"), ("", statement.anchors.get().prefix)):
            Statement.objects.update(cue=cue)
            statement.anchors.update(prefix=prefix)
            connection.check_constraints()
        for outlet in (OutletFactory(), statement.article.outlet):
            Article.objects.update(outlet=outlet)
    assert history(statement) == [(1, "created", True)]
    assert (Statement.objects.values().get(), Article.objects.values().get()) == before
    # And what changes after it has its own time again.
    Statement.objects.update(cue="said")
    assert Statement.objects.get().updated_at > before[0]["updated_at"]


def test_constraints_may_be_checked_after_what_others_show_has_changed() -> None:
    """As ``loaddata`` does, whose rows may be those that are there."""
    with transaction.atomic():
        statement = anchored_statement("Some words")
    with transaction.atomic():
        Outlet.objects.update(name="Another Name")
        connection.check_constraints()
        Actor.objects.update(name="Another Name")
    assert history(statement) == [(1, "created", True), (2, "updated", True)]
    assert history(statement.article)[-1][1] == history(statement.article.outlet)[-1][1] == "updated"
    assert last_snapshots() == all_facts()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite numbers each change at once")
def test_numbering_reads_a_change_a_few_times_however_many_they_are() -> None:
    """Where each change had all of them read, 8,000 took three minutes."""

    def read() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_force_next_flush()")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes i"
                " WHERE i.relid = t.relid) FROM pg_stat_user_tables t WHERE relname = 'newsdb_change'"
            )
            return cursor.fetchone()[0]

    if connection.get_database_version() < (15,):
        pytest.skip("PostgreSQL tells its statistics at once from 15 on")
    with connection.cursor() as cursor:
        # Plans are made for a ledger that is known to be empty, and kept.
        cursor.execute("TRUNCATE newsdb_change")
        cursor.execute("VACUUM ANALYZE newsdb_change")
        cursor.execute("DISCARD PLANS")
    outlet = OutletFactory()
    ArticleFactory.create_batch(10, outlet=outlet)
    before = read()
    with transaction.atomic():
        ArticleFactory.create_batch(200, outlet=outlet)
    assert 200 < read() - before < 200 * 200 / 2


def test_a_deleted_record_may_come_back_in_the_same_transaction() -> None:
    """Only what was never public is deleted."""
    with transaction.atomic():
        statement = StatementFactory(status="proposed")
    with transaction.atomic():
        again = Statement.objects.get(pk=statement.pk)
        statement.delete()
        again.pk, again.cue, again._state.adding = None, "said", True
        again.save()
        connection.check_constraints()
        again.cue = "added"
        again.save()
    assert history(again) == [(1, "created", False), (2, "created", False)]
    assert last_snapshots() == all_facts()
    uid = again.uid
    again.delete()
    assert [action for _, action, _ in history(Statement(uid=uid))] == ["created", "created", "deleted"]


def test_a_deleted_record_may_come_back_later() -> None:
    uid = uuid.uuid4()
    for _ in range(2):
        StatementFactory(uid=uid, status="proposed").delete()
    actions = [action for _, action, _ in history(Statement(uid=uid))]
    assert actions == ["created", "deleted", "created", "deleted"]


def test_what_is_sealed_early_is_sealed_again() -> None:
    """A fixture, or ``check_constraints``, ends what PostgreSQL puts off to the end of a transaction."""
    with transaction.atomic():
        statement = StatementFactory()
        connection.check_constraints()
        assert Change.objects.of(statement).get().snapshot["cue"] == ""
        Statement.objects.update(cue="said")
        connection.check_constraints()
        Statement.objects.update(cue="added")
    assert history(statement) == [(1, "created", True)]
    assert Change.objects.of(statement).get().snapshot["cue"] == "added"
    sequences = list(Change.objects.order_by("sequence").values_list("sequence", flat=True))
    assert len(set(sequences)) == len(sequences)
    assert None not in sequences


@pytest.mark.parametrize("seal", [True, False])
def test_a_savepoint_takes_back_only_its_own_writes(seal: bool) -> None:
    statement = StatementFactory()
    with transaction.atomic():
        Statement.objects.update(cue="said")
        with transaction.atomic():
            lost = StatementFactory(article=statement.article)
            Statement.objects.update(cue="lost")
            if seal:
                connection.check_constraints()
            transaction.set_rollback(True)
        kept = StatementFactory(article=statement.article)
    assert (history(lost), history(kept)) == ([], [(1, "created", True)])
    assert history(statement) == [(1, "created", True), (2, "updated", True)]
    assert last_snapshots() == all_facts()


def test_the_last_reason_given_counts() -> None:
    statement = StatementFactory()
    with attributed(by="ines", reason="Of the whole."):
        Statement.objects.update(cue="said")
        with attributed(by="omar", reason="Of a part."):
            Statement.objects.update(audience="parliament")
        Statement.objects.update(language="en")
    change = Change.objects.of(statement).first()
    assert (change.version, change.actor, change.reason) == (2, "ines", "Of the whole.")
    with transaction.atomic():
        with attributed(by="omar", reason="Misprint."):
            Statement.objects.update(cue="added")
        Statement.objects.update(cue="replied")
    change = Change.objects.of(statement).first()
    assert (change.version, change.actor, change.reason) == (3, "omar", "Misprint.")


def test_who_and_why_end_with_their_block_even_by_an_error() -> None:
    with transaction.atomic():
        try:
            with attributed(by="ines", reason="To no avail."):
                raise KeyError
        except KeyError:
            pass
        statement = StatementFactory()
    change = Change.objects.of(statement).get()
    assert (change.actor, change.reason) == ("", "")


def test_a_merge_is_a_change_of_all_it_moves() -> None:
    with transaction.atomic():
        survivor, merged = ActorFactory(), ActorFactory()
        statement = StatementFactory(speaker=merged)
        byline = BylineFactory(author=merged)
        holder = RoleFactory(organisation=merged).actor
        ActorNameFactory(actor=merged)
    merge = merge_actors(survivor=survivor, merged=merged, reason="The same.", by="ines")
    assert last_snapshots() == all_facts()
    assert history(merged)[-1] == (2, "merged", False)
    for record in (survivor, statement, byline.article, holder):
        assert history(record)[-1] == (2, "updated", True)
    for record in (survivor, merged, statement, byline.article, holder):
        change = Change.objects.of(record).first()
        assert (change.actor, change.reason) == ("ines", "The same.")
    undo_merge(merge=merge, reason="They are two.", by="omar")
    assert history(merged)[-1] == (3, "updated", True)
    assert last_snapshots() == all_facts()


def test_merging_actors_of_the_same_role_and_name() -> None:
    survivor, merged = ActorFactory(name="Ada"), ActorFactory(name="Ada")
    for actor in (survivor, merged):
        RoleFactory(actor=actor, title="Pilot")
        ActorNameFactory(actor=actor, name="A. Example")
    article = ArticleFactory()
    for position, author in enumerate((survivor, merged)):
        BylineFactory(article=article, author=author, position=position)
    merge = merge_actors(survivor=survivor, merged=merged, reason="The same.", by="ines")
    assert last_snapshots() == all_facts()
    undo_merge(merge=merge, reason="They are two.", by="ines")
    assert last_snapshots() == all_facts()
    assert merged.roles.count() == merged.names.count() == merged.bylines.count() == 1


def test_a_retraction_is_told_as_one() -> None:
    statement = StatementFactory()
    retract_statement(statement=statement, reason="Made up.", by="ines")
    assert history(statement)[-1] == (2, "retracted", False)
    restore_statement(statement=statement, reason="It was not.", by="ines")
    assert history(statement)[-1] == (3, "updated", True)
    retract_article(article=statement.article, reason="Made up.", by="ines")
    assert history(statement)[-1] == (4, "retracted", False)
    assert history(statement.article)[-1] == (2, "retracted", False)
    assert last_snapshots() == all_facts()


def test_one_statement_of_sql_may_change_many_records() -> None:
    article = ArticleFactory()
    rows = [StatementFactory.build(article=article, speaker=None) for _ in range(50)]
    Statement.objects.bulk_create(rows)
    before = Change.objects.count()
    Statement.objects.filter(article=article).update(cue="said")
    Article.objects.update(outlet=OutletFactory())
    erase(Statement.objects.all())
    assert Change.objects.count() - before == 50 + (50 + 1 + 1) + 50
    assert last_snapshots() == all_facts()


def test_an_actors_change_shows_in_all_that_shows_the_actor() -> None:
    with transaction.atomic():
        statement = StatementFactory()
        byline = BylineFactory(author=statement.speaker)
        role = RoleFactory(organisation=statement.speaker)
        merged = ActorFactory(merged_into=statement.speaker)
    Actor.objects.filter(pk=statement.speaker_id).update(name="Renamed", slug="renamed")
    assert last_snapshots() == all_facts()
    for record in (statement, byline.article, role.actor, merged):
        assert history(record)[-1][:2] == (2, "updated")
