"""Many at once: confident proposals, roles, copies, and undone decisions."""

import re
from typing import Any

import pytest
from django.test import Client

from articles.admin.review import bulk
from articles.models import Proposal, RoleProposal, Syndication
from articles.services.review import accept_proposals_above, reject_proposal
from newsdb.admin import address_of
from tests.admin_pages import messages, said, submit
from tests.factories import (
    ActorFactory,
    CaptureFactory,
    ProposalFactory,
    RoleProposalFactory,
    SyndicationFactory,
)

pytestmark = pytest.mark.django_db

ABOVE = "/admin/articles/proposal/accept-above/"


def sure(confidence: float, **facts: Any) -> Proposal:
    """A proposal with a speaker."""
    return ProposalFactory(statement__confidence=confidence, statement__speaker=ActorFactory(), **facts)


def waiting() -> set[int]:
    return set(Proposal.objects.to_review().values_list("pk", flat=True))


def test_the_number_is_shown_before_anything_is_accepted(admin_client: Client) -> None:
    above, below, nameless = sure(0.95), sure(0.94), ProposalFactory(statement__confidence=0.99)
    page = admin_client.get(ABOVE)
    assert 'value="95"' in page.content.decode()
    assert 'name="shown"' not in page.content.decode()
    page = admin_client.get(ABOVE, {"percent": 95})
    assert "1 proposal of 95 % and more waits, and has a speaker" in said(page).replace(
        "waits and", "waits, and"
    )
    assert above.statement.text in said(page)
    assert below.statement.text not in said(page)
    done = admin_client.post(ABOVE, {"percent": 95, "shown": page.context["count"]}, follow=True)
    assert messages(done) == ["Accepted 1 proposal of 95 % and more."]
    assert waiting() == {below.pk, nameless.pk}
    above.refresh_from_db()
    assert (above.decision, above.decided_by) == ("accepted", "admin")
    statement = above.statement
    assert (statement.status, statement.attributed_by, statement.reviewed) == (
        "published",
        "extractor",
        False,
    )


def test_what_was_accepted_unread_is_found_and_reviewed_one_by_one(admin_client: Client) -> None:
    proposal, other = sure(0.97), sure(0.96)
    admin_client.post(ABOVE, {"percent": 96, "shown": 2})
    listed = admin_client.get("/admin/articles/proposal/?review_status=unread")
    assert listed.context["cl"].result_count == 2
    assert said(listed).count("Accepted unread admin") == 2
    page = admin_client.get(address_of(proposal))
    assert "Accepted unread by admin" in said(page)
    done = submit(admin_client, address_of(proposal), page, act="accept")
    assert messages(done)[0].startswith("Accepted:")
    proposal.statement.refresh_from_db()
    assert (proposal.statement.reviewed, proposal.statement.attributed_by) == (True, "extractor")
    assert "Accepted unread" not in said(admin_client.get(address_of(proposal)))
    left = admin_client.get("/admin/articles/proposal/?review_status=unread").context["cl"].result_list
    assert [row.pk for row in left] == [other.pk]


@pytest.mark.parametrize("shown", ["", "1", "3", "x"])
def test_another_number_than_the_one_shown_is_not_accepted(admin_client: Client, shown: str) -> None:
    both = {sure(0.97).pk, sure(0.98).pk}
    refused = admin_client.post(ABOVE, {"percent": 95, "shown": shown})
    assert "nothing was accepted" in messages(refused)[0]
    assert "2 proposals" in said(refused)
    assert waiting() == both


@pytest.mark.parametrize("percent", ["", "49", "101", "x", "9" * 5000])
def test_no_such_confidence(admin_client: Client, percent: str) -> None:
    kept = sure(0.1).pk
    for answer in (
        admin_client.get(ABOVE, {"percent": percent}),
        admin_client.post(ABOVE, {"percent": percent}),
    ):
        assert 'class="errorlist"' in answer.content.decode()
    assert waiting() == {kept}


def test_only_what_the_queue_is_narrowed_to(admin_client: Client) -> None:
    here, elsewhere = sure(0.97), sure(0.97)
    address = f"{ABOVE}?outlet={here.statement.article.outlet_id}"
    page = admin_client.get(f"{address}&percent=90")
    assert f'name="outlet" value="{here.statement.article.outlet_id}"' in page.content.decode()
    admin_client.post(address, {"percent": 90, "shown": 1})
    assert waiting() == {elsewhere.pk}


def test_so_many_at_once(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    first, second, third = sure(0.97), sure(0.96), sure(0.99)
    page = admin_client.get(ABOVE, {"percent": 95})
    assert "2 are accepted at once" in said(page)
    admin_client.post(ABOVE, {"percent": 95, "shown": 3})
    assert waiting() == {third.pk}
    assert {first.pk, second.pk} == set(Proposal.objects.exclude(decision="").values_list("pk", flat=True))


def test_none_is_said_to_be_none(admin_client: Client) -> None:
    page = admin_client.get(ABOVE, {"percent": 95})
    assert "None waits that is so sure" in said(page)
    assert 'name="shown"' not in page.content.decode()


def test_accepting_above_takes_a_part_of_what_waits() -> None:
    one, two = sure(0.9), sure(0.9)
    among = Proposal.objects.filter(statement__article=two.statement.article)
    assert accept_proposals_above(confidence=0.9, by="ines", among=among) == 1
    assert waiting() == {one.pk}
    sure(0.9)
    assert accept_proposals_above(confidence=0.9, by="ines", at_most=1) == 1
    assert one.pk not in waiting()


def act(client: Client, model: str, action: str, *rows: Any) -> Any:
    """Choose rows of a list and do something with them."""
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(f"/admin/articles/{model}/", chosen, follow=True)


def test_decisions_are_taken_back_together(admin_client: Client) -> None:
    rejected, still = ProposalFactory(), ProposalFactory()
    reject_proposal(proposal=rejected, by="otto")
    done = act(admin_client, "proposal", "take_back", rejected, still)
    assert messages(done) == ["1 decision undone; the proposals wait for a decision again."]
    assert waiting() == {rejected.pk, still.pk}


def test_all_are_taken_back_or_none(admin_client: Client) -> None:
    first, second = ProposalFactory(), ProposalFactory()
    reject_proposal(proposal=first, by="otto")
    Proposal.objects.filter(pk=second.pk).update(
        decision="rejected", decided_by="otto", decided_at=Proposal.objects.get(pk=first.pk).decided_at
    )
    refused = act(admin_client, "proposal", "take_back", first, second)
    assert messages(refused) == ["There is no decision to undo."]
    assert waiting() == set()


def test_roles_of_an_authors_note(admin_client: Client) -> None:
    note = "Ada Quay has been harbour master since 2019."
    proposal = RoleProposalFactory(
        capture=CaptureFactory(words=f"By Ada Quay. {note}"),
        start=13,
        end=13 + len(note),
        started_on="2019-01-01",
        started_precision="year",
    )
    page = said(admin_client.get("/admin/articles/roleproposal/"))
    assert f"Harbour master {proposal.actor} - 2019 to … {note}" in page
    assert messages(act(admin_client, "roleproposal", "accept", proposal)) == ["1 proposal accepted."]
    assert proposal.actor.roles.get().title == "Harbour master"
    assert RoleProposal.objects.get().decided_by == "admin"
    assert "already accepted" in messages(act(admin_client, "roleproposal", "reject", proposal))[0]


def test_what_waits_is_a_filter_beside_the_decisions(admin_client: Client) -> None:
    waiting, decided = RoleProposalFactory(title="Ferryman"), RoleProposalFactory(title="Clerk")
    act(admin_client, "roleproposal", "reject", decided)
    page = admin_client.get("/admin/articles/roleproposal/?decision__exact=rejected")
    assert [row.title for row in page.context["cl"].result_list] == ["Clerk"]
    back = re.search(r'href="(\?[^"]*)">\s*Waits', page.content.decode())
    assert back
    listed = admin_client.get(f"/admin/articles/roleproposal/{back[1]}")
    assert list(listed.context["cl"].result_list) == [waiting]


def test_a_role_is_rejected(admin_client: Client) -> None:
    proposal = RoleProposalFactory()
    act(admin_client, "roleproposal", "reject", proposal)
    assert (RoleProposal.objects.get().decision, proposal.actor.roles.count()) == ("rejected", 0)


@pytest.mark.parametrize(("action", "decision"), [("accept", "accepted"), ("reject", "rejected")])
def test_the_same_piece_elsewhere(admin_client: Client, action: str, decision: str) -> None:
    copy = SyndicationFactory()
    page = said(admin_client.get("/admin/articles/syndication/"))
    assert (
        f"{copy.article.outlet}: {copy.article.headline} {copy.other.outlet}: {copy.other.headline} 90 %"
        in page
    )
    act(admin_client, "syndication", action, copy)
    assert (Syndication.objects.get().decision, Syndication.objects.get().decided_by) == (decision, "admin")


def test_lists_that_are_decided_in_have_no_pages_of_their_own(admin_client: Client) -> None:
    role, copy = RoleProposalFactory(), SyndicationFactory()
    for model, row in (("roleproposal", role), ("syndication", copy)):
        listed = admin_client.get(f"/admin/articles/{model}/{row.pk}/change/", follow=True)
        assert listed.context["cl"].result_count == 1
        assert admin_client.post(f"/admin/articles/{model}/{row.pk}/change/").status_code == 403
        for page in (f"{row.pk}/delete/", "add/"):
            assert admin_client.get(f"/admin/articles/{model}/{page}").status_code == 403
    page = admin_client.get("/admin/")
    assert "1 roles proposed" in said(page)
    assert "1 copies proposed" in said(page)
