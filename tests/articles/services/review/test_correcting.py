"""What remains of the extracted fields after a correction, and the attribution."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from articles.models import Proposal, Statement
from articles.reading.spans import Span
from articles.services.review import (
    accept_proposal,
    accept_proposals_above,
    correct_proposal,
    reject_proposal,
    undo_decision,
)
from tests.articles.ingest.pages import PAGE
from tests.articles.services.review.proposals import facts, misread
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db(transaction=True)


def of_the_speaker(statement: Statement) -> list[Any]:
    """What the statement has of its speaker in the text."""
    statement.refresh_from_db()
    day = statement.said_on and str(statement.said_on)
    return [
        *(statement.speaker_label, statement.cue, statement.audience),
        *(day, statement.said_precision, statement.said_on_source_url),
    ]


def attribution(statement: Statement) -> list[Any]:
    """Who says so, and whether a person has read it."""
    return [statement.attributed_by, statement.extractor != "", statement.confidence, statement.reviewed]


CURATORS = ["curator", False, None, True]


def test_another_speaker_takes_a_label(proposal: Proposal) -> None:
    misread(proposal)
    before = facts(proposal)
    for changes in (
        {"speaker": ActorFactory()},
        {"unnamed": True},
        {"speaker": ActorFactory(), "cue": "said"},
    ):
        with pytest.raises(ValidationError, match="give the label too"):
            correct_proposal(proposal=proposal, by="ines", **changes)
    assert facts(proposal) == before


@pytest.mark.parametrize("unnamed", [False, True])
def test_nothing_of_a_misread_attribution_stays(proposal: Proposal, unnamed: bool) -> None:
    misread(proposal)
    changes = {"unnamed": True} if unnamed else {"speaker": ActorFactory()}
    statement = correct_proposal(proposal=proposal, by="ines", speaker_label="Brannick", **changes)
    assert of_the_speaker(statement) == ["Brannick", "", "", None, "", ""]
    assert attribution(statement) == CURATORS


def test_what_is_given_of_another_speaker_is_kept(proposal: Proposal) -> None:
    misread(proposal)
    changes = {"speaker_label": "", "cue": "added", "audience": "us", "said_on": "2024-01-01"}
    statement = correct_proposal(
        proposal=proposal, by="ines", speaker=ActorFactory(), **changes, said_precision="year"
    )
    assert of_the_speaker(statement) == ["", "added", "us", "2024-01-01", "year", ""]


@pytest.mark.parametrize(
    "changes",
    [
        {"speaker_label": "Pell"},
        {"cue": "shouted"},
        {"audience": "nobody"},
        {"said_on": "2025-01-01", "said_precision": "day"},
        {"said_on_source_url": "https://lindle.example/minutes"},
        {"kind": "partial"},
        {"spans": [Span(PAGE.index("rang it once"), PAGE.index("rang it once") + 12)]},
    ],
)
def test_what_an_extractor_did_not_read_is_the_curators(proposal: Proposal, changes: dict[str, Any]) -> None:
    misread(proposal)
    statement = correct_proposal(proposal=proposal, by="ines", **changes)
    assert (attribution(statement), proposal.decision) == (CURATORS, "corrected")


def test_what_it_did_read_is_the_extractors(proposal: Proposal) -> None:
    confidence = proposal.statement.confidence
    statement = accept_proposal(proposal=proposal, by="ines")
    assert attribution(statement) == ["extractor", True, confidence, True]
    again = undo_decision(proposal=proposal, by="ines").proposal
    # The language of the words is no matter of who said them.
    statement = correct_proposal(proposal=again, by="ines", language="cy", translated=True)
    assert attribution(statement) == ["extractor", True, confidence, True]
    assert (statement.language, statement.translated, again.decision) == ("cy", True, "corrected")


@pytest.mark.parametrize(("name", "by"), [("Ada Quay", "extractor"), ("Quay", "extractor"), ("", "curator")])
def test_a_name_that_was_read_is_the_extractors(nameless: Proposal, name: str, by: str) -> None:
    Proposal.objects.filter(pk=nameless.pk).update(name=name)
    misread(nameless, speaker_label="the clerk")
    statement = accept_proposal(proposal=nameless, by="ines", speaker=ActorFactory(name="Ada Quay"))
    assert statement.attributed_by == by
    assert of_the_speaker(statement)[:2] == ["the clerk", "added"]


def test_who_does_not_bear_the_name_that_was_read_is_another_speaker(nameless: Proposal) -> None:
    Proposal.objects.filter(pk=nameless.pk).update(name="Ada Quay")
    with pytest.raises(ValidationError, match="give the label too"):
        accept_proposal(proposal=nameless, by="ines", speaker=ActorFactory(name="Bo Brannick"))


def test_a_correction_has_no_other_fields(proposal: Proposal) -> None:
    with pytest.raises(TypeError, match="text"):
        correct_proposal(proposal=proposal, by="ines", text="Other words")


def test_what_is_accepted_together_is_published_unread(proposal: Proposal) -> None:
    confidence = proposal.statement.confidence
    accept_proposals_above(confidence=0.5, by="otto")
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert attribution(proposal.statement) == ["extractor", True, confidence, False]
    assert (proposal.statement.status, proposal.decision, proposal.decided_by) == (
        *("published", "accepted", "otto"),
    )
    assert proposal in Proposal.objects.accepted_unread()
    assert proposal not in Proposal.objects.waiting()


@pytest.mark.parametrize(
    ("decide", "decision", "status"),
    [
        (accept_proposal, "accepted", "published"),
        (lambda **told: correct_proposal(cue="rang", **told), "corrected", "published"),
        (reject_proposal, "rejected", "retracted"),
    ],
)
def test_what_was_accepted_unread_is_reviewed_once(
    proposal: Proposal, decide: Any, decision: str, status: str
) -> None:
    accept_proposals_above(confidence=0.5, by="otto")
    before = facts(proposal)
    statement = decide(proposal=proposal, by="ines", reason="Read it.")
    assert (proposal.decision, proposal.decided_by, statement.status) == (decision, "ines", status)
    assert statement.reviewed == (status == "published")
    assert proposal not in Proposal.objects.accepted_unread()
    with pytest.raises(ValidationError, match=f"already {decision} by ines"):
        accept_proposal(proposal=proposal, by="otto")
    undo_decision(proposal=proposal, by="ines")
    assert facts(proposal) == before
    again = undo_decision(proposal=proposal, by="ines")
    assert (again.proposal.decision, again.status) == ("", "proposed")
