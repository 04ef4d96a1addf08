"""What persons decide on proposed statements, and that it is kept who decided what."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor, merge_actors
from articles.models import Anchor, Proposal, Statement
from articles.reading.anchors import AnchorError
from articles.reading.spans import Span
from articles.services.retraction import retract_statement
from articles.services.review import (
    accept_proposal,
    accept_proposals_above,
    correct_proposal,
    reject_proposal,
    undo_decision,
)
from newsdb.models import Change
from tests.articles.ingest.pages import CHANGED, PAGE, load_text
from tests.articles.services.review.proposals import SOUP, facts, misread
from tests.factories import ActorFactory, AnchorFactory, CaptureFactory, ProposalFactory
from tests.newsdb.ledger.facts import all_facts, last_snapshots

pytestmark = pytest.mark.django_db(transaction=True)


def test_accepting_publishes_it_reviewed(proposal: Proposal) -> None:
    statement = accept_proposal(proposal=proposal, by="ines", reason="Heard it.")
    assert (statement.status, statement.reviewed, statement.text) == ("published", True, SOUP)
    assert (proposal.decision, proposal.decided_by) == ("accepted", "ines")
    assert proposal.decided_at
    change = Change.objects.of(statement).first()
    assert (change.actor, change.reason, change.public) == ("ines", "Heard it.", True)


def test_accepting_takes_few_queries(
    proposal: Proposal, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        accept_proposal(proposal=proposal, by="ines")


@pytest.mark.parametrize("decide", [accept_proposal, correct_proposal, reject_proposal])
def test_what_is_decided_is_not_decided_again(proposal: Proposal, decide: Any) -> None:
    stale = Proposal.objects.get(pk=proposal.pk)
    accept_proposal(proposal=proposal, by="ines")
    before = facts(proposal)
    with pytest.raises(ValidationError, match=r"already accepted by ines on \d{4}-"):
        decide(proposal=stale, by="otto")
    assert facts(proposal) == before


def test_publishing_takes_a_speaker_or_to_say_that_there_is_none(nameless: Proposal) -> None:
    before = facts(nameless)
    for decide in (accept_proposal, correct_proposal):
        with pytest.raises(ValidationError, match="No speaker is named"):
            decide(proposal=nameless, by="ines")
    assert facts(nameless) == before
    statement = accept_proposal(proposal=nameless, by="ines", unnamed=True)
    assert (statement.status, statement.speaker, nameless.decision) == ("published", None, "accepted")


def test_a_speaker_that_was_not_found_is_no_correction(nameless: Proposal) -> None:
    speaker = ActorFactory()
    assert accept_proposal(proposal=nameless, by="ines", speaker=speaker).speaker == speaker
    assert nameless.decision == "accepted"


def test_another_speaker_is(proposal: Proposal) -> None:
    other = ActorFactory()
    assert correct_proposal(proposal=proposal, by="ines", speaker=other, speaker_label="She").speaker == other
    assert proposal.decision == "corrected"


def test_correcting_selects_the_words_by_code_points(proposal: Proposal) -> None:
    start = PAGE.index("rang it once")
    spans = [Span(start, start + 12), Span(PAGE.index("came for soup"), PAGE.index("came for soup") + 13)]
    statement = correct_proposal(
        proposal=proposal, by="ines", spans=spans, kind="partial", speaker_label="She"
    )
    assert (statement.text, statement.kind) == ("rang it once […] came for soup", "partial")
    assert statement.text_match == "matched"
    assert [anchor.start for anchor in statement.anchors.order_by("position")] == [
        span.start for span in spans
    ]
    statement.refresh_from_db()
    assert (statement.speaker_label, statement.status, proposal.decision) == ("She", "published", "corrected")
    assert proposal.words == SOUP


def test_corrected_words_are_looked_for_in_the_other_captures(proposal: Proposal) -> None:
    other = load_text(CHANGED).capture
    start = PAGE.index("rang it once")
    statement = correct_proposal(proposal=proposal, by="ines", spans=[Span(start, start + 12)])
    assert CHANGED[statement.anchors.get(capture=other).start :].startswith("rang it once")


@pytest.mark.parametrize("spans", [[Span(5, 5)], [Span(0, 10**6)], [Span(9, 12), Span(5, 7)]])
def test_places_where_no_words_stand_change_nothing(proposal: Proposal, spans: list[Span]) -> None:
    before = facts(proposal)
    with pytest.raises(AnchorError):
        correct_proposal(proposal=proposal, by="ines", spans=spans)
    assert facts(proposal) == before


def test_without_its_text_no_words_are_selected(proposal: Proposal) -> None:
    proposal.capture.text = None
    proposal.capture.save()
    with pytest.raises(ValidationError, match="not stored"):
        correct_proposal(proposal=proposal, by="ines", spans=[Span(1, 3)])


def test_rejecting_keeps_it_from_the_public_and_from_coming_back(proposal: Proposal) -> None:
    assert reject_proposal(proposal=proposal, by="ines").status == "rejected"
    assert (proposal.decision, proposal.decided_by) == ("rejected", "ines")
    assert SOUP not in [each.words for each in load_text(CHANGED).proposals]


def test_what_a_run_has_published_is_rejected_in_the_open(proposal: Proposal) -> None:
    Statement.objects.filter(pk=proposal.statement_id).update(status="published")
    with pytest.raises(ValidationError, match="needs a reason"):
        reject_proposal(proposal=proposal, by="ines")
    statement = reject_proposal(proposal=proposal, by="ines", reason="Not her words.")
    assert (statement.status, statement.retraction_reason) == ("retracted", "Not her words.")
    assert proposal.decision == "rejected"
    assert undo_decision(proposal=proposal, by="ines").status == "published"


def test_another_speaker_of_published_words_takes_a_reason(proposal: Proposal) -> None:
    Statement.objects.filter(pk=proposal.statement_id).update(status="published")
    with pytest.raises(ValidationError, match="why the speaker changes"):
        correct_proposal(proposal=proposal, by="ines", speaker=ActorFactory())
    correct_proposal(
        proposal=proposal, by="ines", speaker=ActorFactory(), speaker_label="She", reason="A slip."
    )
    assert undo_decision(proposal=proposal, by="ines").speaker.slug == "mirela"


def correct_all(proposal: Proposal) -> None:
    """Everything that a correction may change."""
    start = PAGE.index("rang it once")
    correct_proposal(
        proposal=proposal,
        by="ines",
        spans=[Span(start, start + 12)],
        kind="partial",
        speaker=ActorFactory(),
        speaker_label="She",
        cue="shouted",
        audience="nobody",
        said_on="2025-01-01",
        said_precision="year",
        said_on_source_url="https://lindle.example/minutes",
        language="cy",
        translated=True,
    )


#: Of a statement and its proposal, all that does not differ from row to row.
ROW = {"id", "uid", "statement_id", "updated_at", "anchors"}


def proposed(proposal: Proposal) -> tuple[dict[str, Any], list[Any]]:
    """What is proposed, whichever rows hold it, and the anchors."""
    row = facts(proposal)
    anchors = Anchor.objects.filter(statement=proposal.statement_id).order_by("capture", "position")
    return {name: value for name, value in row.items() if name not in ROW}, list(
        anchors.values_list("exact", "prefix", "suffix", "start", "end", "capture", "match", "checked_at")
    )


@pytest.mark.parametrize(
    "decide", [lambda proposal: accept_proposal(proposal=proposal, by="ines"), correct_all]
)
def test_what_became_public_is_retracted_and_proposed_again(proposal: Proposal, decide: Any) -> None:
    misread(proposal)
    before = proposed(proposal)
    decide(proposal)
    again = undo_decision(proposal=proposal, by="otto")
    first = Statement.objects.get(pk=proposal.statement_id)
    assert (first.status, first.retraction_reason) == ("retracted", "decision undone")
    change = Change.objects.of(first).first()
    assert (change.action, change.actor, change.reason) == ("retracted", "otto", "decision undone")
    assert (again.status, again.uid != first.uid) == ("proposed", True)
    assert proposed(again.proposal) == before
    assert not any(change.public for change in Change.objects.of(again))
    # What was decided of the first stays on record, once and for all.
    proposal.refresh_from_db()
    assert proposal.decision in ("accepted", "corrected")
    with pytest.raises(ValidationError, match="no decision to undo"):
        undo_decision(proposal=proposal, by="otto")
    assert SOUP not in [each.words for each in load_text(CHANGED).proposals]
    assert accept_proposal(proposal=again.proposal, by="otto").status == "published"


def test_a_reason_that_is_given_is_the_one_that_is_told(proposal: Proposal) -> None:
    accept_proposal(proposal=proposal, by="ines")
    undo_decision(proposal=proposal, by="otto", reason="Too quick.")
    assert Statement.objects.get(pk=proposal.statement_id).retraction_reason == "Too quick."


def test_a_rejection_is_undone_in_its_place(proposal: Proposal) -> None:
    before = facts(proposal)
    reject_proposal(proposal=proposal, by="ines")
    assert facts(proposal) != before
    undo_decision(proposal=proposal, by="otto", reason="Too quick.")
    assert facts(proposal) == before
    assert Change.objects.of(proposal.statement).first().actor == "otto"
    accept_proposal(proposal=proposal, by="otto")


@pytest.mark.parametrize(
    "decide",
    [
        lambda proposal: accept_proposal(proposal=proposal, by="ines"),
        lambda proposal: reject_proposal(proposal=proposal, by="ines", reason="Not hers."),
        lambda proposal: correct_proposal(
            proposal=proposal, by="ines", speaker=ActorFactory(), speaker_label="She", reason="Not hers."
        ),
    ],
)
def test_what_a_run_has_published_is_again_as_it_was(proposal: Proposal, decide: Any) -> None:
    Statement.objects.filter(pk=proposal.statement_id).update(status="published")
    before = facts(proposal)
    decide(proposal)
    undo_decision(proposal=proposal, by="otto")
    assert facts(proposal) == before
    change = Change.objects.of(proposal.statement).first()
    assert (change.public, change.actor, change.reason) == (True, "otto", "decision undone")


def test_what_an_older_release_let_be_published_and_retracted_since_is_proposed_again(
    proposal: Proposal,
) -> None:
    """The decision was a rejection, which the form of the statement passed by."""
    reject_proposal(proposal=proposal, by="ines")
    Statement.objects.filter(pk=proposal.statement_id).update(status="published")
    retract_statement(statement=Statement.objects.get(pk=proposal.statement_id), reason="Made up.", by="otto")
    again = undo_decision(proposal=proposal, by="otto")
    first = Statement.objects.get(pk=proposal.statement_id)
    assert (first.status, first.retraction_reason) == ("retracted", "Made up.")
    assert (again.status, again.text) == ("proposed", SOUP)


def test_the_same_words_elsewhere_are_a_correction_too() -> None:
    text = "“Yes,” he said. “Yes,” she said."
    capture = CaptureFactory(words=text)
    proposal = ProposalFactory(
        capture=capture,
        statement__article=capture.article,
        statement__text="Yes",
        statement__status="proposed",
    )
    AnchorFactory(statement=proposal.statement, capture=capture, exact="Yes", start=1)
    place = text.rindex("Yes")
    statement = correct_proposal(proposal=proposal, by="ines", spans=[Span(place, place + 3)], unnamed=True)
    assert (statement.anchors.get().start, proposal.decision) == (place, "corrected")
    assert undo_decision(proposal=proposal, by="ines").anchors.get().start == 1


def test_the_speaker_is_whoever_the_actor_was_merged_into_since(proposal: Proposal) -> None:
    correct_proposal(proposal=proposal, by="ines", speaker=ActorFactory(), speaker_label="She")
    survivor = ActorFactory(slug="tansy")
    merge_actors(survivor=survivor, merged=Actor.objects.get(slug="mirela"), reason="One person.", by="ines")
    assert undo_decision(proposal=proposal, by="ines").speaker == survivor


def test_the_words_as_they_were_first_proposed_are_kept(proposal: Proposal) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(words="I rang it twice")
    accept_proposal(proposal=proposal, by="ines")
    again = undo_decision(proposal=proposal, by="ines")
    assert (again.text, again.proposal.words) == (SOUP, "I rang it twice")


def test_what_an_older_release_did_not_keep_stays_as_it_is(proposal: Proposal) -> None:
    statement = accept_proposal(proposal=proposal, by="ines")
    Statement.objects.filter(pk=statement.pk).update(language="cy")
    kept = {name: value for name, value in proposal.replaced.items() if name != "language"}
    Proposal.objects.filter(pk=proposal.pk).update(replaced=kept)
    assert undo_decision(proposal=proposal, by="ines").language == "cy"


def test_an_acceptance_that_nobody_had_read_is_in_force_again(proposal: Proposal) -> None:
    Statement.objects.filter(pk=proposal.statement_id).update(confidence=0.9)
    assert accept_proposals_above(confidence=0.9, by="otto") == 1
    before = facts(proposal)
    accept_proposal(proposal=proposal, by="ines")
    undo_decision(proposal=proposal, by="ines")
    assert facts(proposal) == before
    assert (proposal.decision, proposal.decided_by) == ("accepted", "otto")
    undo_decision(proposal=proposal, by="otto")
    assert Statement.objects.get(pk=proposal.statement_id).status == "retracted"


def test_a_rejection_undone_keeps_anchors_found_since(proposal: Proposal) -> None:
    reject_proposal(proposal=proposal, by="ines")
    found = AnchorFactory(
        statement=proposal.statement,
        capture=CaptureFactory(article=proposal.statement.article, words=SOUP),
        exact=SOUP,
        start=0,
    )
    undo_decision(proposal=proposal, by="ines")
    assert Anchor.objects.filter(pk=found.pk).exists()


def test_anchors_found_since_stay_when_the_words_do(proposal: Proposal) -> None:
    accept_proposal(proposal=proposal, by="ines")
    load_text(CHANGED)
    assert undo_decision(proposal=proposal, by="ines").anchors.count() == 2


def test_nothing_decided_is_not_taken_back(proposal: Proposal) -> None:
    with pytest.raises(ValidationError, match="no decision to undo"):
        undo_decision(proposal=proposal, by="ines")


def test_what_was_retracted_since_is_not_taken_back(proposal: Proposal) -> None:
    statement = accept_proposal(proposal=proposal, by="ines")
    retract_statement(statement=statement, reason="Made up.", by="otto")
    with pytest.raises(ValidationError, match="since been retracted"):
        undo_decision(proposal=proposal, by="ines")


def test_all_above_a_confidence_that_have_a_speaker() -> None:
    speaker = ActorFactory()
    sure, less_sure, nameless, decided = (ProposalFactory() for _ in range(4))
    for each, confidence, who in (
        (sure, 0.9, speaker),
        (less_sure, 0.89, speaker),
        (nameless, 0.99, None),
        (decided, 0.99, speaker),
    ):
        Statement.objects.filter(pk=each.statement_id).update(confidence=confidence, speaker=who)
    reject_proposal(proposal=decided, by="otto")
    assert accept_proposals_above(confidence=0.9, by="ines") == 1
    decisions = {each.pk: each.decision for each in Proposal.objects.all()}
    assert decisions == {sure.pk: "accepted", less_sure.pk: "", nameless.pk: "", decided.pk: "rejected"}
    assert accept_proposals_above(confidence=0.9, by="ines") == 0


def test_the_ledger_is_as_true_as_ever(proposal: Proposal) -> None:
    correct_all(proposal)
    again = undo_decision(proposal=proposal, by="ines")
    reject_proposal(proposal=again.proposal, by="ines")
    assert last_snapshots() == all_facts()
