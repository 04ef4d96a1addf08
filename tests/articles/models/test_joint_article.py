"""The rows of a joint statement have one article, whichever way they are written."""

import json
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from articles.models import Article, Statement
from newsdb.models.write_errors import conflicting_record, explain
from tests.factories import ArticleFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

JOINT = UUID("5f0c0000-0000-4000-8000-000000000002")
DIVIDED = "A joint statement has one article; another row of it has a different one: statement"


@pytest.fixture
def pair() -> list[Statement]:
    """Two rows of a joint proposal."""
    article = ArticleFactory()
    return [_row(article), _row(article)]


def _row(article: Any, **facts: Any) -> Any:
    facts = {"joint_uid": JOINT, "status": "proposed", "text": "We sail"} | facts
    return StatementFactory(article=article, **facts)


def _save(row: Statement, article: Article) -> None:
    row.article = article
    row.save()


def _update(row: Statement, article: Article) -> None:
    Statement.objects.filter(pk=row.pk).update(article=article)


def _bulk_update(row: Statement, article: Article) -> None:
    row.article = article
    Statement.objects.bulk_update([row], ["article"])


def _join(row: Statement, article: Article) -> None:
    other = _row(article, joint_uid=None)
    Statement.objects.filter(pk=other.pk).update(joint_uid=JOINT)


def _create(row: Statement, article: Article) -> None:
    # The factory loads, as a fixture does: then all rows of the joint are checked, and any may be named.
    Statement.objects.create(
        article=article, joint_uid=JOINT, status="proposed", kind="direct", text="We sail"
    )


def _bulk_create(row: Statement, article: Article) -> None:
    Statement.objects.bulk_create([StatementFactory.build(article=article, joint_uid=JOINT, speaker=None)])


def _sql(row: Statement, article: Article) -> None:
    with connection.cursor() as cursor:
        sql = "UPDATE articles_statement SET article_id = %s WHERE id = %s"
        cursor.execute(sql, [article.pk, row.pk])


@pytest.mark.parametrize("write_row", [_save, _update, _bulk_update, _join, _create, _bulk_create, _sql])
def test_a_row_of_another_article_is_refused(
    pair: list[Statement], write_row: Callable[[Statement, Article], None]
) -> None:
    article = ArticleFactory()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write_row(pair[1], article)
    assert explain(refused.value) == [f"{DIVIDED} {pair[0].uid}."]
    assert conflicting_record(refused.value) == pair[0]
    assert not article.statements.filter(joint_uid=JOINT).exists()


def test_a_proposal_that_is_not_joint_may_move(pair: list[Statement]) -> None:
    Statement.objects.update(joint_uid=None)
    _save(Statement.objects.get(pk=pair[1].pk), ArticleFactory())
    assert Statement.objects.values("article").distinct().count() == 2


def _load(path: Path, edit: Callable[[list[dict[str, Any]]], None]) -> None:
    call_command("dumpdata", "articles.Statement", natural_primary=True, output=path)
    rows = json.loads(path.read_text())
    edit(rows)
    path.write_text(json.dumps(rows))
    call_command("loaddata", path, verbosity=0)


def test_a_fixture_moves_all_rows_or_none(pair: list[Statement], tmp_path: Path) -> None:
    article = ArticleFactory()

    def move(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row["fields"]["article"] = article.pk

    with pytest.raises(CommandError) as refused:
        _load(tmp_path / "one.json", lambda rows: move(rows[:1]))
    assert str(refused.value).startswith(f"Nothing was loaded. {DIVIDED} ")
    assert not article.statements.exists()
    _load(tmp_path / "all.json", move)
    assert article.statements.count() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_of_two_that_begin_it_at_once_one_is_refused() -> None:
    articles, both, results = [ArticleFactory(), ArticleFactory()], Barrier(2, timeout=10), []

    def begin(article: Any) -> None:
        try:
            with transaction.atomic():
                both.wait()
                _row(article)
            results.append("")
        except IntegrityError as error:
            results.append(str(error))
        finally:
            connections.close_all()

    threads = [Thread(target=begin, args=(article,)) for article in articles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = sorted(results)
    assert (first, DIVIDED in second) == ("", True)
    assert Statement.objects.count() == 1
