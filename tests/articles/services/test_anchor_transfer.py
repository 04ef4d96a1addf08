"""Anchors go along to another capture only where nothing else can be meant."""

import pytest

from articles.models import Anchor, Capture, Statement
from articles.services.anchor_transfer import carry_anchors
from tests.factories import CaptureFactory, anchored_statement

pytestmark = pytest.mark.django_db


def carried(statement: Statement, text: str) -> list[tuple[int, int]] | None:
    """Where the statement stands in another capture, which has this text."""
    capture: Capture = CaptureFactory(article=statement.article, words=text)
    count = carry_anchors(capture=capture, text=text)
    places = list(Anchor.objects.filter(capture=capture).order_by("position").values_list("start", "end"))
    assert count == bool(places)
    return places or None


def read(statement: Statement) -> str:
    """The text that it is read in."""
    assert statement.capture
    return statement.capture.text or ""


def test_the_same_words_in_the_same_context_are_anchored_there_too() -> None:
    statement = anchored_statement("One part", "and another")
    text = f"Corrected. {read(statement)} The end."
    places = carried(statement, text)
    assert places
    assert [text[start:end] for start, end in places] == ["One part", "and another"]
    capture = statement.capture
    statement.refresh_from_db()
    assert (statement.capture, statement.text_match) == (capture, "unchecked")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"{text} {text}",  # twice
        lambda text: text.replace("At the quay", "On the quay"),  # another context
        lambda text: text.replace("another", "an other"),  # one part gone
        lambda text: "",
    ],
)
def test_what_could_be_meant_otherwise_is_not(change) -> None:
    statement = anchored_statement("One part", "and another")
    assert carried(statement, change(read(statement)) or "Nothing of it.") is None


def test_parts_in_another_order_are_not() -> None:
    statement = anchored_statement("One", "and two")
    Anchor.objects.update(prefix="", suffix="")
    assert carried(statement, "“and two” comes before “One”") is None


def test_what_was_rejected_stays_where_it_is() -> None:
    statement = anchored_statement("One part", status="rejected")
    assert carried(statement, read(statement) + " More.") is None


def test_a_second_time_adds_nothing() -> None:
    statement = anchored_statement("One part")
    capture = CaptureFactory(article=statement.article, words=read(statement) + " More.")
    assert carry_anchors(capture=capture, text=capture.text) == 1
    assert carry_anchors(capture=capture, text=capture.text) == 0
    assert statement.anchors.count() == 2
