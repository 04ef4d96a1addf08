"""Actors made of names, titles of authors' notes, the same piece in two outlets."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from actors.models import Actor, Role
from articles.models import Article, Proposal, RoleProposal, Statement
from articles.services.review import (
    accept_role,
    confirm_copy,
    dismiss_copy,
    find_or_create_speaker,
    reject_role,
)
from articles.services.review.speakers import assign_speaker
from newsdb.models import Change
from tests.articles.ingest.pages import CHANGED, PAGE, load_text
from tests.factories import ActorFactory, ProposalFactory, RoleProposalFactory, SyndicationFactory

pytestmark = pytest.mark.django_db


class TestMakeActor:
    def test_is_the_speaker_of_what_found_the_name(self) -> None:
        load_text(PAGE)
        found = find_or_create_speaker(
            name="MIRELA Tansy-Okoro", kind="person", by="ines", reason="Owns the bar."
        )
        actor = found.actor
        assert found.is_new
        assert (actor.slug, actor.kind) == ("mirela-tansy-okoro", "person")
        assert {each.statement.speaker for each in Proposal.objects.exclude(name="Odo Brannick")} == {actor}
        assert Change.objects.of(actor).get().reason == "Owns the bar."

    def test_leaves_a_tie_and_what_is_decided_alone(self) -> None:
        rejected = ProposalFactory(name="Ada", statement__status="rejected", statement__speaker=None)
        actor, _ = ActorFactory(name="Ada", slug="ada"), ActorFactory(name="Ada", slug="ada-2")
        waiting = ProposalFactory(name="Ada")
        with pytest.raises(ValidationError, match="More than one actor is called “Ada”"):
            find_or_create_speaker(name="Ada", kind="person", by="ines")
        assert Actor.objects.count() == 2
        for proposal in (rejected, waiting):
            proposal.statement.refresh_from_db()
            assert proposal.statement.speaker is None
        actor.delete()
        assert assign_speaker(name="ADA") == 1

    def test_whoever_is_there_is_not_made_twice(self) -> None:
        waiting, ada = ProposalFactory(name="Ada Quay"), ActorFactory(name="Ada Quay")
        found = find_or_create_speaker(name="ADA QUAY", kind="person", by="ines")
        assert (found.actor, found.is_new, Actor.objects.count()) == (ada, False, 1)
        waiting.statement.refresh_from_db()
        assert waiting.statement.speaker == ada
        with pytest.raises(ValidationError, match="“Ada Quay” is already recorded as a person"):
            find_or_create_speaker(name="Ada Quay", kind="organisation", by="ines")

    def slug_of(self, name: str) -> str:
        return find_or_create_speaker(name=name, kind="organisation", by="ines").actor.slug

    def test_of_a_name_in_another_script_has_an_address_in_ours(self) -> None:
        assert self.slug_of("𠮷鴨亭") == "kichi-ya-ting"
        assert self.slug_of("🛥🛟")
        assert self.slug_of("Q7") == "q7-2"

    def test_takes_a_name(self) -> None:
        with pytest.raises(ValidationError):
            find_or_create_speaker(name="", kind="person", by="ines")


class TestRoles:
    def test_accepting_makes_the_role(self) -> None:
        office = ActorFactory(name="Lindle Landing", kind="organisation")
        proposal = RoleProposalFactory(
            organisation="Lindle Landing", started_on="2012-01-01", started_precision="year"
        )
        role = accept_role(proposal=proposal, by="ines")
        assert (role.actor, role.title, role.organisation) == (proposal.actor, proposal.title, office)
        assert (str(role.started_on), role.started_precision) == ("2012-01-01", "year")
        assert (proposal.decision, proposal.decided_by) == ("accepted", "ines")
        with pytest.raises(ValidationError, match="already accepted"):
            accept_role(proposal=proposal, by="otto")
        with pytest.raises(ValidationError, match="already accepted"):
            reject_role(proposal=proposal, by="otto")
        assert Role.objects.count() == 1

    @pytest.mark.parametrize("kind", ["person", None])
    def test_an_organisation_is_one_of_exactly_this_name(self, kind: str | None) -> None:
        if kind:
            ActorFactory(name="Lindle Landing", kind=kind)
        proposal = RoleProposalFactory(organisation="Lindle Landing")
        assert accept_role(proposal=proposal, by="ines").organisation is None

    def test_one_that_stands_already_says_so(self) -> None:
        proposal = RoleProposalFactory()
        Role.objects.create(actor=proposal.actor, title=proposal.title)
        with pytest.raises(ValidationError, match="already has this role"):
            accept_role(proposal=proposal, by="ines")
        proposal.refresh_from_db()
        assert proposal.decision == ""

    def test_what_was_rejected_is_not_proposed_again(self) -> None:
        note = "Pernilla Quillfeather was harbour clerk at Lindle Landing from 2012 to 2018.\n"
        load_text(PAGE + note)
        proposal = RoleProposal.objects.get()
        reject_role(proposal=proposal, by="ines")
        assert load_text(CHANGED.replace("March 14", "March 21") + note).action == "created"
        assert RoleProposal.objects.get() == proposal
        assert not Role.objects.exists()


@pytest.mark.parametrize(("decide", "decision"), [(confirm_copy, "accepted"), (dismiss_copy, "rejected")])
def test_whether_two_are_the_same_piece_is_noted_once(decide: Any, decision: str) -> None:
    proposal = SyndicationFactory()
    decide(proposal=proposal, by="ines")
    assert (proposal.decision, proposal.decided_by) == (decision, "ines")
    with pytest.raises(ValidationError, match=f"already {decision}"):
        confirm_copy(proposal=proposal, by="otto")
    assert Article.objects.count() == 2
    assert not Statement.objects.exists()
