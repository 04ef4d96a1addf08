"""Nothing is printed before it is said, whichever way it is written."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from articles.models import Article, Statement
from articles.services.review.proposals import accept_proposal
from newsdb.ledger.install import install
from newsdb.models.write_errors import conflicting_record, explain
from tests.admin_pages import submit
from tests.articles.ingest.pages import load_text
from tests.clients import editor, errors, write
from tests.factories import ArticleFactory, ProposalFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

MARCH, MAY = date(2024, 3, 1), date(2024, 5, 5)
LATER = "Its article was published before these words were said: statement"


@pytest.fixture
def article() -> Any:
    return ArticleFactory(published_on=MARCH, published_precision="day")


def said(article: Any, day: date, precision: str = "day", **facts: Any) -> Any:
    return StatementFactory(article=article, said_on=day, said_precision=precision, **facts)


@pytest.mark.parametrize(
    ("published", "said_on", "accepted"),
    [
        (("2024-03-01", "day"), ("2024-03-01", "day"), True),
        (("2024-03-01", "day"), ("2024-03-02", "day"), False),
        (("2024-03-20", "day"), ("2024-03-01", "month"), True),
        (("2024-03-20", "day"), ("2024-04-01", "month"), False),
        (("2024-03-01", "month"), ("2024-03-31", "day"), True),
        (("2024-03-01", "month"), ("2024-04-01", "day"), False),
        (("2024-01-01", "year"), ("2024-12-31", "day"), True),
        (("2024-01-01", "year"), ("2025-01-01", "year"), False),
        ((None, ""), ("2031-01-01", "day"), True),
    ],
)
def test_only_days_that_contradict_each_other_are_refused(
    published: tuple[Any, str], said_on: tuple[Any, str], accepted: bool
) -> None:
    article: Any = ArticleFactory(
        published_on=published[0] and date.fromisoformat(published[0]), published_precision=published[1]
    )
    day = date.fromisoformat(said_on[0])
    new = StatementFactory.build(article=article, speaker=None, said_on=day, said_precision=said_on[1])
    if accepted:
        new.clean()
        said(article, day, said_on[1])
        return
    with pytest.raises(ValidationError, match="nothing is printed before it is said"):
        new.clean()
    with pytest.raises(IntegrityError, match=LATER), transaction.atomic():
        said(article, day, said_on[1])


def _save(row: Statement) -> None:
    row.said_on = MAY
    row.save()


def _bulk_update(row: Statement) -> None:
    row.said_on = MAY
    Statement.objects.bulk_update([row], ["said_on"])


def _publish_earlier(row: Statement) -> None:
    Article.objects.filter(pk=row.article_id).update(published_on=date(2024, 2, 1))


def _move(row: Statement) -> None:
    row.article = ArticleFactory(published_on=date(2024, 2, 1), published_precision="day")
    row.save()


def _sql(row: Statement) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_statement SET said_on = %s WHERE id = %s", [MAY, row.pk])


@pytest.mark.parametrize("status", ["proposed", "published"])
@pytest.mark.parametrize("write", [_save, _bulk_update, _publish_earlier, _move, _sql])
def test_no_path_writes_words_said_after_they_were_printed(
    article: Any, write: Callable[[Statement], None], status: str
) -> None:
    row = said(article, MARCH, status=status)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write(row)
    assert explain(refused.value) == [f"{LATER} {row.uid}."]
    assert conflicting_record(refused.value) == row
    row.refresh_from_db()
    assert (row.said_on, row.published_on) == (MARCH, MARCH)


def test_new_rows_are_checked_too(article: Any) -> None:
    rows = [
        StatementFactory.build(
            article=article, speaker=None, said_on=MAY, said_precision="day", published_on=MARCH
        )
    ]
    with pytest.raises(IntegrityError, match=LATER), transaction.atomic():
        Statement.objects.bulk_create(rows)


def test_an_article_is_not_dated_before_its_statement(article: Any) -> None:
    row = said(article, MARCH)
    article.published_on = date(2024, 2, 1)
    with pytest.raises(ValidationError, match="was said on 2024-03-01: correct that first"):
        article.full_clean()
    Statement.objects.filter(pk=row.pk).update(
        status="retracted", retracted_at="2024-06-01T00:00Z", retraction_reason="x"
    )
    article.full_clean()


def test_a_rejected_proposal_decides_nothing(article: Any) -> None:
    row = said(article, MAY, status="rejected")
    with pytest.raises(IntegrityError, match=LATER), transaction.atomic():
        Statement.objects.filter(pk=row.pk).update(status="proposed")


@pytest.fixture
def older(article: Any) -> Any:
    """A row of a database that did not have the rule yet."""
    table = "" if connection.vendor == "sqlite" else " ON articles_statement"
    with connection.cursor() as cursor:
        for event in ("insert", "update"):
            cursor.execute(f"DROP TRIGGER newsdb_said_first_{event}{table}")
    row = said(article, MAY, speaker=None, status="proposed")
    install(connection)
    return Statement.objects.get(pk=row.pk)


def test_older_rows_stay_and_may_be_changed_otherwise(older: Any) -> None:
    older.cue = "announced"
    older.full_clean()
    older.save()
    older.article.headline = "Another headline"
    older.article.full_clean()
    older.article.save()
    older.said_on = date(2024, 5, 6)
    with pytest.raises(ValidationError, match="nothing is printed before it is said"):
        older.full_clean()
    older.said_on = MARCH
    older.full_clean()
    older.save()


def _dump(path: Path, *models: str) -> list[Any]:
    call_command("dumpdata", *models, natural_primary=True, natural_foreign=True, output=path)
    rows: list[Any] = json.loads(path.read_text())
    return rows


def test_a_fixture_moves_both_days_or_none(article: Any, tmp_path: Path) -> None:
    said(article, MARCH)
    path = tmp_path / "both.json"
    rows = _dump(path, "articles.Article", "articles.Statement")
    by_model = {row["model"]: row for row in rows}
    by_model["articles.article"]["fields"]["published_on"] = "2024-02-01"
    path.write_text(json.dumps(rows))
    with pytest.raises(CommandError, match=LATER):
        call_command("loaddata", path, verbosity=0)
    by_model["articles.statement"]["fields"]["said_on"] = "2024-01-01"
    path.write_text(json.dumps(rows))
    call_command("loaddata", path, verbosity=0)
    assert Statement.objects.get().published_on == date(2024, 2, 1)


def test_an_editor_is_told_which_day_is_wrong(article: Any) -> None:
    client = editor("ines")
    said_late = {"article": str(article.uid), "kind": "direct", "words": ["We sail"], "said_on": "2024-05-05"}
    assert errors(write(client, "post", "statements/", said_late)) == {"/said_on": "invalid"}
    made = write(client, "post", "statements/", said_late | {"said_on": "2024-03-01"})
    assert made.status_code == 201, made.content
    address = f"statements/{made.json()['uid']}/"
    assert errors(write(client, "patch", address, {"said_on": "2024-05"})) == {"/said_on": "invalid"}
    earlier = {"published_on": "2024-02-01"}
    refused = write(client, "patch", f"articles/{article.uid}/", earlier)
    assert errors(refused) == {"/published_on": "invalid"}


def test_the_admin_says_it_at_its_own_field(article: Any, admin_client: Client) -> None:
    row = said(article, MARCH)
    page = reverse("admin:articles_statement_change", args=[row.pk])
    response = submit(admin_client, page, said="2024-05-05")
    assert response.context["adminform"].form.errors.keys() == {"said"}
    page = reverse("admin:articles_article_change", args=[article.pk])
    response = submit(admin_client, page, published="2024-02-01")
    assert response.context["adminform"].form.errors.keys() == {"published"}


def test_an_older_proposal_is_not_accepted(older: Any) -> None:
    proposal = ProposalFactory(statement=older)
    with pytest.raises(ValidationError, match="nothing is printed before it is said"):
        accept_proposal(proposal=proposal, by="ines", unnamed=True)


ADDRESS = "https://text.example/ferry"
PAGE = (
    "The ferry is to sail\nText Post\nMarch 1, 2024\n\n"
    "“It sails on Monday,” Ida Holm told the council on May 5, 2024, in the old town hall.\n"
)


def test_a_later_day_in_the_text_is_not_proposed() -> None:
    load_text(PAGE, source_url=ADDRESS)
    assert Statement.objects.get().said_on is None


def test_a_day_after_the_articles_own_is_not_proposed() -> None:
    load_text(PAGE.replace("May 5, 2024", "February 20, 2024"), source_url=ADDRESS)
    Statement.objects.all().delete()
    article = Article.objects.get()
    Article.objects.update(published_on=date(2024, 2, 1))
    load_text(PAGE.replace("May 5, 2024", "February 20, 2024") + "\nMore of it.\n", source_url=ADDRESS)
    statement = Statement.objects.get()
    assert (statement.article, statement.said_on) == (article, None)
