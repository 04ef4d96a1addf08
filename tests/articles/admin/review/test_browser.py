"""Twenty proposals of one article, cleared in Chromium with the keyboard alone."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from actors.models import Actor
from articles.models import Article, Proposal, Statement
from articles.services.review import reject_proposal
from newsdb.admin import address_of
from tests.articles.admin.review.pages import PAGE, load_meeting, proposed
from tests.articles.admin.review.reviewer import Reviewer
from tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_store]


@pytest.fixture
def reviewer(browser: Chrome, live_server: LiveServer, admin_user: Any) -> Reviewer:
    """Logged in, with a queue of one article."""
    for name, slug in (("Odo Brannick", "odo"), ("Ottilie Marsh", "ottilie"), ("Henrike Voss", "henrike")):
        ActorFactory(name=name, slug=slug)
    load_meeting(source_url="https://lindle.example/bell")
    reviewer = Reviewer(browser, live_server.url)
    browser.delete_all_cookies()
    reviewer.log_in(admin_user.username)
    return reviewer


def test_twenty_proposals_are_cleared_by_keys_and_the_api_shows_what_was_accepted(reviewer: Reviewer) -> None:
    assert Proposal.objects.to_review().count() == 20
    reviewer.open("/admin/articles/proposal/queue/")
    reviewer.keys(Keys.ENTER)  # the way in has the focus
    reviewer.wait(lambda b: b.find_elements(By.ID, "words"))
    assert reviewer.words == "The bell will hang at the landing before the swallows are back"
    reviewer.decide("a")

    # The end moved back by words and the beginning on, after characters that a browser counts as two.
    assert reviewer.words.startswith("I measured the beam twice")
    reviewer.keys("c", *[Keys.ARROW_LEFT] * 7, Keys.TAB, Keys.ARROW_RIGHT)
    assert reviewer.selected() == "measured the beam twice"
    reviewer.keys(Keys.ENTER)
    assert reviewer.words == "measured the beam twice"
    reviewer.keys("t")
    reviewer.decide("a")
    assert reviewer.told.startswith("Corrected: Odo Brannick")

    # An actor is created from the name, and a premature acceptance is undone.
    assert reviewer.words.startswith("Nobody has asked the herons")
    reviewer.decide("p")
    assert "the speaker of 3 proposals that wait" in reviewer.told
    reviewer.decide("a")
    assert reviewer.words.startswith("They left for a week")
    reviewer.decide("u")
    assert reviewer.words.startswith("Nobody has asked the herons")
    assert "its words wait as a new proposal" in reviewer.told
    reviewer.decide("r")
    reviewer.decide("a")

    # Another speaker, with a look at what comes next and back.
    assert reviewer.words.startswith("A bell is cheaper")
    reviewer.decide("j")
    reviewer.decide("k")
    reviewer.choose_speaker("ottil")
    assert "How does the page print this speaker?" in reviewer.told
    reviewer.keys("l", Keys.ARROW_UP)
    assert reviewer.selected() == "Tansy-Okoro"
    reviewer.keys(Keys.ESCAPE, "l")
    assert reviewer.selected() == "she"
    reviewer.keys(Keys.ENTER)
    assert reviewer.browser.find_element(By.CSS_SELECTOR, "button.default").text == "a Accept as corrected"
    reviewer.decide("a")

    for _ in range(3):  # what Henrike Voss said
        reviewer.decide("a")
    assert reviewer.words.startswith("The rope was spliced")
    # By letters: an astral character is one of them.
    reviewer.keys("c", *[Keys.ARROW_LEFT] * 4)
    assert reviewer.selected().endswith("Lower Lindle 🪢")
    reviewer.browser.execute_script("document.title = 'still here'")
    for _ in range(2):
        reviewer.shifted(Keys.ARROW_LEFT)
    assert reviewer.selected().endswith("of Lower Lindle")
    reviewer.shifted(Keys.ARROW_RIGHT)
    reviewer.shifted(Keys.ARROW_RIGHT)
    reviewer.decide("a")  # takes the words, and accepts: but nobody is known to have said them
    assert "No speaker is named" in reviewer.told
    assert reviewer.words.endswith("Lower Lindle 🪢")
    reviewer.decide("n")
    assert reviewer.browser.title == "still here"  # never left the page

    reviewer.decide("o")
    reviewer.decide("a")
    reviewer.decide("a")
    while Proposal.objects.to_review().exists():
        reviewer.decide("r")
    assert "Nothing waits" in reviewer.browser.find_element(By.ID, "review").text
    assert reviewer.told.startswith("Rejected")
    assert reviewer.refused_by_policy() == []

    published = Client().get("/api/v1/statements/?limit=100").json()["results"]
    assert {(row["text"], (row["speaker"] or {}).get("slug")) for row in published} == {
        ("The bell will hang at the landing before the swallows are back", "odo"),
        ("measured the beam twice", "odo"),
        ("They left for a week when the fiddlers came", "mirela-tansy-okoro"),
        ("A bell is cheaper than a foghorn and sounds better with soup", "ottilie"),
        ("We have eleven hundred in the tin and need fourteen", "henrike"),
        ("The rest will come from the cake table, as it always does", "henrike"),
        ("I have never seen the tin go down between two meetings", "henrike"),
        ("The rope was spliced by the sea scouts of Lower Lindle 🪢", None),
        ("It has held a canoe, two tents and the assistant leader", "tomasz-pell"),
        ("I would trust it with the bell and with my grandmother", "tomasz-pell"),
    }
    for row in published:
        assert [PAGE[at["start"] : at["end"]] for at in row["anchors"]] == row["text"].split(" […] ")
        assert (row["text_match"], row["attribution"]["reviewed"]) == ("matched", True)
    assert {row["text"]: row["kind"] for row in published}["measured the beam twice"] == "partial"
    others = Statement.objects.exclude(status="published")
    assert set(others.values_list("status", flat=True)) == {"rejected", "retracted"}
    assert others.get(status="retracted").text.startswith("Nobody has asked the herons")
    assert set(Proposal.objects.values_list("decided_by", flat=True)) == {"admin"}
    assert Actor.objects.get(slug="tomasz-pell").kind == "organisation"
    assert Client().get(f"/api/v1/articles/{Article.objects.get().uid}/").status_code == 200


def test_words_are_selected_with_the_mouse(reviewer: Reviewer) -> None:
    reviewer.open(address_of(proposed("I would trust it")))
    select = """
        const text = document.getElementById('text');
        const words = [...text.childNodes].find((node) => node.textContent.includes('said Tomasz Pell'));
        const range = document.createRange();
        range.setStart(words, words.textContent.indexOf('Tomasz'));
        range.setEnd(words, words.textContent.indexOf(', their'));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    """
    reviewer.keys("c")
    before = reviewer.selected()
    reviewer.browser.execute_script(select + "document.dispatchEvent(new MouseEvent('mouseup'));")
    assert reviewer.selected() == f"Tomasz Pell | {before}"
    reviewer.keys(Keys.TAB, Keys.BACKSPACE)
    reviewer.keys(Keys.ENTER)
    assert reviewer.words == "Tomasz Pell"
    reviewer.decide("n")
    statement = proposed("I would trust it").statement
    assert statement.anchors.get().start == PAGE.index("Tomasz Pell")

    # Words selected beforehand are added by one key.
    hall = select.replace("said Tomasz Pell", "The parish hall").replace("'Tomasz'", "'The parish'")
    reviewer.browser.execute_script(hall.replace(", their", " was full"))
    reviewer.decide("m")
    assert reviewer.words == "The parish hall of Lindle Water"
    assert proposed("The parish hall").statement.anchors.get().start == PAGE.index("The parish hall")


def test_what_a_closed_session_did_not_decide_is_there_still(reviewer: Reviewer, admin_user: Any) -> None:
    reviewer.open(address_of(proposed("I measured")))
    reviewer.keys("c", Keys.ARROW_LEFT, Keys.ENTER)
    Session.objects.all().delete()
    reviewer.keys("a")
    reviewer.wait(lambda b: "Your session has ended and nothing was decided" in reviewer.told)
    assert reviewer.words == "I measured the beam twice and my brother measured it once"

    browser = reviewer.browser
    here = browser.current_window_handle
    browser.find_element(By.LINK_TEXT, "Log in in another tab").send_keys(Keys.ENTER)
    browser.switch_to.window(browser.window_handles[-1])
    reviewer.wait(lambda b: b.find_elements(By.NAME, "username"))
    reviewer.type(username=admin_user.username, password="password")
    reviewer.press("Log in")
    browser.close()
    browser.switch_to.window(here)
    reviewer.decide("a")
    assert (
        proposed("I measured").statement.text == "I measured the beam twice and my brother measured it once"
    )


def test_what_another_curator_decided_meanwhile_is_said(reviewer: Reviewer) -> None:
    reviewer.open(address_of(proposed("I measured")))
    reject_proposal(proposal=proposed("I measured"), by="otto")
    reviewer.decide("a")
    assert reviewer.told.startswith("This was already rejected by otto")
    assert proposed("I measured").decision == "rejected"


def test_the_key_takes_back_ones_own_decision_and_not_what_another_decided_meanwhile(
    reviewer: Reviewer,
) -> None:
    reviewer.open(address_of(proposed("The bell will hang")))
    reviewer.decide("r")
    assert reviewer.words.startswith("I measured")
    reject_proposal(proposal=proposed("I measured"), by="otto")
    reviewer.decide("a")
    assert reviewer.told.startswith("This was already rejected by otto")
    assert "Rejected by otto" in reviewer.browser.find_element(By.ID, "review").text
    reviewer.decide("u")
    assert reviewer.words.startswith("The bell will hang")
    assert proposed("The bell will hang").decision == ""
    assert (proposed("I measured").decision, proposed("I measured").decided_by) == ("rejected", "otto")


def test_the_last_decision_is_taken_back_when_nothing_waits(reviewer: Reviewer) -> None:
    for proposal in Proposal.objects.exclude(pk=proposed("I measured").pk):
        reject_proposal(proposal=proposal, by="otto")
    reviewer.open(address_of(proposed("I measured")))
    reviewer.decide("r")
    assert "Nothing waits" in reviewer.browser.find_element(By.ID, "review").text
    reviewer.decide("u")
    assert reviewer.words.startswith("I measured")
    reviewer.decide("r")
    reviewer.open("/admin/articles/proposal/queue/")
    reviewer.decide("u")
    assert reviewer.words.startswith("I measured")
    reviewer.choose_speaker("ottil")  # all that the page needs came along
    assert "How does the page print this speaker?" in reviewer.told


def test_keys_are_for_typing_where_one_types_and_can_be_switched_off(reviewer: Reviewer) -> None:
    reviewer.open(address_of(proposed("I measured")))
    reviewer.browser.find_element(By.ID, "id_reason").click()
    reviewer.keys(*"arcu", Keys.ENTER)
    assert reviewer.browser.find_element(By.ID, "id_reason").get_attribute("value") == "arcu"
    reviewer.browser.find_element(By.ID, "keys").click()
    reviewer.keys("a")
    reviewer.browser.find_element(By.ID, "keys").click()
    assert proposed("I measured").decision == ""
    reviewer.decide("a")
    assert proposed("I measured").decision == "accepted"
