"""A statement's columns that follow from others stay true, whichever way anything is written."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from articles.models import Anchor, Article, Statement
from newsdb.ledger import attributed
from tests.articles.models.derived import assert_derived
from tests.factories import (
    AnchorFactory,
    ArticleFactory,
    CaptureFactory,
    OutletFactory,
    StatementFactory,
    anchored_statement,
)
from tests.newsdb.ledger.facts import all_facts, last_snapshots

pytestmark = pytest.mark.django_db

DAY = datetime.date(2024, 10, 23)
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def statement(db: None) -> Statement:
    """Two matched parts in the first of two captures, of an article of October 2024; others about."""
    article = ArticleFactory(published_on=DAY.replace(day=1), published_precision="month")
    statement = anchored_statement("One part", "and another", matched=True, article=article)
    CaptureFactory(article=article)
    anchored_statement("Words elsewhere", article=other_article())
    return statement


def other_article() -> Article:
    found = Article.objects.filter(section="other").first()
    return found or ArticleFactory(
        section="other", published_on=datetime.date(2023, 1, 1), published_precision="year"
    )


def rows(statement: Statement) -> Any:
    return Statement.objects.filter(pk=statement.pk)


def sql(command: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(command, parameters)


# ── Writes of the article ────────────────────────────────────────────────────────────────────


def save_the_article(statement: Statement) -> None:
    statement.article.outlet = OutletFactory()
    statement.article.published_on, statement.article.published_precision = DAY, "day"
    statement.article.save()


def save_one_field_of_the_article(statement: Statement) -> None:
    statement.article.outlet = OutletFactory()
    statement.article.save(update_fields=["outlet"])


def update_articles(statement: Statement) -> None:
    Article.objects.update(published_on=DAY, published_precision="day", outlet=OutletFactory())


def forget_the_articles_date(statement: Statement) -> None:
    Article.objects.update(published_on=None, published_precision="")


def make_the_articles_date_less_precise(statement: Statement) -> None:
    Article.objects.filter(pk=statement.article_id).update(
        published_on=DAY.replace(month=1, day=1), published_precision="year"
    )


def bulk_update_articles(statement: Statement) -> None:
    articles = list(Article.objects.all())
    for article in articles:
        article.outlet = OutletFactory()
    Article.objects.bulk_update(articles, ["outlet"])


def write_the_article_in_sql(statement: Statement) -> None:
    sql("UPDATE articles_article SET published_on = '2024-12-01', published_precision = 'month'")


def update_or_create_the_article(statement: Statement) -> None:
    Article.objects.update_or_create(uid=statement.article.uid, defaults={"outlet": OutletFactory()})


# ── Writes of the statement ──────────────────────────────────────────────────────────────────


def save_a_stale_statement(statement: Statement) -> None:
    stale = Statement.objects.get(pk=statement.pk)
    update_articles(statement)
    statement.anchors.all().delete()
    stale.cue = "said"
    stale.save()


def save_the_statement_in_another_article(statement: Statement) -> None:
    statement.anchors.all().delete()  # they stay in the article's text
    statement.article = other_article()
    statement.save(update_fields=["article"])


def update_the_statements_article(statement: Statement) -> None:
    statement.anchors.all().delete()  # they stay in the article's text
    rows(statement).update(article=other_article())


def bulk_update_the_statements_article(statement: Statement) -> None:
    statement.anchors.all().delete()  # they stay in the article's text
    statement.article = other_article()
    Statement.objects.bulk_update([statement], ["article"])


def save_the_day(statement: Statement) -> None:
    statement.said_on, statement.said_precision = DAY, "day"
    statement.save()
    assert_derived()
    statement.said_on, statement.said_precision = None, ""
    statement.save(update_fields=["said_on", "said_precision"])


def update_the_month(statement: Statement) -> None:
    rows(statement).update(said_on=DAY.replace(month=2, day=1), said_precision="month")


def bulk_update_the_year(statement: Statement) -> None:
    statement.said_on, statement.said_precision = DAY.replace(month=1, day=1), "year"
    Statement.objects.bulk_update([statement], ["said_on", "said_precision"])


def write_other_words(statement: Statement) -> None:
    rows(statement).update(text="Drifted")


def save_other_words_and_go_back(statement: Statement) -> None:
    text = statement.text
    statement.text = "Drifted"
    statement.save(update_fields=["text"])
    assert_derived()
    statement.text = text
    statement.save()


def create_statements(statement: Statement) -> None:
    Statement.objects.create(article=statement.article, kind="direct", text="New")
    Statement.objects.get_or_create(article=other_article(), text="Newer", defaults={"kind": "direct"})
    Statement.objects.update_or_create(
        text="Newer", defaults={"article": statement.article}, create_defaults={"kind": "direct"}
    )


def bulk_create_statements_with_other_columns(statement: Statement) -> None:
    wrong = {
        "outlet": other_article().outlet,
        "published_on": DAY,
        "published_precision": "day",
        "capture": statement.capture,
        "text_checked_at": NOW,
        "text_match": "matched",
    }
    made = [
        StatementFactory.build(article=article, speaker=None, **wrong)
        for article in (statement.article, other_article())
    ]
    Statement.objects.bulk_create(made)


def insert_in_sql(statement: Statement) -> None:
    texts = (field for field in Statement._meta.fields if field.empty_strings_allowed and not field.generated)
    values = {
        **{field.name: "" for field in texts if not field.is_relation},
        "uid": uuid.uuid4().hex,
        "article_id": statement.article_id,
        "text": "New",
        "kind": "direct",
        "status": "published",
        "attributed_by": "curator",
        "reviewed": True,
        "updated_at": NOW,
        "outlet_id": other_article().outlet_id,
        "published_on": DAY,
        "published_precision": "day",
        "text_match": "mismatched",
    }
    marks = ", ".join(["%s"] * len(values))
    sql(f"INSERT INTO articles_statement ({', '.join(values)}) VALUES ({marks})", *values.values())


# ── Attempts at the columns themselves ───────────────────────────────────────────────────────


def update_the_outlet(statement: Statement) -> None:
    Statement.objects.update(outlet=OutletFactory())


def forget_the_outlet(statement: Statement) -> None:
    Statement.objects.update(outlet=None)


def update_the_publication_date(statement: Statement) -> None:
    Statement.objects.update(published_on=DAY, published_precision="day")


def update_the_capture(statement: Statement) -> None:
    rows(statement).update(capture=CaptureFactory(article=statement.article))


def forget_the_check(statement: Statement) -> None:
    Statement.objects.update(text_match="unchecked", text_checked_at=None, capture=None)


def deny_the_match(statement: Statement) -> None:
    Statement.objects.update(text_match="mismatched")


def update_the_time_of_the_check(statement: Statement) -> None:
    Statement.objects.update(text_checked_at=NOW)


def save_other_columns(statement: Statement) -> None:
    statement.outlet, statement.published_on, statement.text_match = OutletFactory(), DAY, "mismatched"
    statement.save()


def bulk_update_other_columns(statement: Statement) -> None:
    statement.outlet, statement.text_match = OutletFactory(), "mismatched"
    Statement.objects.bulk_update([statement], ["outlet", "text_match"])


# ── Writes of the anchors ────────────────────────────────────────────────────────────────────


def delete_an_anchor(statement: Statement) -> None:
    statement.anchors.get(position=1).delete()


def delete_the_anchors(statement: Statement) -> None:
    Anchor.objects.all().delete()


def delete_anchors_in_sql(statement: Statement) -> None:
    sql("DELETE FROM articles_anchor WHERE position = 0")


def save_an_anchor_of_other_words(statement: Statement) -> None:
    anchor = statement.anchors.get(position=1)
    anchor.exact = "AND ANOTHER"
    anchor.save()


def save_an_anchor_elsewhere(statement: Statement) -> None:
    anchor = statement.anchors.get(position=1)
    anchor.start, anchor.end = anchor.start + 1, anchor.end + 1
    anchor.save(update_fields=["start", "end"])


def swap_the_parts(statement: Statement) -> None:
    for old, new in ((0, 2), (1, 0), (2, 1)):
        statement.anchors.filter(position=old).update(position=new)


def bulk_update_a_check(statement: Statement) -> None:
    anchors = list(statement.anchors.all())
    anchors[1].match, anchors[1].checked_at = "mismatched", NOW
    Anchor.objects.bulk_update(anchors, ["match", "checked_at"])


def forget_a_check(statement: Statement) -> None:
    statement.anchors.filter(position=0).update(match="unchecked", checked_at=None)


def check_all(statement: Statement) -> None:
    Anchor.objects.update(match="matched", checked_at=NOW)


def give_an_anchor_to_another(statement: Statement) -> None:
    other = StatementFactory(article=statement.article)
    statement.anchors.filter(position=1).update(statement=other)


def move_the_anchors_to_another_capture(statement: Statement) -> None:
    statement.anchors.update(capture=statement.article.captures.last())


def anchor_it_in_a_second_capture(statement: Statement) -> None:
    AnchorFactory(statement=statement, capture=statement.article.captures.last())


def leave_the_first_capture(statement: Statement) -> None:
    anchor_it_in_a_second_capture(statement)
    statement.anchors.filter(capture=statement.capture).delete()


def anchor_it_in_an_earlier_capture(statement: Statement) -> None:
    leave_the_first_capture(statement)
    AnchorFactory(statement=statement, capture=statement.article.captures.first(), exact=statement.text)


def bulk_create_anchors(statement: Statement) -> None:
    new = [StatementFactory(article=statement.article) for _ in range(3)]
    capture = statement.capture
    Anchor.objects.bulk_create(
        AnchorFactory.build(statement=each, capture=capture, match="matched", checked_at=NOW) for each in new
    )


def anchor_in_sql(statement: Statement) -> None:
    sql(
        "INSERT INTO articles_anchor"
        ' (statement_id, capture_id, position, exact, prefix, suffix, start, "end", match)'
        " VALUES (%s, %s, 2, 'More', '', '', 0, 4, 'unchecked')",
        statement.pk,
        statement.capture_id,
    )


WRITES: list[Callable[[Statement], None]] = [
    save_the_article,
    save_one_field_of_the_article,
    update_articles,
    forget_the_articles_date,
    make_the_articles_date_less_precise,
    bulk_update_articles,
    write_the_article_in_sql,
    update_or_create_the_article,
    save_a_stale_statement,
    save_the_statement_in_another_article,
    update_the_statements_article,
    bulk_update_the_statements_article,
    save_the_day,
    update_the_month,
    bulk_update_the_year,
    write_other_words,
    save_other_words_and_go_back,
    create_statements,
    bulk_create_statements_with_other_columns,
    insert_in_sql,
    update_the_outlet,
    forget_the_outlet,
    update_the_publication_date,
    update_the_capture,
    forget_the_check,
    deny_the_match,
    update_the_time_of_the_check,
    save_other_columns,
    bulk_update_other_columns,
    delete_an_anchor,
    delete_the_anchors,
    delete_anchors_in_sql,
    save_an_anchor_of_other_words,
    save_an_anchor_elsewhere,
    swap_the_parts,
    bulk_update_a_check,
    forget_a_check,
    check_all,
    give_an_anchor_to_another,
    move_the_anchors_to_another_capture,
    anchor_it_in_a_second_capture,
    leave_the_first_capture,
    anchor_it_in_an_earlier_capture,
    bulk_create_anchors,
    anchor_in_sql,
]


@pytest.mark.parametrize("write", WRITES)
def test_columns_and_ledger_stay_true(write: Callable[[Statement], None], statement: Statement) -> None:
    with attributed(by="ines"):
        write(statement)
    connection.check_constraints()
    assert_derived()
    assert last_snapshots() == all_facts()
