"""Whether the latest capture contains the words: recorded on every path, false only if comparable."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from articles.ingest.load import load
from articles.models import Capture, Statement
from articles.services.anchoring import Words
from articles.services.captures import attach_text, verify_capture
from articles.services.latest_capture import record_in_latest_capture
from articles.services.retraction import retract_statement
from articles.services.statements import record_statement, reword_statement
from newsdb.models import Change
from tests.articles.ingest.pages import PAGE, received
from tests.clients import editor, write
from tests.factories import CaptureFactory, anchored_statement
from tests.pristine import empty_database

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND = (datetime(2025, 3, day, 9, tzinfo=UTC) for day in (1, 2))
SOUP = "I rang it once and the whole village came for soup"
ELSE = "I rang it twice and nobody came"
FILLING = " The ferry runs at noon, and the bell is rung before it leaves."


def captured(statement: Statement, text: str, **facts: Any) -> Capture:
    """Another capture of the statement's article, a day later unless said otherwise."""
    capture: Capture = CaptureFactory(
        article=statement.article, words=text, **{"captured_at": SECOND, **facts}
    )
    record_in_latest_capture(article=statement.article)
    statement.refresh_from_db()
    return capture


def published(*parts: str, matched: bool = True, **facts: Any) -> Statement:
    """A statement in a capture of the first day."""
    statement = anchored_statement(*parts, matched=matched)
    Capture.objects.filter(pk__in=[statement.capture_id]).update(**{"captured_at": FIRST, **facts})
    return statement


def result(statement: Statement) -> tuple[bool | None, Capture | None]:
    statement.refresh_from_db()
    return statement.in_latest_capture, statement.latest_capture


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Half past SIX” she said — ‘would do.’", True),
        ("“Would do half past six,” she said." + FILLING, False),  # in another order
        ("“Half past six,” she said. Nothing else." + FILLING, False),
        ("Nothing of it." + FILLING, False),
        ("Nothing.", None),  # less than half as long: cut short, perhaps
        ("A half past sixty would done it." + FILLING, None),  # only within longer words
    ],
)
def test_words_are_looked_for_folded_and_in_order(text: str, expected: bool | None) -> None:
    statement = published("Half past six", "would do")
    capture = captured(statement, text)
    assert result(statement) == (expected, None if expected is None else capture)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"extractor": "other", "extractor_version": "1"}),
        (
            {"extractor": "same", "extractor_version": "1"},
            {"extractor": "same", "extractor_version": "2"},
        ),
        ({"captured_at": None}, {}),
    ],
)
def test_what_differs_otherwise_says_nothing(first: dict[str, Any], second: dict[str, Any]) -> None:
    statement = published("Half past six", **first)
    captured(statement, ELSE + FILLING, **second)
    assert result(statement) == (None, None)


@pytest.mark.parametrize("moment", [None, datetime(2025, 2, 1, tzinfo=UTC)])
def test_an_unknown_or_an_earlier_time_is_not_later(moment: datetime | None) -> None:
    statement = published("Half past six")
    captured(statement, ELSE + FILLING, captured_at=moment)
    assert result(statement) == (True, statement.capture)


def test_words_that_were_found_nowhere_are_not_missed() -> None:
    statement = published("Half past six", matched=False)
    Statement.objects.filter(pk=statement.pk).update(text="Half past seven")
    captured(statement, ELSE + FILLING)
    assert result(statement) == (None, None)


def test_what_is_recorded_stays_while_the_text_is_absent() -> None:
    statement = published("Half past six")
    latest = captured(statement, ELSE + FILLING)
    Capture.objects.filter(pk=latest.pk).update(text=None)
    record_in_latest_capture(article=statement.article)
    assert result(statement) == (False, latest)
    # A later capture without a text tells nothing, until its text is submitted.
    text = "“Half past six” again." + FILLING
    newest = captured(statement, text, held=False, captured_at=datetime(2025, 3, 3, tzinfo=UTC))
    assert result(statement) == (None, None)
    verify_capture(capture=newest, text=text)
    assert result(statement) == (True, newest)


def test_a_text_that_is_attached_counts() -> None:
    statement = published("Half past six")
    text = ELSE + FILLING
    latest = captured(statement, text, held=False)
    attach_text(capture=latest, text=text)
    assert result(statement) == (False, latest)


def test_a_retracted_statement_keeps_what_is_recorded() -> None:
    statement = published("Half past six")
    record_in_latest_capture(article=statement.article)
    retract_statement(statement=statement, reason="Made up.", by="ines")
    captured(statement, ELSE + FILLING)
    assert result(statement) == (True, statement.capture)


def test_other_words_have_a_result_of_their_own() -> None:
    statement = published("Half past six")
    record_in_latest_capture(article=statement.article)
    Statement.objects.filter(pk=statement.pk).update(text="Ten past six")
    assert result(statement) == (None, None)
    reword_statement(statement=statement, wording=Words(["Half past"]))
    assert result(statement) == (True, statement.capture)
    again = record_statement(article=statement.article, wording=Words(["past six"]), kind="partial")
    assert result(again) == (True, statement.capture)


def test_a_result_without_a_capture_is_refused() -> None:
    statement = published("Half past six")
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(in_latest_capture=True)


def test_a_page_that_was_changed_is_loaded() -> None:
    load(received(PAGE, captured_at=FIRST), publish=0.0)
    statement = Statement.objects.get(text=SOUP)
    assert result(statement) == (True, statement.capture)
    Statement.objects.update(status="published")
    outcome = load(received(PAGE.replace(SOUP, ELSE), captured_at=SECOND))
    assert result(statement) == (False, outcome.capture)
    assert [note for note in outcome.notes if SOUP in note] == [
        f"not found in the latest capture: {statement}"
    ]
    assert set(Statement.objects.exclude(pk=statement.pk).values_list("in_latest_capture", flat=True)) == {
        True
    }
    load(received(PAGE, captured_at=datetime(2025, 1, 1, tzinfo=UTC)))
    assert result(statement) == (False, outcome.capture)


def ask(path: str, **parameters: str) -> Any:
    answer = Client().get(f"/api/v1/{path}", parameters, follow=True)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_api_tells_it_and_the_history_shows_it() -> None:
    write(editor(), "post", "captures/", {"text": PAGE, "captured_at": "2025-03-01T09:00:00Z"}, etag=None)
    Statement.objects.update(status="published")
    changed = PAGE.replace(SOUP, ELSE)
    write(editor(), "post", "captures/", {"text": changed, "captured_at": "2025-03-02T09:00:00Z"}, etag=None)
    statement = Statement.objects.get(text=SOUP)
    digest = hashlib.sha256(changed.encode()).hexdigest()
    [told] = ask("statements/", in_latest_capture="false")["results"]
    assert (told["text"], told["in_latest_capture"]) == (SOUP, False)
    assert told["latest_capture"] == {"sha256": digest, "captured_at": "2025-03-02T09:00:00Z"}
    found = ask("statements/", in_latest_capture="true")["results"]
    assert {row["in_latest_capture"] for row in found} == {True}
    unknown = ask("statements/", in_latest_capture="unknown")["results"]
    assert len(found) + len(unknown) + 1 == Statement.objects.public().count()
    changes = ask(f"statements/{statement.uid}/history/")["results"][0]["changes"]
    assert {change["field"]: change["after"] for change in changes}["in_latest_capture"] is False
    assert Client().get("/api/v1/statements/", {"in_latest_capture": "no"}).status_code == 400
    feed = [change["record"] for change in ask("changes/", record_type="statement")["results"]]
    assert [row["in_latest_capture"] for row in feed if row["text"] == SOUP][-1] is False


def test_a_fixture_carries_it(tmp_path: Path) -> None:
    statement = published("Half past six")
    latest = captured(statement, ELSE + FILLING)
    path = tmp_path / "dump.json"
    labels = ("actors", "articles")
    natural = {"use_natural_primary_keys": True, "use_natural_foreign_keys": True}
    call_command("dumpdata", *labels, output=str(path), verbosity=0, **natural)
    empty_database()
    call_command("loaddata", path, verbosity=0)
    loaded = Statement.objects.get(uid=statement.uid)
    assert loaded.in_latest_capture is False
    assert loaded.latest_capture.sha256 == latest.sha256
    before = Change.objects.count()
    call_command("loaddata", path, verbosity=0)
    assert Change.objects.count() == before


def test_the_datasets_that_ship_say_so_of_every_statement() -> None:
    call_command("loaddata", "north_korea_russia", "sample_page", verbosity=0)
    assert set(Statement.objects.values_list("in_latest_capture", flat=True)) == {True}
    for statement in Statement.objects.select_related("latest_capture"):
        assert statement.latest_capture == statement.capture


def test_the_admin_lists_what_is_not_found(admin_client: Client) -> None:
    statement = published("Half past six")
    other = published("Ten past six")
    captured(statement, ELSE + FILLING)
    address = reverse("admin:articles_statement_changelist")
    page = admin_client.get(address, {"in_latest_capture__exact": "0"}).content.decode()
    assert "Half past six" in page
    assert other.text not in page
    page = admin_client.get(reverse("admin:articles_statement_change", args=[statement.pk])).content.decode()
    assert "Not found in" in page
    assert "removed" not in page.lower().replace("removed_", "")
    index = admin_client.get("/admin/").content.decode()
    assert "not found in the latest capture" in index


def test_a_page_that_is_added_in_the_admin_is_compared(admin_client: Client) -> None:
    statement = published("Half past six")
    answer = admin_client.post(
        reverse("admin:articles_capture_add"),
        {
            "article": statement.article_id,
            "pasted": ELSE + FILLING,
            "captured_at_0": "2025-03-02",
            "captured_at_1": "09:00:00",
        },
        follow=True,
    )
    assert "Not found in the latest capture" in answer.content.decode()
    assert result(statement)[0] is False


def test_verify_anchors_says_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement = published("Half past six")
    text = ELSE + FILLING
    latest = captured(statement, text, held=False)
    path = tmp_path / "page.txt"
    path.write_text(text)
    call_command("verify_anchors", str(path))
    assert result(statement) == (False, latest)
    assert "not found in the latest capture" in capsys.readouterr().out


def test_a_release_carries_it(tmp_path: Path) -> None:
    statement = published("Half past six")
    latest = captured(statement, ELSE + FILLING)
    call_command("export_dataset", tmp_path / "release", verbosity=0)
    row = json.loads((tmp_path / "release" / "statements.jsonl").read_text())
    assert (row["in_latest_capture"], row["latest_capture"]) == (False, latest.sha256)
    empty_database()
    call_command("import_dataset", tmp_path / "release", verbosity=0)
    loaded = Statement.objects.get(uid=statement.uid)
    assert (loaded.in_latest_capture, loaded.latest_capture.sha256) == (False, latest.sha256)
