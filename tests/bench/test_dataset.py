"""What is written past the triggers is what they would have written, and has the shape that it says."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from articles.models import Article, Statement
from articles.search.index import index_name
from newsdb.ledger import attributed
from newsdb.models import Change
from tests.bench.dataset.columns import TABLES
from tests.bench.dataset.filling import fill
from tests.bench.dataset.making import made
from tests.bench.dataset.plan import BATCH, Plan
from tests.bench.dataset.rows import people_and_outlets
from tests.bench.dataset.vocabulary import WORDS, word
from tests.bench.options import ROOT

PLAN = Plan(statements=600, seed=7)
#: Worked out by the database from other rows; whatever is written there is overwritten.
DERIVED = {
    "outlet": None,
    "published_on": None,
    "published_precision": "",
    "capture": None,
    "text_match": "unchecked",
    "text_checked_at": None,
}


def untracked(items: Any, name: str, total: int | None) -> Any:
    return items


def everything() -> dict[str, list[Any]]:
    """All rows of the dataset, its ledger and its index of words, and what the tables have besides rows."""
    found = {
        name: list(table.model._base_manager.order_by("id").values_list()) for name, table in TABLES.items()
    }
    facts = [f.name for f in Change._meta.concrete_fields if f.name not in ("id", "transaction")]
    found["ledger"] = list(Change.objects.order_by("sequence").values_list(*facts))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for model in (Article, Statement):
                cursor.execute(
                    f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {index_name(model)}, instance)"
                )
                cursor.execute('SELECT * FROM temp.words ORDER BY doc, term, "offset"')
                found[index_name(model)] = cursor.fetchall()
                cursor.execute("DROP TABLE temp.words")
            cursor.execute(
                "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
            )
        else:
            cursor.execute(
                "SELECT indexdef, '' FROM pg_indexes WHERE schemaname = current_schema() UNION ALL"
                " SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint UNION ALL"
                " SELECT tgname || tgrelid::regclass, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
                " ORDER BY 1, 2"
            )
        found["schema"] = cursor.fetchall()
    return found


def write_again(rows: dict[str, QuerySet]) -> None:
    """Write records as it is usually done: held by constraints, and triggers derive what is derived."""
    with attributed(by="", restoring=True):
        for name, table in TABLES.items():
            for row in rows[name]:
                for field in DERIVED if name == "statement" else ():
                    setattr(row, field, DERIVED[field])
            if name not in ("actor_slug", "outlet_slug"):  # those are noted by themselves
                table.model._base_manager.bulk_create(rows[name], batch_size=500)


@pytest.fixture
def statistics_forgotten(transactional_db: None) -> Iterator[None]:
    """What was gathered about these rows must not decide how other tests' queries are planned."""
    yield
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.usefixtures("statistics_forgotten")
def test_what_is_written_is_what_triggers_would_have_made_of_it() -> None:
    before = everything()["schema"]
    fill(PLAN, connection, untracked, processes=0)
    filled = everything()
    assert len(filled["statement"]) == PLAN.statements
    rows = {name: list(table.model._base_manager.order_by("id")) for name, table in TABLES.items()}
    call_command("flush", interactive=False, verbosity=0)
    assert not Statement.objects.exists()
    write_again(rows)
    written = everything()
    assert filled.keys() == written.keys()
    for name in filled:
        assert filled[name] == written[name], name
    assert filled["schema"] == before


@pytest.mark.django_db(transaction=True, reset_sequences=True)
@pytest.mark.usefixtures("statistics_forgotten")
def test_what_is_counted_goes_on_behind_the_rows() -> None:
    fill(Plan(10), connection, untracked, processes=0)
    with attributed(by="ines"):
        first = Statement.objects.create(article_id=1, text="One more.", kind="direct")
        again = Statement.objects.create(article_id=1, text="And another.", kind="direct")
    assert (first.pk, again.pk) == (11, 12)
    number, _ = Change.objects.version()
    assert Change.objects.count() == number


@pytest.mark.usefixtures("statistics_forgotten")
def test_a_dataset_without_ledger_still_has_a_version() -> None:
    fill(Plan(10, ledger=False), connection, untracked, processes=0)
    assert set(Change.objects.values_list("record_type", flat=True)) == {"actor", "outlet"}
    assert Change.objects.version()[0] == Change.objects.count() == 30


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file")
def test_what_is_generated_is_all_in_one_file(tmp_path: Path) -> None:
    """It is renamed once it is complete; a log beside it would be lost."""
    command = [sys.executable, "-m", "tests.bench.generate", f"sqlite:///{tmp_path}/made", "--statements=20"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert [file.name for file in tmp_path.iterdir()] == ["made"]


def test_size_and_seed_decide_every_row() -> None:
    small, large = Plan(60, seed=3), Plan(BATCH + 60, seed=3)
    assert list(made(small, 0)) == list(made(small, 1)) != list(made(Plan(60, seed=4), 0))
    assert people_and_outlets(small) == people_and_outlets(small) != people_and_outlets(Plan(60, seed=4))
    counts = [len(rows["statement"]) for rows in made(large, 0)]
    assert counts == [BATCH, 60]


def test_words_and_speakers_are_as_unequal_as_they_are() -> None:
    rows = next(made(Plan(1_000_000), 0))
    statements, anchors = rows["statement"], rows["anchor"]
    columns = TABLES["statement"].varying
    texts = [str(row[columns.index("text")]) for row in statements]
    standing_in = Counter(w for row in statements for w in set(str(row[columns.index("words_key")]).split()))
    speakers = Counter(row[columns.index("speaker_id")] for row in statements)
    assert 0.6 < standing_in[word(1)] / BATCH < 0.85
    assert standing_in[word(WORDS - 1)] <= 5
    assert 0.08 < speakers[1] / BATCH < 0.12
    assert len(speakers) > 1_000
    assert 45 <= min(map(len, texts)) < 80
    assert 250 < max(map(len, texts)) < 350
    assert 1.2 < len(anchors) / BATCH < 1.4
