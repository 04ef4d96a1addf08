"""What reviewers decided, held against the confidence with which it was proposed."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from actors.models import merge_actors
from articles.ingest.calibration import current_calibration
from articles.models import Proposal
from articles.reading.quotations import VERSION
from articles.reading.quotations.calibration import EXPECTED, parse_calibration
from articles.reading.spans import Span
from articles.services.calibration import Bucket, calibrate, calibration_error, count_decisions
from articles.services.review import (
    accept_proposal,
    accept_proposals_above,
    correct_proposal,
    join_proposals,
    reject_proposal,
    undo_decision,
)
from tests.articles.ingest.pages import load_text
from tests.factories import ActorFactory, ProposalFactory

pytestmark = pytest.mark.django_db

SURE, PRONOUN = "0.98", "0.97"


def decided(**options: Any) -> list[tuple[str, int, int]]:
    buckets = count_decisions(extractor="newsdb", **options)
    return [(row.confidence, row.decided, row.right) for row in buckets]


@pytest.fixture
def waiting() -> Iterator[Proposal]:
    """Six proposals of Odo's, as sure as each other."""
    ActorFactory(name="Odo Brannick", slug="odo")
    words = ("bell", "beam", "rope", "tin", "cake", "form")
    lines = [f"“We talked about the {word} for an hour,” said Odo Brannick.\n" for word in words]
    load_text(
        "The Lindle Observer\nMarch 21, 2025\nA long evening\nby Pernilla Quillfeather\n" + "".join(lines)
    )
    return iter(Proposal.objects.in_text_order())


def test_right_is_what_was_accepted_or_corrected_in_neither_words_nor_speaker(waiting: Any) -> None:
    assert decided() == []
    accept_proposal(proposal=next(waiting), by="ines")
    correct_proposal(proposal=next(waiting), by="ines", cue="muttered")
    assert decided() == [(SURE, 2, 2)]
    reject_proposal(proposal=next(waiting), by="ines")
    assert decided() == [(SURE, 3, 2)]
    correct_proposal(proposal=next(waiting), by="ines", speaker=ActorFactory(), speaker_label="She")
    assert decided() == [(SURE, 4, 2)]
    shortened = next(waiting)
    start = shortened.statement.anchors.get().start
    correct_proposal(proposal=shortened, by="ines", spans=[Span(start, start + 9)])
    assert decided() == [(SURE, 5, 2)]
    correct_proposal(proposal=next(waiting), by="ines", speaker=None, unnamed=True, speaker_label="he")
    assert decided() == [(SURE, 6, 2)]


def test_what_nobody_read_or_was_undone_or_joined_does_not_count(waiting: Any) -> None:
    undone = next(waiting)
    accept_proposal(proposal=undone, by="ines")
    undo_decision(proposal=undone, by="ines")
    join_proposals(proposal=next(waiting), other=next(waiting), by="ines")
    ours = ProposalFactory(statement__speaker=ActorFactory())
    accept_proposal(proposal=ours, by="ines")  # of another extractor
    accept_proposals_above(confidence=0.5, by="ines")
    assert decided() == []


def test_a_speaker_who_was_merged_is_the_same(waiting: Any) -> None:
    proposal = next(waiting)
    correct_proposal(proposal=proposal, by="ines", cue="muttered")
    other = ActorFactory(name="Odo B. Brannick")
    merge_actors(survivor=other, merged=proposal.statement.speaker, reason="One man.", by="ines")
    assert decided() == [(SURE, 1, 1)]


def test_one_version_of_the_reader_at_a_time(waiting: Any) -> None:
    first = next(waiting)
    type(first.statement).objects.filter(pk=first.statement_id).update(extractor_version="0.0.1")
    for proposal in (first, next(waiting)):
        proposal.refresh_from_db()
        accept_proposal(proposal=proposal, by="ines")
    assert decided(reader=VERSION) == [(SURE, 1, 1)]
    assert decided() == [(SURE, 2, 2)]


@pytest.mark.parametrize(
    ("right", "of", "interval"), [(81, 263, (0.255, 0.366)), (0, 20, (0.0, 0.161)), (29, 29, (0.883, 1.0))]
)
def test_the_interval_is_wilsons(right: int, of: int, interval: tuple[float, float]) -> None:
    low, high = Bucket("0.50", of, right).interval
    assert (round(low, 3), round(high, 3)) == interval


def test_few_decisions_move_a_table_little() -> None:
    buckets = [Bucket(SURE, 2, 0), Bucket("0.80", 980, 686)]
    assert [row.is_true for row in buckets] == [False, False]
    table = calibrate(buckets, reader="9").table
    assert table == {SURE: pytest.approx(0.891), "0.80": pytest.approx(0.702)}
    assert calibration_error(buckets) == pytest.approx((2 * 0.98 + 980 * 0.1) / 982)


def test_ones_own_table_replaces_the_one_that_ships(waiting: Any, settings: Any, tmp_path: Path) -> None:
    settings.CALIBRATION_FILE = str(tmp_path / "calibration.json")
    assert current_calibration().version == VERSION
    accept_proposal(proposal=next(waiting), by="ines")
    reject_proposal(proposal=next(waiting), by="ines")
    out = StringIO()
    call_command("calibrate", write=True, stdout=out)
    printed = out.getvalue()
    assert f"{SURE}        2      1   50.0%   9.5% to 90.5%   outside" in printed
    assert "Expected calibration error: 0.480, of 2 decisions." in printed
    assert current_calibration().table == {SURE: 0.936}
    assert current_calibration().version in printed

    text = "The Lindle Observer\nMarch 22, 2025\nOn\nby Cy Dock\n"
    text += "“We talked and talked for an hour,” said Odo Brannick.\n"
    (proposal,) = load_text(text, publish=0.95).proposals
    statement = proposal.statement
    assert (statement.confidence, statement.status, proposal.shipped_confidence) == (0.936, "proposed", 0.98)
    assert statement.extractor_version == current_calibration().version != VERSION
    assert load_text(text).action == "unchanged"
    assert proposal.capture.reading.extractor_version == VERSION  # no page is read again for a table
    accept_proposal(proposal=proposal, by="ines")
    assert decided(reader=VERSION) == [(SURE, 3, 2)]


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("{", "it is not JSON"),
        ("[" * 5000, "it is not JSON"),
        ("[]", EXPECTED),
        ('{"reader": "1", "table": {"0.98": 2}}', EXPECTED),
        ('{"reader": "1", "table": {"0.98": true}}', EXPECTED),
        ('{"reader": "1", "table": {"high": 0.9}}', EXPECTED),
        ('{"reader": "1", "table": {"0.981": 0.9}}', EXPECTED),
        ('{"table": {"0.98": 0.9}}', EXPECTED),
    ],
)
def test_a_file_that_is_none_is_refused(settings: Any, tmp_path: Path, written: str, error: str) -> None:
    with pytest.raises(ValueError, match=error.split("{")[0]):
        parse_calibration(written)
    path = tmp_path / "calibration.json"
    path.write_text(written)
    settings.CALIBRATION_FILE = str(path)
    with pytest.raises(ImproperlyConfigured, match=r"calibration\.json cannot be read"):
        current_calibration()
    assert [message.id for message in run_checks()] == ["articles.E001"]


def test_a_table_of_another_version_is_not_used_and_said(settings: Any, tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps({"reader": "0.0.1", "table": {"0.98": 0.5}}))
    settings.CALIBRATION_FILE = str(path)
    assert current_calibration().confidence(0.98) == 0.98
    assert [message.id for message in run_checks()] == ["articles.W001"]


def test_what_the_command_cannot_do_it_says(settings: Any, tmp_path: Path, waiting: Any) -> None:
    out = StringIO()
    call_command("calibrate", stdout=out)
    assert out.getvalue() == "Nobody has decided on a proposal of this reader yet.\n"
    with pytest.raises(CommandError, match="Set CALIBRATION_FILE"):
        call_command("calibrate", write=True)
    settings.CALIBRATION_FILE = str(tmp_path / "calibration.json")
    with pytest.raises(CommandError, match=r"Nobody has decided .* Nothing is written\."):
        call_command("calibrate", write=True)
    accept_proposal(proposal=next(waiting), by="ines")
    settings.CALIBRATION_FILE = str(tmp_path / "none" / "calibration.json")
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("calibrate", write=True)
