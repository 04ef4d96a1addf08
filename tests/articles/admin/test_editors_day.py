"""A whole day's work of an editor who is no superuser, in Chromium."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django.live_server_helper import LiveServer
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from actors.models import Actor
from articles.models import Article, Outlet, Proposal, Statement
from newsdb.models import Change
from tests.articles.admin.curator import Curator
from tests.articles.admin.review.pages import load_meeting
from tests.clients import make_editor
from tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_store]

PAGE = (
    "“The lock will open in May,” Ada Quay said. “And it will stay open.”\n"
    "“No comment,” said the mayor.\n“No comment,” said Ada Quay. 🦉 “Ask the herons.”"
)


@pytest.fixture
def edith(browser: Chrome, live_server: LiveServer) -> Curator:
    """An editor, logged in; one article waits for review."""
    for name, slug in (("Odo Brannick", "odo"), ("Ada Quay", "ada-quay"), ("Ada M. Quay", "ada-m-quay")):
        ActorFactory(name=name, slug=slug)
    load_meeting(source_url="https://lindle.example/bell")
    user = make_editor("edith")
    user.set_password("password")
    User.objects.filter(pk=user.pk).update(is_staff=True, password=user.password)
    browser.delete_all_cookies()
    curator = Curator(browser, live_server.url)
    curator.log_in("edith")
    return curator


def review(edith: Curator, *keys: str) -> None:
    """Press keys one by one, the last of which is answered by the server."""
    before = edith.browser.find_element(By.ID, "review")
    edith.keys(*keys)
    edith.wait(lambda b: b.find_element(By.ID, "review") != before)


def press(edith: Curator, label: str) -> None:
    """Press a button, and see that nothing was refused."""
    edith.press(label)
    assert edith.browser.find_elements(By.CSS_SELECTOR, ".errornote") == [], edith.browser.page_source


def test_a_whole_day(edith: Curator) -> None:
    browser = edith.browser
    assert "20\nproposals to review" in browser.find_element(By.CSS_SELECTOR, ".awaiting").text
    assert "Tokens" not in browser.find_element(By.ID, "content").text

    # The review, from the first page: one is accepted, one corrected, one rejected.
    browser.find_element(By.CSS_SELECTOR, ".waiting th a").click()
    edith.wait(lambda b: b.find_elements(By.ID, "words"))
    review(edith, "a")
    edith.keys("c", *[Keys.ARROW_LEFT] * 7, Keys.TAB, Keys.ARROW_RIGHT, Keys.ENTER)
    review(edith, "a")
    review(edith, "r")
    decided = Proposal.objects.exclude(decision="").order_by("decided_at")
    assert list(decided.values_list("decision", "decided_by")) == [
        ("accepted", "edith"),
        ("corrected", "edith"),
        ("rejected", "edith"),
    ]

    edith.open("/admin/articles/outlet/add/")
    edith.type(name="The Courier")
    press(edith, "Save")
    assert Outlet.objects.get(name="The Courier").slug == "the-courier"
    edith.open("/admin/articles/article/add/")
    edith.type(headline="Lock to open", published="2024-11", language="en")
    edith.choose("outlet", "courier")
    press(edith, "Save and continue editing")
    article = Article.objects.get(headline="Lock to open")
    edith.follow("Add its text")
    edith.type(pasted=PAGE)
    press(edith, "Save")

    # Words that the page has twice: one place is chosen with the keys.
    edith.open(f"/admin/articles/statement/add/?article={article.pk}")
    edith.type(words="No comment")
    browser.find_element(By.CSS_SELECTOR, "#id_kind option[value=direct]").click()
    edith.choose("speaker", "quay")
    edith.press("Save")
    assert "say which one is meant" in browser.find_element(By.CSS_SELECTOR, ".field-words .errorlist").text
    radio = browser.find_element(By.NAME, "words_place_0")
    radio.send_keys(Keys.SPACE)
    radio.send_keys(Keys.ARROW_DOWN)
    press(edith, "Save and add another")
    assert places("No comment") == [PAGE.rindex("No comment")]

    # Words selected in the text with the keys: two parts, then the end of the second by a word.
    browser.find_element(By.CSS_SELECTOR, ".by-script button").click()
    edith.keys("+", Keys.ARROW_LEFT, Keys.ENTER)
    browser.find_element(By.CSS_SELECTOR, "#id_kind option[value=direct]").click()
    edith.choose("speaker", "quay")
    words = "The lock will open in May […] And it will stay open"
    assert browser.find_element(By.NAME, "words").get_property("value") == words.replace(" […] ", "\n")
    press(edith, "Save and add another")
    assert places(words) == [1, PAGE.index("And it")]

    # Words selected with the mouse, after a character that a browser counts as two.
    browser.find_element(By.CSS_SELECTOR, "#id_kind option[value=direct]").click()
    select_with_mouse(edith, "Ask the herons")
    press(edith, "Save")
    assert places("Ask the herons") == [PAGE.index("Ask the herons")]

    # Two actors who are one; the address of the other leads on.
    loser = Actor.objects.get(slug="ada-m-quay")
    edith.open(f"/admin/actors/actor/{loser.pk}/merge/")
    edith.choose("survivor", "ada quay")
    edith.type(reason="The same person.")
    edith.press("Show what would move")
    edith.press("Merge Ada M. Quay into Ada Quay")
    loser.refresh_from_db()
    assert loser.merged_into == Actor.objects.get(slug="ada-quay")

    # One statement is retracted, and the history says by whom and why.
    edith.tool(f"/statement/?speaker__id__exact={loser.merged_into_id}")
    assert len(browser.find_elements(By.CSS_SELECTOR, "#result_list tbody tr")) == 2
    edith.follow("No comment")
    edith.tool("/retract/")
    edith.type(reason="The mayor said it.")
    press(edith, "Retract")
    edith.tool("/history/")
    shown = browser.find_element(By.ID, "content").text
    assert "Retracted by edith" in shown
    assert "The mayor said it." in shown
    statement: Any = Statement.objects.get(text="No comment")
    assert set(Change.objects.of(statement).values_list("actor", flat=True)) == {"edith"}
    assert edith.refused_by_policy() == []


def places(words: str) -> list[int]:
    """Where the parts of the statement of these words start."""
    return list(Statement.objects.get(text=words).anchors.values_list("start", flat=True))


def select_with_mouse(edith: Curator, words: str) -> None:
    """Select words in the text, as dragging over them does."""
    edith.browser.execute_script(
        """
        const text = document.querySelector(".words-field .text");
        const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
          const at = node.data.indexOf(arguments[0]);
          if (at < 0) continue;
          getSelection().setBaseAndExtent(node, at, node, at + arguments[0].length);
        }
        text.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        """,
        words,
    )
