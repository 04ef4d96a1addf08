"""Anchors in a fixture: found where unambiguous, completed, and checked against the stored text."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Anchor, Capture, Statement
from tests.factories import CaptureFactory, StatementFactory

pytestmark = pytest.mark.django_db

TEXT = "“No comment,” said the mayor. “No comment,” said the founder. “We leave in May.”"

#: How the refusal of the only record begins.
REFUSED = "Nothing was loaded.\nanchors.json, record 1 (articles.anchor): "


def load(directory: Path, statement: Statement, capture: Capture, **facts: Any) -> Anchor:
    fields = {"statement": [str(statement.uid)], "capture": [capture.sha256], "position": 0, **facts}
    path = directory / "anchors.json"
    path.write_text(json.dumps([{"model": "articles.anchor", "fields": fields}]))
    call_command("loaddata", path, verbosity=0)
    return Anchor.objects.get()


@pytest.fixture
def capture() -> Capture:
    return CaptureFactory(words=TEXT)


@pytest.fixture
def statement(capture: Capture) -> Statement:
    return StatementFactory(article=capture.article, text="No comment")


def test_words_that_stand_once_are_found_and_get_their_context(
    tmp_path: Path, statement: Statement, capture: Capture
) -> None:
    anchor = load(tmp_path, statement, capture, exact="We leave in May")
    assert (anchor.start, anchor.end) == (63, 78)
    assert (anchor.prefix, anchor.suffix) == (TEXT[31:63], ".”")


def test_words_that_stand_twice_are_refused_with_the_places(
    tmp_path: Path, statement: Statement, capture: Capture
) -> None:
    with pytest.raises(CommandError) as error:
        load(tmp_path, statement, capture, exact="No comment")
    sentence = "The text has the words “No comment” 2 times, at 1, 31: say which one is meant."
    assert f"{REFUSED}{sentence}" in str(error.value)
    assert f"start 31: “{TEXT[:31]}[No comment]{TEXT[41:73]}”" in str(error.value)
    assert not Anchor.objects.exists()


@pytest.mark.parametrize("place", [{"start": 31}, {"suffix": ",” said the founder"}, {"prefix": "mayor. “"}])
def test_a_start_or_some_context_says_which(
    tmp_path: Path, statement: Statement, capture: Capture, place: dict[str, Any]
) -> None:
    anchor = load(tmp_path, statement, capture, exact="No comment", **place)
    assert (anchor.start, anchor.end) == (31, 41)


def test_without_the_text_a_start_is_needed(tmp_path: Path) -> None:
    capture = CaptureFactory(words=TEXT, held=False)
    statement = StatementFactory(article=capture.article, text="We leave in May")
    with pytest.raises(CommandError) as error:
        load(tmp_path, statement, capture, exact="We leave in May")
    sentence = "The captured text is not stored: give the start and end of “We leave in May”."
    assert str(error.value) == f"{REFUSED}{sentence}"


def test_a_match_that_the_text_contradicts_is_recorded_as_none(
    tmp_path: Path, statement: Statement, capture: Capture
) -> None:
    claim = {"match": "matched", "checked_at": "2024-10-01T00:00:00Z"}
    anchor = load(tmp_path, statement, capture, exact="No comment", start=2, end=12, **claim)
    assert anchor.match == "mismatched"
    statement.refresh_from_db()
    assert statement.text_match == "mismatched"


def test_a_match_that_the_text_bears_out_keeps_its_day(
    tmp_path: Path, statement: Statement, capture: Capture
) -> None:
    claim = {"match": "matched", "checked_at": "2024-10-01T00:00:00Z"}
    anchor = load(tmp_path, statement, capture, exact="No comment", start=1, end=11, **claim)
    assert (anchor.match, f"{anchor.checked_at:%Y-%m-%d}") == ("matched", "2024-10-01")
