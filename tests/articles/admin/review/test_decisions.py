"""Decisions made with the forms of the page alone, as they are without a script."""

import json
from typing import Any

import pytest
from django.test import Client

from actors.models import Actor
from articles.models import Proposal, Statement
from articles.services.review import accept_proposal, reject_proposal
from newsdb.admin import address_of
from newsdb.models import Change
from tests.admin_pages import form_of, messages, said, submit
from tests.articles.admin.review.pages import PAGE, load_meeting, proposed
from tests.factories import ActorFactory, RoleFactory, StatementFactory

pytestmark = pytest.mark.django_db
#: With changes that are told apart by the time of their transaction, or numbered at its commit.
committed = pytest.mark.django_db(transaction=True)

ROPE = "The rope was spliced by the sea scouts of Lower Lindle 🪢 on a wet Sunday"
BEAM = "I measured the beam"


@pytest.fixture(autouse=True)
def meeting() -> None:
    ActorFactory(name="Odo Brannick", slug="odo")
    load_meeting()


def decide(client: Client, proposal: Proposal, act: str, **filled: Any) -> Any:
    """Fill in the form of a proposal's page and press one of its buttons."""
    return submit(client, address_of(proposal), act=act, **filled)


def units(words: str) -> list[Any]:
    """Where words stand as a browser counts."""
    start = len(PAGE[: PAGE.index(words)].encode("utf-16-le")) // 2
    return [start, start + len(words.encode("utf-16-le")) // 2, words]


def stands(words: str) -> tuple[Statement, str]:
    """The statement that was proposed with these words, and what was decided."""
    proposal = proposed(words)
    return proposal.statement, proposal.decision


@committed
def test_accepting_publishes_it_and_goes_on_to_the_next(admin_client: Client) -> None:
    done = decide(admin_client, proposed(BEAM), "accept")
    statement, decision = stands(BEAM)
    assert (statement.status, statement.reviewed, decision) == ("published", True, "accepted")
    assert Change.objects.of(statement).first().actor == "admin"
    assert messages(done) == [f"Accepted: {statement}"]
    assert done.context["statement"].text.startswith("Nobody has asked the herons")


def test_rejecting_goes_on_too(admin_client: Client) -> None:
    done = decide(admin_client, proposed("I still have the plate"), "reject")
    assert stands("I still have the plate")[0].status == "rejected"
    # It was the last of the text: what is left in it begins anew.
    assert done.context["statement"].text.startswith("The bell will hang")


def test_without_a_speaker_it_is_accepted_as_unnamed_only(admin_client: Client) -> None:
    refused = decide(admin_client, proposed(ROPE), "accept")
    assert messages(refused) == [
        "No speaker is named. Press p to add “Tomasz Pell” as a person, o as an organisation,"
        " s to choose a speaker, or n to publish it as unnamed."
    ]
    assert stands(ROPE)[1] == ""
    decide(admin_client, proposed(ROPE), "unnamed")
    statement, decision = stands(ROPE)
    assert (statement.status, statement.speaker, decision) == ("published", None, "accepted")


def test_selected_words_are_counted_in_code_points(admin_client: Client) -> None:
    chosen = [units("sea scouts of Lower Lindle 🪢"), units("a wet Sunday")]
    decide(admin_client, proposed(ROPE), "unnamed", spans=json.dumps(chosen), kind="partial")
    statement, decision = stands(ROPE)
    assert (statement.text, decision) == ("sea scouts of Lower Lindle 🪢 […] a wet Sunday", "corrected")
    assert statement.kind == "partial"
    assert [PAGE[anchor.start : anchor.end] for anchor in statement.anchors.order_by("position")] == [
        "sea scouts of Lower Lindle 🪢",
        "a wet Sunday",
    ]


KNOT = units("🪢")[0]
BAD_SPANS = [
    *("x", "[]", "{}", "[[1, 2]]", '[["1", 2, "h"]]', "[" * 9999, "[[1, 1, '']]", "[null]"),
    json.dumps([[0, 10**30, "x"]]),
    json.dumps([[-2, 1, "x"]]),
    json.dumps([[0, 3, "An"]]),
    json.dumps([[KNOT + 1, KNOT + 2, "🪢"]]),
    json.dumps([units("wet")] * 51),
    json.dumps([[0, 2, "\ud800"]]),
    "[[0, " + "9" * 5000 + ", 1]]",
]


@pytest.mark.parametrize("spans", BAD_SPANS)
def test_places_where_the_words_do_not_stand_decide_nothing(admin_client: Client, spans: str) -> None:
    refused = decide(admin_client, proposed(BEAM), "accept", spans=spans)
    assert "select them again" in messages(refused)[0]
    assert stands(BEAM)[1] == ""
    # What else was filled in is there still.
    assert form_of(refused.content.decode())["spans"] == spans


def test_words_may_be_typed_as_well(admin_client: Client) -> None:
    address = address_of(proposed(BEAM))
    submit(admin_client, address, act="accept", words="“my brother measured it”")
    assert stands(BEAM)[0].text == "my brother measured it"
    submit(admin_client, address_of(proposed("He rang it")), act="unnamed", words="He rang it\na sandwich")
    assert stands("He rang it")[0].text == "He rang it […] a sandwich"
    refused = submit(admin_client, address_of(proposed(ROPE)), act="unnamed", words="seal scouts")
    assert "are not in the text" in messages(refused)[0]


def test_typed_words_that_recur_are_meant_where_they_were_read(admin_client: Client) -> None:
    submit(admin_client, address_of(proposed("Give me a bell")), act="unnamed", words="bell")
    statement, _ = stands("Give me a bell")
    assert statement.anchors.get().start == PAGE.index("bell", PAGE.index("Give me"))


def test_one_of_those_who_bear_the_name(admin_client: Client) -> None:
    chosen, _ = ActorFactory(name="Tomasz Pell"), ActorFactory(name="Tomasz Pell")
    RoleFactory(actor=chosen, title="Leader")
    StatementFactory(speaker=chosen)
    page = admin_client.get(address_of(proposed(ROPE)))
    assert f'name="candidate" value="{chosen.pk}" data-key="1"' in page.content.decode()
    assert f"1 Tomasz Pell {chosen.slug}, Leader, 1 statement 2 Tomasz Pell" in said(page)
    submit(admin_client, address_of(proposed(ROPE)), page, candidate=chosen.pk)
    statement, decision = stands(ROPE)
    assert (statement.speaker, decision) == (chosen, "accepted")


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30])
def test_nobody_is_no_candidate(admin_client: Client, key: str) -> None:
    refused = submit(admin_client, address_of(proposed(ROPE)), candidate=key)
    assert messages(refused)
    assert stands(ROPE)[1] == ""


def test_an_actor_is_made_of_the_name_for_all_who_wait(admin_client: Client) -> None:
    done = decide(admin_client, proposed(ROPE), "person")
    pell = Actor.objects.get(name="Tomasz Pell")
    assert pell.kind == "person"
    assert messages(done) == ["Made Tomasz Pell, a person: the speaker of 3 proposals that wait."]
    assert done.context["statement"].speaker == pell
    assert {stands(words)[0].speaker for words in (ROPE, "It has held a canoe")} == {pell}
    assert stands(ROPE)[1] == ""


def test_no_actor_is_made_of_no_name(admin_client: Client) -> None:
    refused = decide(admin_client, proposed(ROPE), "person", name=" ")
    assert "type the name" in messages(refused)[0]
    assert Actor.objects.filter(name__startswith=" ").count() == 0


def test_a_decision_is_taken_back(admin_client: Client) -> None:
    accept_proposal(proposal=proposed(BEAM), by="otto")
    page = admin_client.get(address_of(proposed(BEAM)))
    assert "Accepted by otto" in said(page)
    decided = page.context["decided"]
    done = admin_client.post(address_of(proposed(BEAM)), {"act": "undo", "decided": decided}, follow=True)
    retracted, again = Statement.objects.filter(text__startswith=BEAM).order_by("pk")
    assert (retracted.status, retracted.retraction_reason) == ("retracted", "decision undone")
    assert (again.status, again.proposal.decision) == ("proposed", "")
    assert messages(done)[0].startswith("Undone: the statement is retracted, and its words wait as a new")
    assert done.context["statement"] == again
    # Of what is undone there is nothing left to undo.
    assert 'value="undo"' not in done.content.decode()
    page = admin_client.get(address_of(retracted.proposal))
    assert 'value="undo"' not in page.content.decode()
    assert "Accepted by otto" in said(page)


def test_a_rejection_is_taken_back(admin_client: Client) -> None:
    reject_proposal(proposal=proposed(BEAM), by="otto")
    decided = admin_client.get(address_of(proposed(BEAM))).context["decided"]
    done = admin_client.post(address_of(proposed(BEAM)), {"act": "undo", "decided": decided}, follow=True)
    statement, decision = stands(BEAM)
    assert (statement.status, decision) == ("proposed", "")
    assert messages(done)[0].startswith("Undone: it waits for a decision again")
    assert done.context["statement"] == statement


def test_the_last_decision_of_ones_own_is_offered_to_be_taken_back(admin_client: Client) -> None:
    reject_proposal(proposal=proposed(ROPE), by="otto")
    done = decide(admin_client, proposed(BEAM), "accept")
    assert done.context["last"] == proposed(BEAM)
    assert f'action="{address_of(proposed(BEAM))}"' in done.content.decode()


def test_what_somebody_else_decided_meanwhile_stays(admin_client: Client) -> None:
    page = admin_client.get(address_of(proposed(BEAM)))
    reject_proposal(proposal=proposed(BEAM), by="otto")
    refused = submit(admin_client, address_of(proposed(BEAM)), page, act="accept")
    assert messages(refused)[0].startswith("This was already rejected by otto")
    assert stands(BEAM)[0].status == "rejected"
    assert "Rejected by otto" in said(refused)


@committed
@pytest.mark.parametrize("act", ["accept", "reject", "person", "unnamed"])
def test_what_changed_meanwhile_is_looked_at_again(admin_client: Client, act: str) -> None:
    page = admin_client.get(address_of(proposed(BEAM)))
    Statement.objects.filter(pk=proposed(BEAM).statement_id).update(speaker=ActorFactory())
    refused = submit(admin_client, address_of(proposed(BEAM)), page, act=act)
    assert messages(refused) == [
        "This was changed after you opened the page, so nothing was decided: look again."
    ]
    assert stands(BEAM)[1] == ""
    submit(admin_client, address_of(proposed(BEAM)), refused, act="reject")
    assert stands(BEAM)[1] == "rejected"


def test_the_key_takes_back_ones_own_decision_only(admin_client: Client) -> None:
    decide(admin_client, proposed(ROPE), "reject")
    reject_proposal(proposal=proposed(BEAM), by="otto")
    html = admin_client.get(address_of(proposed(BEAM))).content.decode()
    others, own = html.index('value="undo"'), html.rindex('value="undo"')
    assert html.count('data-key="u"') == 1
    assert others < own < html.index('data-key="u"')
    html = admin_client.get(address_of(proposed(ROPE))).content.decode()
    assert html.index('value="undo"') < html.index('data-key="u"') < html.index("</form>", html.index("undo"))


def test_the_last_decision_is_taken_back_when_nothing_waits(admin_client: Client) -> None:
    for proposal in Proposal.objects.exclude(pk=proposed(BEAM).pk):
        reject_proposal(proposal=proposal, by="otto")
    done = decide(admin_client, proposed(BEAM), "accept")
    assert "Nothing waits" in said(done)
    html = done.content.decode()
    assert f'action="{address_of(proposed(BEAM))}"' in html
    assert html.count('data-key="u"') == 1
    assert "articles/review.js" in html
    back = admin_client.post(
        address_of(proposed(BEAM)), {"act": "undo", "decided": done.context["last_decided"]}, follow=True
    )
    assert messages(back)[0].startswith("Undone")
    assert Proposal.objects.waiting().get().statement.text.startswith(BEAM)


def test_a_decision_made_anew_is_not_taken_back(admin_client: Client) -> None:
    accept_proposal(proposal=proposed(BEAM), by="otto")
    refused = admin_client.post(
        address_of(proposed(BEAM)), {"act": "undo", "decided": "2025-01-01T00:00:00+00:00"}, follow=True
    )
    assert "changed this decision" in messages(refused)[0]
    assert stands(BEAM)[1] == "accepted"


def test_what_a_run_has_published_is_rejected_with_a_reason(admin_client: Client) -> None:
    proposal = proposed(BEAM)
    Statement.objects.filter(pk=proposal.statement_id).update(status="published")
    refused = decide(admin_client, proposal, "reject")
    assert "needs a reason" in messages(refused)[0]
    decide(admin_client, proposal, "reject", reason="He did not.")
    assert stands(BEAM)[0].retraction_reason == "He did not."


def test_no_button_decides_nothing(admin_client: Client) -> None:
    page = form_of(admin_client.get(address_of(proposed(BEAM))).content.decode())
    assert admin_client.post(address_of(proposed(BEAM)), page).status_code == 400
    assert admin_client.post(address_of(proposed(BEAM)), {"act": "accept"}).status_code == 200
    assert stands(BEAM)[1] == ""


def test_words_that_are_already_published_lead_to_them(admin_client: Client) -> None:
    speaker = ActorFactory(name="Ottilie Marsh")
    proposal = proposed("I can hear a bell")
    there = StatementFactory(article=proposal.statement.article, text=proposal.words, speaker=speaker)
    for anchor in proposal.statement.anchors.all():
        anchor.pk, anchor.statement = None, there
        anchor.save(force_insert=True)
    refused = decide(admin_client, proposal, "accept", speaker=speaker.pk, speaker_label="Marsh")
    assert "already published at this place" in said(refused)
    assert f'<a href="{address_of(there)}">' in refused.content.decode()
    assert proposed("I can hear a bell").decision == ""
