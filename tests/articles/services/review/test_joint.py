"""A decision on a joint proposal applies to all of its rows, and so does undoing it."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from articles.models import Proposal, Statement
from articles.reading.spans import Span
from articles.services.review import accept_proposal, correct_proposal, reject_proposal, undo_decision
from tests.clients import editor, write
from tests.factories import ActorFactory, AnchorFactory, CaptureFactory, ProposalFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "We sail at noon"
PAGE = f"“{WORDS},” Ada Quay and Bea Mast said."
EXTRACTED = {"attributed_by": "extractor", "extractor": "marks", "confidence": 0.5, "reviewed": False}


@pytest.fixture
def pair() -> list[Proposal]:
    """Two rows of a joint statement that an extractor has proposed."""
    capture, joint_uid = CaptureFactory(words=PAGE), uuid4()
    proposals: list[Proposal] = []
    for name in ("Ada Quay", "Bea Mast"):
        statement = StatementFactory(
            article=capture.article,
            speaker=ActorFactory(name=name),
            text=WORDS,
            status="proposed",
            joint_uid=joint_uid,
            **EXTRACTED,
        )
        AnchorFactory(statement=statement, capture=capture, start=1)
        proposals.append(ProposalFactory(statement=statement, capture=capture, name=name))
    return proposals


def rows(*names: str) -> list[Any]:
    return list(Statement.objects.order_by("pk").values_list(*names, flat=len(names) == 1))


def decisions() -> list[str]:
    return list(Proposal.objects.order_by("pk").values_list("decision", flat=True))


def test_accepting_one_accepts_all(pair: list[Proposal]) -> None:
    accept_proposal(proposal=pair[0], by="ines")
    assert rows("status", "reviewed") == [("published", True)] * 2
    assert decisions() == ["accepted", "accepted"]
    with pytest.raises(ValidationError, match="already accepted by ines"):
        accept_proposal(proposal=pair[1], by="otto")


def test_rejecting_one_rejects_all(pair: list[Proposal]) -> None:
    reject_proposal(proposal=pair[1], by="ines")
    assert rows("status") == ["rejected", "rejected"]
    assert decisions() == ["rejected", "rejected"]


def test_what_a_run_has_published_is_retracted_whole(pair: list[Proposal]) -> None:
    Statement.objects.update(status="published")
    reject_proposal(proposal=pair[0], by="ines", reason="Made up.")
    assert rows("status", "retraction_reason") == [("retracted", "Made up.")] * 2
    assert decisions() == ["rejected", "rejected"]


def test_a_correction_is_one_of_all_but_each_has_its_own_speaker(pair: list[Proposal]) -> None:
    cy = ActorFactory(name="Cy Keel")
    span = Span(PAGE.index("sail"), PAGE.index(",”"))
    correct_proposal(
        proposal=pair[0], by="ines", kind="partial", speaker=cy, speaker_label="Cy", spans=[span]
    )
    assert rows("kind", "text", "speaker__name", "text_match") == [
        ("partial", "sail at noon", "Cy Keel", "matched"),
        ("partial", "sail at noon", "Bea Mast", "matched"),
    ]
    assert decisions() == ["corrected", "corrected"]
    assert rows("attributed_by") == ["curator", "curator"]


def test_a_speaker_who_is_not_known_holds_it_up(pair: list[Proposal]) -> None:
    Statement.objects.filter(pk=pair[1].statement_id).update(speaker=None)
    with pytest.raises(ValidationError, match="One speaker of this joint statement is not known yet"):
        accept_proposal(proposal=pair[0], by="ines")
    assert rows("status") == ["proposed", "proposed"]
    accept_proposal(proposal=pair[1], by="ines", speaker=ActorFactory(name="Bea Mast"))
    assert rows("status") == ["published", "published"]


@pytest.mark.parametrize("first", [0, 1])
def test_undoing_one_undoes_all(pair: list[Proposal], first: int) -> None:
    reject_proposal(proposal=pair[0], by="ines")
    undo_decision(proposal=pair[first], by="ines")
    assert rows("status") == ["proposed", "proposed"]
    assert decisions() == ["", ""]
    accept_proposal(proposal=pair[0], by="ines")
    undo_decision(proposal=pair[first], by="ines")
    assert sorted(rows("status")) == ["proposed", "proposed", "retracted", "retracted"]
    again = Proposal.objects.get(statement__speaker__name="Ada Quay", statement__status="proposed")
    accept_proposal(proposal=again, by="ines")
    assert sorted(rows("status")) == ["published", "published", "retracted", "retracted"]


def test_so_does_a_decision_by_the_api(pair: list[Proposal]) -> None:
    path = f"statements/{pair[0].statement.uid}/"
    assert write(editor(), "patch", path, {"status": "published"}).status_code == 200
    assert rows("status") == ["published", "published"]


def test_others_are_left_alone(pair: list[Proposal]) -> None:
    other = ProposalFactory(statement__speaker=ActorFactory())
    accept_proposal(proposal=pair[0], by="ines")
    other.refresh_from_db()
    assert (other.decision, other.statement.status) == ("", "proposed")
