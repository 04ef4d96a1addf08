"""What is loaded many rows at once is what the triggers would have made of each, and they are there again."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from articles.export import naming
from articles.export.columns import Columns
from articles.export.dataset import TABLES
from articles.export.instances import instance_of
from articles.export.loading import load_release
from articles.export.naming import Names
from articles.export.reading import ReleaseError
from articles.export.release import write_release
from articles.export.snapshot import one_snapshot
from articles.models import Anchor, Article, Capture, Statement
from articles.search.query import parse_query
from newsdb.models import Change
from tests.articles.export.test_loading import forge, set_to
from tests.articles.models.derived import assert_derived
from tests.factories import AnchorFactory, StatementFactory
from tests.pristine import empty_database

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master ORDER BY type, name",
    "postgresql": """
SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
WHERE NOT tgisinternal
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
ORDER BY 1, 2, 3""",
}


@pytest.fixture
def release(dataset: Article, tmp_path: Path) -> Path:
    """A release, and an empty database."""
    # Statements in which what follows from anchors is not the plain case.
    mismatched = StatementFactory(article=dataset, text="Other words than these")
    first = Capture.objects.get(article=dataset, media_type="text/plain")
    later = Capture.objects.get(article=dataset, media_type="text/html")
    for capture, words in ((first, "Other"), (later, mismatched.text)):
        AnchorFactory(statement=mismatched, capture=capture, exact=words)
    write_release(tmp_path / "release")
    empty_database()
    return tmp_path / "release"


def rules() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(RULES[connection.vendor])
        return cursor.fetchall()


def rows_of(release: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (release / f"{table}.jsonl").read_text("utf-8").split("\n")[:-1]]


def test_every_rule_is_there_again(release: Path) -> None:
    before = rules()
    assert len(before) > 200
    load_release(release)
    assert rules() == before
    empty_database()
    forge(release, "anchors", set_to(0, end=1))
    with pytest.raises(ReleaseError):
        load_release(release)
    assert rules() == before


def test_columns_and_snapshots_are_as_the_triggers_make_them(release: Path) -> None:
    load_release(release)
    assert_derived()
    assert set(Statement.objects.values_list("text_match", flat=True)) == {
        "matched",
        "unchecked",
        "mismatched",
    }
    rows, changes = list(Statement.objects.values()), list(Change.objects.values())
    with connection.cursor() as cursor:
        # Each trigger works everything out anew, and the ledger notes what is another now: nothing.
        for table in ("articles_article", "articles_statement"):
            for column in ("published_on", "language"):
                cursor.execute(f"UPDATE {table} SET {column} = {column}")
        cursor.execute("UPDATE articles_anchor SET exact = exact")
        cursor.execute("UPDATE articles_statement SET text = text")
    assert list(Statement.objects.values()) == rows
    assert list(Change.objects.values()) == changes


def test_what_was_loaded_is_planned_for_at_once(release: Path) -> None:
    """PostgreSQL takes a table for an empty one until it has looked at it, which takes minutes."""
    load_release(release)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'newsdb_change'")
            assert cursor.fetchone() == (Change.objects.count(),)
    with one_snapshot(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW cursor_tuple_fraction")
            assert cursor.fetchone() == ("1",)
        assert Statement.objects.exists()


def test_the_ledger_names_whom_records_refer_to_first(release: Path) -> None:
    load_release(release)
    types = list(Change.objects.order_by("sequence").values_list("record_type", flat=True))
    assert list(dict.fromkeys(types)) == ["actor", "outlet", "article", "statement"]
    assert list(Change.objects.order_by("sequence").values_list("sequence", flat=True)) == list(
        range(1, len(types) + 1)
    )


def test_words_are_found_and_what_is_added_later_too(release: Path) -> None:
    load_release(release)
    ids = set(Statement.objects.values_list("id", flat=True))
    assert Statement.objects.search(parse_query("sail")).count() == 1
    assert Article.objects.search(parse_query("line")).exists()
    later = StatementFactory(text="They sail later")
    assert later.id not in ids
    assert later.id > max(ids)
    assert Statement.objects.search(parse_query("sail")).count() == 2


def test_an_anchor_in_a_capture_of_another_article_is_named(release: Path) -> None:
    def move(rows: list[dict[str, Any]]) -> None:
        other = next(row for row in statements if row["article"] != statements[0]["article"])
        rows[2]["statement"] = other["uid"]

    statements = rows_of(release, "statements")
    forge(release, "anchors", move)
    with pytest.raises(ReleaseError, match=r"anchors\.jsonl, line 3: an anchor stands in a capture of its"):
        load_release(release)


def test_names_that_were_not_kept_are_looked_up(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "MAX_CACHED", 0)
    monkeypatch.setattr("articles.export.loading.BATCH", 1)
    counts = load_release(release).counts
    assert counts["anchors"] == Anchor.objects.count() > 3


#: What a value may be changed to: no row with any of them is taken that its model would refuse.
ODD = (None, "", " ", "a\0b", "x" * 501, "ftp://x", 0, 1, -1, 1.5, 2**31, 2**63, True, [], {}, "2024-02-30")


def test_nothing_is_taken_that_its_model_refuses(release: Path) -> None:
    load_release(release)
    taken = refused = 0
    for public in TABLES:
        if public.model._meta.app_label != "articles":
            continue
        columns = Columns(public, connection)
        rows = rows_of(release, public.name)
        assert columns.taken(rows), public.name
        found = columns.found(columns.cells(rows), Names())
        for column in public.table.columns:
            for value in ODD:
                row = {**rows[0], column.name: value}
                # Behind others: among them it must not be overlooked.
                if not columns.taken([*rows, row]):
                    refused += 1
                elif columns.resolved(columns.cells([*rows, row]), found):
                    taken += 1
                    assert not list(public.table.faults(row)), (column.name, value)
                    instance_of(public, (1, row), found)
        for name in rows[0]:
            less = {key: value for key, value in rows[0].items() if key != name}
            for odd in (less, {**less, "more": 1}, {**rows[0], "more": 1}, [name], name, 1, None):
                assert not columns.taken([*rows, odd])
    assert taken > 100
    assert refused > 100


def test_a_statement_that_is_there_twice_is_named(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (2000, 1):
        monkeypatch.setattr("articles.export.loading.BATCH", size)
        forged = shutil.copytree(release, release.parent / str(size))
        forge(forged, "statements", lambda rows: rows.append(dict(rows[0])))
        lines = (forged / "statements.jsonl").read_text("utf-8").count("\n")
        with pytest.raises(ReleaseError, match=rf"statements\.jsonl, line {lines}: "):
            load_release(forged)
