"""The invented dataset: what is in it follows from a seed, and nobody takes it for real."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles.export.dataset import TABLES
from articles.export.release import write_release
from articles.export.sample.loading import load_sample
from articles.export.sample.making import Sample
from articles.models import Statement
from tests.articles.pages.test_statement import of, see
from tests.factories import StatementFactory
from tests.pristine import empty_database
from tests.reader import Reader

MARK = "This is a sample"


def test_it_is_of_the_size_that_is_promised_and_each_quotation_stands_in_its_text():
    sample = Sample(1)
    statements = {row["uid"]: row for row in sample.rows["statements"]}
    assert (len(statements), len(sample.rows["outlets"])) == (3000, 12)
    published = [row["published_on"] for row in sample.rows["articles"] if row["published_on"]]
    years = {date.fromisoformat(day).year for day in published}
    assert years == {2023, 2024, 2025}
    for anchor in sample.rows["anchors"]:
        text = sample.texts[anchor["capture"]]
        assert text[anchor["start"] : anchor["end"]] == anchor["exact"]
        assert anchor["exact"] in statements[anchor["statement"]]["text"]
    assert {row["kind"] for row in statements.values()} == {"direct", "partial", "indirect"}


def test_its_rows_have_every_column_of_a_release():
    rows = Sample(1, 50).rows
    for table in TABLES:
        columns = set(table.columns) - set(table.derived)
        assert all(columns <= row.keys() for row in rows.get(table.name, ())), table.name


def test_a_seed_gives_the_same_again_and_another_one_something_else():
    assert Sample(2, 50).rows == Sample(2, 50).rows
    assert Sample(2, 50).rows["statements"] != Sample(3, 50).rows["statements"]


@pytest.mark.django_db(transaction=True)
def test_every_page_and_the_dataset_say_that_it_is_a_sample_also_where_it_is_imported(client, tmp_path):
    load_sample(1, statements=30)
    assert set(Statement.objects.values_list("text_match", flat=True)) == {"matched"}
    statement = Statement.objects.select_related("speaker", "article__outlet").latest("pk")
    pages = [
        *("/", "/statements/", "/actors/", "/outlets/", "/check/", "/api/v1/docs/", of(statement)),
        f"/actors/{statement.speaker.slug}/",
        f"/outlets/{statement.article.outlet.slug}/",
        f"/articles/{statement.article.uid}/",
    ]
    for path in pages:
        assert MARK in see(client, path).text, path
    assert MARK in see(client, "/statements/?speaker=ingrd", 400).text
    assert "A sample" in see(client, f"{of(statement)}embed/").text
    assert Reader().one("dataset/")["sample"] is True
    write_release(tmp_path / "release")
    empty_database()
    assert MARK not in see(Client(), "/").text
    call_command("import_dataset", tmp_path / "release", verbosity=0)
    assert MARK in see(Client(), "/").text


@pytest.mark.django_db(transaction=True)
def test_it_is_refused_beside_anything_else(client):
    StatementFactory()
    with pytest.raises(CommandError, match="already has records"):
        call_command("load_sample", verbosity=0)
    assert Statement.objects.count() == 1
    assert MARK not in see(client, "/").text
    assert Reader().one("dataset/")["sample"] is False
