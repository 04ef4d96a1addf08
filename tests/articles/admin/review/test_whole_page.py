"""A pasted page of twelve quotations, put right and published with the keyboard alone."""

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from articles.models import Proposal
from tests.articles.admin.review.reviewer import Reviewer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_store]

#: In it the reporter's words stand in the marks once, one quotation is interrupted by two sentences, "she" is
#: not who was named last, and two quotations are claimed by no verb.
PAGE = """\
The Lindle Observer
March 28, 2025
A bell for the landing
by Pernilla Quillfeather
The parish hall was full on Thursday, and the kettle never came off the boil.
“The bell will hang at the landing before the swallows are back,” said Odo Brannick, who farms nearby.
“I measured the beam twice and my brother measured it once more,” Brannick said.
“The rope was spliced by the sea scouts. He meant the juniors,” Brannick said with a glance at the door.
The treasurer had brought the tin. “We have eleven hundred in it and need fourteen,” said Henrike Voss.
“The rest will come from the cake table,” Voss said. She looked at the cakes, and at those who had made them.
Nobody moved. “As it always has,” she went on.
“Not a penny from the county.” With that Voss sat down again.
“I can hear a bell through fog but I cannot see a sign,” said Ottilie Marsh, who drives the bus.
Henrike Voss handed the tin to her neighbour and listened.
“Give me a bell at ten to seven and I shall be there,” she said, and a bus driver is as good as her word.
“The council has no view on the hour,” said Casimir Thornbury, the clerk.
“What we do have is a form, and the form has a box,” Thornbury said.
“Tick the box.” It was the last that anybody heard of Thornbury.
“My grandfather rang the old one on the night the ice broke,” Marsh said.
The meeting ended at ten, and the tin was heavier by the price of a very small lamp.
"""
#: What was read wrongly or not at all.
MISREAD = {
    ("The rope was spliced by the sea scouts. He meant the juniors", "Odo Brannick"),
    ("The rest will come from the cake table", "Henrike Voss"),
    ("As it always has", "Henrike Voss"),
    ("Give me a bell at ten to seven and I shall be there", "Henrike Voss"),
}
RIGHT = {
    ("The bell will hang at the landing before the swallows are back", "Odo Brannick"),
    ("I measured the beam twice and my brother measured it once more", "Odo Brannick"),
    ("The rope was spliced by the sea scouts.", "Odo Brannick"),
    ("We have eleven hundred in it and need fourteen", "Henrike Voss"),
    ("The rest will come from the cake table […] As it always has", "Henrike Voss"),
    ("Not a penny from the county.", "Henrike Voss"),
    ("I can hear a bell through fog but I cannot see a sign", "Ottilie Marsh"),
    ("Give me a bell at ten to seven and I shall be there", "Ottilie Marsh"),
    ("The council has no view on the hour", "Casimir Thornbury"),
    ("What we do have is a form, and the form has a box", "Casimir Thornbury"),
    ("Tick the box.", "Casimir Thornbury"),
    ("My grandfather rang the old one on the night the ice broke", "Ottilie Marsh"),
}
KEYS = 60


class CountingReviewer(Reviewer):
    """Counts every key, those that are held down with another too."""

    pressed = 0

    def keys(self, *pressed: str) -> None:
        self.pressed += len(pressed)
        super().keys(*pressed)

    def paste(self, text: str) -> None:
        """As by Ctrl and V."""
        self.pressed += 2
        self.browser.execute_cdp_cmd("Input.insertText", {"text": text})

    def hand_in(self) -> None:
        """Press Ctrl and Enter, and wait for the review."""
        self.pressed += 2
        ActionChains(self.browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
        self.wait(lambda b: b.find_elements(By.ID, "words"))

    def add_missed(self, words: str, *way: str) -> None:
        """Add the quotation that is offered, or the one that these keys lead to."""
        self.keys("m", *way)
        assert self.selected() == words
        self.decide(Keys.ENTER)
        assert self.words == words
        self.decide("a")


def test_a_pasted_page_is_right_and_public_in_few_keys(
    browser: Chrome, live_server: LiveServer, admin_client: Client
) -> None:
    curator = CountingReviewer(browser, live_server.url)
    curator.open("/favicon.ico")
    browser.delete_all_cookies()
    session = admin_client.cookies["sessionid"]
    browser.add_cookie({"name": session.key, "value": session.value})
    curator.open("/admin/articles/capture/receive/")
    curator.paste(PAGE)
    curator.hand_in()
    read = {(row.words, row.name) for row in Proposal.objects.all()}
    assert read - RIGHT == MISREAD
    assert len(RIGHT - read) == 5  # three that were misread, and two that were missed

    curator.decide("p")
    curator.decide("a")
    curator.decide("a")
    curator.keys("c", *[Keys.ARROW_LEFT] * 4)
    assert curator.selected() == "The rope was spliced by the sea scouts."
    curator.decide("a")
    curator.decide("p")
    curator.decide("a")
    curator.decide("+")
    curator.decide("a")
    curator.add_missed("Not a penny from the county.", Keys.ARROW_UP)
    assert curator.words.startswith("I can hear")
    curator.decide("p")
    curator.decide("a")
    curator.choose_speaker("mar")
    curator.keys("l", Keys.ENTER)
    curator.decide("a")
    curator.decide("p")
    curator.decide("a")
    curator.decide("a")
    curator.add_missed("Tick the box.")
    curator.decide("a")
    assert "Nothing waits" in browser.find_element(By.ID, "review").text
    assert curator.refused_by_policy() == []

    published = Client().get("/api/v1/statements/?limit=100").json()["results"]
    assert {(row["text"], row["speaker"]["name"]) for row in published} == RIGHT
    for row in published:
        assert [PAGE[at["start"] : at["end"]] for at in row["anchors"]] == row["text"].split(" […] ")
        assert row["attribution"]["reviewed"]
    assert curator.pressed < KEYS
