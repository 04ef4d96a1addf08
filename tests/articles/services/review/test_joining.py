"""Two proposals that are one quotation, joined and parted again."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Proposal, Statement
from articles.services.review import accept_proposal, join_proposals, reject_proposal, undo_decision
from newsdb.models import Change
from tests.articles.ingest.pages import HEAD, load_text
from tests.articles.services.review.proposals import facts
from tests.factories import ActorFactory, ProposalFactory

pytestmark = pytest.mark.django_db

SHED, CELLAR = "We looked for it in every shed", "In the end it was in a cellar"
TEXT = (
    HEAD
    + f"“{SHED},” said Odo Brannick, who farms on the eastern shore. The council laughed.\n"
    + f"The council had not laughed since the autumn. “{CELLAR},” said the farmer.\n"
)


@pytest.fixture
def two() -> tuple[Proposal, Proposal]:
    load_text(TEXT)
    return Proposal.objects.get(words=SHED), Proposal.objects.get(words=CELLAR)


def test_the_first_has_both_parts_and_waits_on(two: tuple[Proposal, Proposal]) -> None:
    first, second = two
    statement = join_proposals(proposal=first, other=second, by="ines")
    assert statement.text == f"{SHED} […] {CELLAR}"
    assert [TEXT[at.start : at.end] for at in statement.anchors.all()] == [SHED, CELLAR]
    assert (statement.status, statement.attributed_by, statement.text_match) == (
        *("proposed", "curator", "matched"),
    )
    assert (first.decision, second.decision, second.decided_by) == ("", "rejected", "ines")
    assert list(Proposal.objects.to_review()) == [first]
    assert load_text(TEXT).action == "unchanged"
    accept_proposal(proposal=first, unnamed=not first.statement.speaker, by="ines")
    assert Statement.objects.get(status="published").text == f"{SHED} […] {CELLAR}"


def test_the_text_has_the_order_and_either_may_have_the_speaker(
    two: tuple[Proposal, Proposal],
) -> None:
    first, second = two
    odo = ActorFactory(name="Odo Brannick")
    Statement.objects.filter(pk=first.statement_id).update(speaker=odo)
    Proposal.objects.filter(pk=second.pk).update(name="")
    statement = join_proposals(proposal=second, other=first, by="ines")
    assert statement.text == f"{SHED} […] {CELLAR}"
    assert (statement.speaker, statement.speaker_label, second.name) == (odo, "Odo Brannick", "Odo Brannick")


def test_undoing_parts_them_as_they_were(two: tuple[Proposal, Proposal]) -> None:
    before = [(facts(each), each.statement.anchors.count()) for each in two]
    first, second = two
    join_proposals(proposal=first, other=second, by="ines")
    undo_decision(proposal=second, by="ines")
    for was, proposal in zip(before, two, strict=True):
        proposal.statement.refresh_from_db()
        now = facts(proposal)
        assert {name for name in now if now[name] != was[0][name]} <= {"anchors", "text_checked_at"}
        assert proposal.statement.anchors.count() == was[1]


def test_what_was_decided_since_is_not_parted(two: tuple[Proposal, Proposal]) -> None:
    first, second = two
    join_proposals(proposal=first, other=second, by="ines")
    accept_proposal(proposal=first, unnamed=True, by="ines")
    with pytest.raises(ValidationError, match="since been decided or changed"):
        undo_decision(proposal=second, by="ines")
    assert Statement.objects.get(status="published").text == f"{SHED} […] {CELLAR}"


def test_only_what_waits_in_one_text_is_joined(two: tuple[Proposal, Proposal]) -> None:
    first, second = two
    elsewhere = ProposalFactory()
    for other in (first, elsewhere):
        with pytest.raises(ValidationError, match="Only two proposals from the same captured text"):
            join_proposals(proposal=first, other=other, by="ines")
    reject_proposal(proposal=second, by="otto")
    with pytest.raises(ValidationError, match="This was already rejected by otto"):
        join_proposals(proposal=first, other=second, by="ines")
    first.refresh_from_db()
    assert first.statement.text == SHED


@pytest.mark.django_db(transaction=True)  # PostgreSQL numbers changes at commit
def test_nothing_of_it_is_public(two: tuple[Proposal, Proposal]) -> None:
    join_proposals(proposal=two[0], other=two[1], by="ines")
    rows = Change.objects.filter(record_type="statement")
    assert not rows.filter(public=True).exists()
    assert rows.filter(reason="joined with the words beside it", actor="ines").count() >= 2
