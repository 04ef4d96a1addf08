"""Evidence stays together: identities, attached texts, anchors and their article, retracted articles."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from actors.models import Actor
from articles.models import Anchor, Article, Capture, Outlet, Statement
from articles.services.retraction import restore_article, retract_article
from newsdb.ledger import attributed
from tests.articles.api.routes import settle
from tests.factories import (
    ActorFactory,
    AnchorFactory,
    ArticleFactory,
    CaptureFactory,
    OutletFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db

ELSEWHERE = "an anchor stands in a capture of its statement.s article"
RETRACTED = {"status": "retracted", "retracted_at": "2026-01-01T00:00Z", "retraction_reason": "Made up."}


def refused(why: str, act: Callable[[], Any]) -> None:
    settle()
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        act()


@pytest.mark.parametrize("factory", [ActorFactory, OutletFactory, ArticleFactory, StatementFactory])
def test_a_uid_never_changes(factory: Any) -> None:
    record = factory()
    records, before = type(record)._base_manager, record.uid
    record.uid = uuid.uuid4()
    refused("a uid never changes", record.save)
    refused("a uid never changes", lambda: records.update(uid=uuid.uuid4()))
    refused("a uid never changes", lambda: records.bulk_update([record], ["uid"]))
    assert records.get(pk=record.pk).uid == before


def load(tmp_path: Path, *rows: dict[str, Any]) -> None:
    (tmp_path / "rows.json").write_text(json.dumps(rows))
    call_command("loaddata", tmp_path / "rows.json", verbosity=0)


@pytest.mark.parametrize(("model", "record"), [(Actor, "actors.actor"), (Outlet, "articles.outlet")])
def test_a_fixture_without_a_uid_keeps_that_of_the_record(model: Any, record: str, tmp_path: Path) -> None:
    row: dict[str, Any] = {"model": record, "fields": {"name": "Ada", "slug": "ada"}}
    load(tmp_path, row)
    drawn = model.objects.get().uid
    row["fields"]["name"] = "Ada Example"
    load(tmp_path, row)
    again = model.objects.get()
    assert (again.uid, again.name) == (drawn, "Ada Example")
    row["fields"]["uid"] = other = str(uuid.uuid4())
    with pytest.raises(
        CommandError, match=rf"\nrows.json, record 1 \({record} {other}\): .*a uid never changes"
    ):
        load(tmp_path, row)
    assert model.objects.get().uid == drawn


def test_a_fixture_leaves_the_text_that_was_attached(tmp_path: Path) -> None:
    capture = CaptureFactory(words="“We sail.”")
    row = {
        "model": "articles.capture",
        "fields": {
            "article": [str(capture.article.uid)],
            "sha256": capture.sha256,
            "text_sha256": capture.text_sha256,
            "length": capture.length,
            "extractor": "reader",
            "text": None,
        },
    }
    load(tmp_path, row)
    loaded = Capture.objects.get()
    assert (loaded.text, loaded.extractor) == ("“We sail.”", "reader")
    loaded.text = None  # whoever may not keep it can still drop it
    loaded.save()
    assert Capture.objects.get().text is None


def test_an_anchor_stands_in_a_capture_of_its_statements_article() -> None:
    statement, elsewhere = anchored_statement("We sail."), CaptureFactory()
    anchor = statement.anchors.get()
    other = StatementFactory(text="We sail.")
    refused(ELSEWHERE, lambda: AnchorFactory(statement=statement, capture=elsewhere, position=1))
    refused(ELSEWHERE, lambda: Anchor.objects.update(capture=elsewhere))
    refused(ELSEWHERE, lambda: Anchor.objects.update(statement=other))
    refused(ELSEWHERE, lambda: Statement.objects.filter(pk=statement.pk).update(article=elsewhere.article))
    refused(ELSEWHERE, lambda: Capture.objects.filter(pk=anchor.capture_id).update(article=other.article))
    row = Anchor(statement=statement, capture=elsewhere, position=1, exact="x", start=0, end=1)
    refused(ELSEWHERE, lambda: Anchor.objects.bulk_create([row]))


def test_what_a_retracted_article_printed_is_not_public() -> None:
    article = ArticleFactory()
    proposed = StatementFactory(article=article, status="proposed")
    retract_article(article=article, reason="Made up.", by="ines")
    refused("its article is retracted", lambda: StatementFactory(article=article))
    refused("its article is retracted", lambda: Statement.objects.update(status="published"))
    proposed.refresh_from_db()
    proposed.status = "published"
    with pytest.raises(ValidationError, match="restore that first"):
        proposed.full_clean()
    standing = StatementFactory()
    refused(
        "its article is retracted", lambda: Statement.objects.filter(pk=standing.pk).update(article=article)
    )


def test_an_article_is_retracted_with_its_statements() -> None:
    statement = StatementFactory()
    articles = Article.objects.filter(pk=statement.article_id)
    refused("retracted with its statements", lambda: articles.update(**RETRACTED))
    retract_article(article=statement.article, reason="Made up.", by="ines")
    statement.refresh_from_db()
    assert (statement.status, statement.retracted_at) == ("retracted", statement.article.retracted_at)
    restore_article(article=statement.article, reason="It was right.", by="ines")
    statement.refresh_from_db()
    assert statement.status == "published"


def test_a_fixture_may_bring_them_in_any_order(tmp_path: Path) -> None:
    """By number, a statement may come before its article: what does not go together is refused even so."""
    outlet = OutletFactory()
    uid = str(uuid.uuid4())
    article = {"outlet": outlet.pk, "headline": "Ferry", "uid": uid, **RETRACTED}
    words = {"article": 77, "kind": "direct", "text": "We sail.", "uid": str(uuid.uuid4())}
    rows = [
        {"model": "articles.statement", "pk": 78, "fields": words},
        {"model": "articles.article", "pk": 77, "fields": article},
    ]
    for order in (rows, rows[::-1]):
        with pytest.raises(CommandError, match=r"\nrows.json, record 2 \(.* article is retracted"):
            load(tmp_path, *order)
        assert not Article.objects.exists()


@pytest.mark.parametrize("order", [1, -1])
def test_a_fixture_retracts_an_article_with_its_statements_and_restores_them(
    tmp_path: Path, order: int
) -> None:
    statement = StatementFactory()
    models = ["articles.Article", "articles.Statement"]
    path = tmp_path / "rows.json"
    call_command("dumpdata", *models, natural_primary=True, natural_foreign=True, output=path)
    published = json.loads(path.read_text())[::order]
    retracted = [{**row, "fields": row["fields"] | RETRACTED} for row in published]
    for rows, status in ((retracted, "retracted"), (published, "published")):
        with attributed(by="ines", reason="Made up."):
            load(tmp_path, *rows)
        statement = Statement.objects.get()
        assert (statement.status, statement.article.status) == (status, status)
