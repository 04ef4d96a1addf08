"""Every way of writing leaves an index that finds what a plain reading of the texts finds."""

import datetime
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F

from articles.models import Article, Statement
from articles.search.analyser import BREAK, analyse
from articles.search.index import index_name, rowid_of
from articles.search.query import parse_query
from articles.services.retraction import restore_statement, retract_statement
from newsdb.models.fields import CharField
from tests.factories import AnchorFactory, ArticleFactory, StatementFactory, anchored_statement, erase

pytestmark = pytest.mark.django_db(transaction=True)

DAY = datetime.date(2024, 10, 23)


def found(words: str, model: Any = Statement) -> list[str]:
    """The texts or headlines found, newest first."""
    rows = model.objects.search(parse_query(words))
    return list(rows.order_by(*rows.newest_found).values_list(TEXTS[model][0], flat=True))


TEXTS: dict[Any, tuple[str, ...]] = {Statement: ("text",), Article: ("headline", "deck")}


@pytest.fixture(autouse=True)
def check_the_whole_index() -> Iterator[None]:
    """Whatever a test did, in the end the index holds every token of every row in its place, and no other."""
    yield
    for model, names in TEXTS.items():
        rows = [(row, analyse(*(getattr(row, name) for name in names))) for row in model.objects.all()]
        if connection.vendor == "sqlite":
            expected = {
                (token, rowid_of(row.sort_date) + row.pk, offset)
                for row, tokens in rows
                for offset, token in enumerate(tokens.split())
            }
            assert _in_sqlite(index_name(model)) == expected
        else:
            plain = (tokens.replace(BREAK, "x") for _, tokens in rows)
            with connection.cursor() as cursor:
                for (row, _), tokens in zip(rows, plain, strict=True):
                    cursor.execute("SELECT to_tsvector('simple', %s)::text", [tokens])
                    assert row.tokens.replace(BREAK, "x") == cursor.fetchone()[0]


def _in_sqlite(index: str) -> set[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
        cursor.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {index}, instance)")
        cursor.execute("SELECT term, doc, offset FROM temp.words")
        words = set(cursor.fetchall())
        cursor.execute("DROP TABLE temp.words")
    return words


def test_save() -> None:
    statement = StatementFactory(text="One ferry")
    statement.text = "One dock"
    statement.save()
    assert (found("ferries"), found("docks")) == ([], ["One dock"])


@pytest.mark.parametrize("load", [Statement.objects.get, Statement.objects.only("text", "cue").get])
def test_save_of_some_fields(load: Callable[[], Statement]) -> None:
    StatementFactory(text="One ferry")
    statement = load()
    statement.text = "One dock"
    statement.save(update_fields=["text"])
    assert found("dock") == ["One dock"]


def test_save_of_a_part_of_a_row() -> None:
    StatementFactory(text="One ferry")
    statement = Statement.objects.only("text").get()
    statement.text = "One dock"
    statement.save()
    assert found("dock") == ["One dock"]


def test_bulk_writes() -> None:
    article = ArticleFactory(published_on=DAY, published_precision="day")
    made = Statement.objects.bulk_create(
        StatementFactory.build(article=article, speaker=None, speaker_label=f"{text} resident", text=text)
        for text in ("One ferry", "Two", "Three")
    )
    assert found("ferry") == ["One ferry"]
    for statement in made:
        statement.text += " docks"
    Statement.objects.bulk_update(made, ["text"])
    assert found("dock") == ["Three docks", "Two docks", "One ferry docks"]
    Statement.objects.filter(article=article).update(text="Piers")
    assert found("pier") == ["Piers"] * 3


def test_a_repeated_bulk_create_updates() -> None:
    statement = StatementFactory(text="One ferry")
    again = StatementFactory.build(
        uid=statement.uid, article=statement.article, speaker=statement.speaker, text="One dock"
    )
    Statement.objects.bulk_create(
        [again], update_conflicts=True, update_fields=["text"], unique_fields=["uid"]
    )
    assert found("dock") == ["One dock"]
    Statement.objects.bulk_create([again], ignore_conflicts=True)
    assert found("dock") == ["One dock"]


def test_update_needs_text() -> None:
    StatementFactory(text="One ferry")
    with pytest.raises(TypeError, match=r"(tokens|words_key) is computed from text"):
        Statement.objects.update(text=F("cue"))
    Statement.objects.update_or_create(text="One ferry", defaults={"text": "One dock"})
    assert found("dock") == ["One dock"]


def test_an_article_is_found_by_headline_and_deck() -> None:
    article = ArticleFactory(headline="Big ferry", deck="Runs aground")
    assert found("ferry aground", Article) == ["Big ferry"]
    assert found('"ferry runs"', Article) == []
    article.deck = "Sinks"
    article.save()
    assert (found("aground", Article), found("sinking", Article)) == ([], ["Big ferry"])
    with pytest.raises(TypeError, match="headline and deck"):
        Article.objects.update(deck="Floats")
    Article.objects.update(headline="Ferry", deck="Floats")
    assert found("floating", Article) == ["Ferry"]
    article.refresh_from_db()
    article.headline = "Boat"
    Article.objects.bulk_update([article], ["headline"])
    assert found("boat float", Article) == ["Boat"]


def test_fixtures(tmp_path: Any) -> None:
    statement = anchored_statement("One ferry", "one dock")
    article = statement.article
    rows = [
        article.outlet,
        article,
        statement.speaker,
        statement,
        *article.captures.all(),
        *statement.anchors.all(),
    ]
    path = tmp_path / "dump.json"
    path.write_text(
        serializers.serialize("json", rows, use_natural_primary_keys=True, use_natural_foreign_keys=True)
    )
    assert "tokens" not in path.read_text()
    call_command("loaddata", path, stdout=io.StringIO())
    call_command("flush", interactive=False, stdout=io.StringIO())
    assert found("ferry") == []
    call_command("loaddata", path, stdout=io.StringIO())
    assert found('"ferry one"') == ["One ferry […] one dock"]


def test_the_newest_come_first_and_the_undated_last() -> None:
    for text, day in {"1969": "1969-12-31", "1000": "1000-01-01", "none": None, "9998": "9998-12-31"}.items():
        StatementFactory(text=f"Ferry {text}", said_on=day, said_precision="day" if day else "")
    old = ArticleFactory(published_on="1970-01-01", published_precision="day")
    StatementFactory(text="Ferry 1970", article=old)
    StatementFactory(text="Ferry 1970 too", article=old)
    expected = ["Ferry 9998", "Ferry 1970 too", "Ferry 1970", "Ferry 1969", "Ferry 1000", "Ferry none"]
    assert found("ferry") == expected


def test_dates_that_change_by_plain_sql() -> None:
    article = ArticleFactory(published_on=DAY, published_precision="day")
    first = StatementFactory(text="Ferry 1", article=article)
    second = StatementFactory(text="Ferry 2", article=article)
    say = "UPDATE articles_statement SET said_on = %s, said_precision = 'day' WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET published_on = '2026-01-01'")
        cursor.execute(say, ["2025-01-02", first.pk])
        assert found("ferry") == ["Ferry 2", "Ferry 1"]
        cursor.execute(say, ["2025-01-01", second.pk])
        assert found("ferry") == ["Ferry 1", "Ferry 2"]
        cursor.execute("UPDATE articles_statement SET said_on = NULL, said_precision = ''")
        cursor.execute("UPDATE articles_article SET published_on = NULL, published_precision = ''")
    assert found("ferry") == ["Ferry 2", "Ferry 1"]
    assert found("ferry", Article) == [article.headline]


def test_date_article_and_words_that_change_at_once() -> None:
    old, new = (
        ArticleFactory(published_on=DAY.replace(year=year), published_precision="day")
        for year in (2001, 2002)
    )
    day = DAY.replace(year=2000)
    statement = StatementFactory(text="Ferry", article=old, said_on=day, said_precision="day")
    StatementFactory(text="A ferry", article=old)
    statement.article, statement.said_on, statement.said_precision, statement.text = new, None, "", "My ferry"
    statement.save()
    assert found("ferry") == ["My ferry", "A ferry"]


def test_a_row_that_comes_with_derived_columns() -> None:
    article = ArticleFactory(published_on=DAY, published_precision="day")
    StatementFactory(text="Ferry", article=article, published_on=DAY, published_precision="day")
    StatementFactory(
        text="A ferry", article=article, published_on=DAY.replace(year=1999), published_precision="day"
    )
    assert found("ferry") == ["A ferry", "Ferry"]


def test_anchors_and_retractions_leave_it_alone() -> None:
    statement = anchored_statement("One ferry", said_on=DAY, said_precision="day")
    AnchorFactory(statement=statement, position=1)
    retract_statement(statement=statement, reason="Misheard.", by="ines")
    restore_statement(statement=statement, reason="Heard.", by="ines")
    assert found("ferry") == ["One ferry"]


def test_what_is_deleted_is_not_found() -> None:
    erase(StatementFactory(text="One ferry"))
    StatementFactory.create_batch(3, text="Two ferries")
    erase(Statement.objects.all())
    article = ArticleFactory(headline="A pier")
    assert found("pier", Article) == ["A pier"]
    erase(article)
    assert (found("ferry"), found("pier", Article)) == ([], [])


def test_what_is_rolled_back_is_not_found() -> None:
    statement = StatementFactory(text="One ferry")
    with transaction.atomic():
        with transaction.atomic():
            Statement.objects.update(text="One dock")
            StatementFactory(text="Two docks")
            erase(statement)
            transaction.set_rollback(True)
        assert (found("dock"), found("ferry")) == ([], ["One ferry"])
        StatementFactory(text="Two ferries", said_on=DAY, said_precision="day")
    assert found("ferry") == ["Two ferries", "One ferry"]


def test_a_table_that_is_altered_keeps_its_index() -> None:
    StatementFactory(text="One ferry")
    before = Statement._meta.get_field("cue")
    after = CharField(max_length=120, blank=True, default="")
    after.set_attributes_from_name("cue")
    after.model = Statement
    for old, new in ((before, after), (after, before)):
        with connection.schema_editor() as editor:
            editor.alter_field(Statement, old, new)
        StatementFactory(text="Two ferries", said_on=DAY, said_precision="day")
        Statement.objects.filter(text="One ferry").update(text="Three ferries")
        assert set(found("ferry")) == {"Three ferries", "Two ferries"}


def test_a_table_that_is_emptied_has_an_empty_index() -> None:
    StatementFactory(text="One ferry")
    call_command("flush", interactive=False, stdout=io.StringIO())
    assert found("ferry") == []
    StatementFactory(text="Two ferries")
    assert found("ferry") == ["Two ferries"]
