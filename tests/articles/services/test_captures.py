"""A captured text is checked against the anchors in it."""

import pytest

from articles.models import Anchor
from articles.services.captures import verify_capture
from tests.factories import anchored_statement

pytestmark = pytest.mark.django_db


def test_anchors_recorded_without_context_get_it_once_the_text_is_there() -> None:
    statement = anchored_statement("One part", "and another", held=False)
    before = list(statement.anchors.values_list("prefix", "suffix"))
    text = "At the quay: “One part” — “and another”."
    Anchor.objects.filter(position=0).update(prefix="", suffix="")
    Anchor.objects.filter(position=1).update(prefix="", suffix="”")
    assert statement.capture
    verify_capture(capture=statement.capture, text=text)
    found = list(statement.anchors.values_list("prefix", "suffix", "match"))
    assert found == [(*before[0], "matched"), (before[1][0], "”", "matched")]


def test_an_anchor_that_does_not_match_keeps_what_it_has() -> None:
    statement = anchored_statement("One part", held=False)
    Anchor.objects.update(prefix="", exact="Two part")
    assert statement.capture
    verify_capture(capture=statement.capture, text="At the quay: “One part”.")
    assert list(statement.anchors.values_list("prefix", "match")) == [("", "mismatched")]
