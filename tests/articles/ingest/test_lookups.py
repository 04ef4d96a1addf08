"""What is looked up for a page, a row or a filter is found by an index: no table is read from end to end."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from rest_framework.test import APIClient

from actors.models import Actor
from articles.models import Article, Outlet, Statement
from tests.articles.ingest.pages import CHANGED, PAGE, load_text
from tests.factories import BylineFactory, ClaimReviewFactory, OutletDomainFactory, StatementFactory
from tests.plans import tables_read_whole

pytestmark = pytest.mark.django_db
#: It tells only whether anything was ever erased.
FIRST_ROW_ONLY = "newsdb_eraseddigest"


@pytest.mark.parametrize("found", [Actor.objects.called("Ada"), Outlet.objects.named(["ada"])])
def test_a_name(found: Any) -> None:
    if connection.vendor == "sqlite":
        plan = found.explain()
        assert "(name_key=?)" in plan
        assert "(key=?)" in plan
        assert "SCAN" not in plan


@pytest.mark.parametrize("address", ["", "https://lindle.example/bell"])
def test_a_page(address: str) -> None:
    StatementFactory(speaker__name="Odo Brannick", article__outlet__name="The Lindle Observer")
    with tables_read_whole() as whole:
        assert load_text(PAGE, source_url=address).action == "created"
        assert load_text(CHANGED, source_url=address).action == "updated"
    whole.pop(FIRST_ROW_ONLY, None)
    assert whole == {}


def test_a_row_of_a_spreadsheet(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "rows.csv"
    row = "We looked for it.,Odo Brannick,,The Lindle Observer,The bell is back,"
    head = "text,speaker,said on,outlet,headline,address"
    file.write_text(f"{head}\n{row}https://lindle.example/bell\n{row}\n")
    with tables_read_whole() as whole:
        call_command("import_statements", str(file))
    whole.pop("django_migrations")  # of the command
    assert whole == {}


def test_a_line_of_a_corpus(tmp_path: Path) -> None:
    file = tmp_path / "quotations.jsonl"
    for number in range(2):  # the second finds the article of the first
        record = {
            "quoteID": f"2019-01-01-{number}",
            "quotation": f"The bell rang {number} times.",
            "speaker": "Odo Brannick",
            "qids": ["Q1"],
            "date": "2019-01-01 00:00:00",
            "probas": [["Odo Brannick", "0.9"]],
            "urls": ["https://lindle.example/bell"],
        }
        file.write_text(json.dumps(record))
        with tables_read_whole() as whole:
            call_command("import_corpus", "--format", "quotebank", str(file), verbosity=0)
    whole.pop("django_migrations")  # of the command
    whole.pop(FIRST_ROW_ONLY, None)
    assert whole == {}
    assert Statement.objects.count() == 2
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "speaker=Ada Example",
        "speaker=ada-example",
        "author=Bo Example",
        "outlet=The Gazette",
        "outlet=gazette.example",
        "source_url=https://gazette.example/library",
        "claim_review=https://checks.example/1",
    ],
)
def test_a_filter(query: str) -> None:
    statement = StatementFactory(
        speaker__name="Ada Example",
        speaker__slug="ada-example",
        article__outlet__name="The Gazette",
        article__source_url="https://gazette.example/library",
    )
    OutletDomainFactory(outlet=statement.article.outlet, domain="gazette.example")
    BylineFactory(article=statement.article, author__name="Bo Example")
    ClaimReviewFactory(statement=statement, source_url="https://checks.example/1")
    with tables_read_whole() as whole:
        answer = APIClient().get(f"/api/v1/statements/?{query}")
    assert len(answer.json()["results"]) == 1
    assert whole == {}
