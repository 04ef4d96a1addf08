"""What the page of a proposal shows, and in how many queries."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.admin.review import passage
from articles.models import Statement
from articles.reading.spans import Span
from articles.services.review import accept_proposal, correct_proposal, reject_proposal
from newsdb.admin import address_of
from tests.admin_pages import said
from tests.articles.admin.review.pages import PAGE, load_meeting, proposed
from tests.articles.ingest.pages import load_text
from tests.factories import ActorFactory, AnchorFactory, CaptureFactory, ProposalFactory, StatementFactory

pytestmark = pytest.mark.django_db


def marks(html: str, css: str) -> list[str]:
    """The words that are marked so in the captured text."""
    return [
        unescape(re.sub("<[^>]*>", "", m))
        for m in re.findall(rf'<mark class="{css}"[^>]*>(.*?)</mark>', html)
    ]


def text_of(html: str) -> str:
    """The captured text as a browser has it after parsing."""
    found = re.search(r'<div class="text" id="text">(.*?)</div>', html, re.DOTALL)
    assert found
    assert "\r" not in found[1]
    return unescape(re.sub("<[^>]*>", "", found[1]).replace("&#13;", "\r"))


def test_a_proposal_stands_in_its_text_among_its_neighbours(admin_client: Client) -> None:
    load_meeting()
    reject_proposal(proposal=proposed("The bell will hang"), by="otto")
    accept_proposal(proposal=proposed("I measured"), by="otto", unnamed=True)
    html = admin_client.get(address_of(proposed("A bell is cheaper"))).content.decode()
    assert text_of(html) == PAGE
    assert marks(html, "now") == ["A bell is cheaper than a foghorn and sounds better with soup"]
    assert marks(html, "mention") == ["she"]
    assert len(marks(html, "other proposed")) == 17
    assert marks(html, "other rejected") == ["The bell will hang at the landing before the swallows are back"]
    assert marks(html, "other published")[0].startswith("I measured")
    assert f'href="{address_of(proposed("I measured"))}"' in html


def test_who_how_sure_and_why(admin_client: Client) -> None:
    load_meeting()
    page = said(admin_client.get(address_of(proposed("A bell is cheaper"))))
    for told in (
        "Mirela Tansy-Okoro (no actor of this name) , printed as “she”",
        "Direct, “added”, 2025-03-21 published 97 %, sure",
        "The reporting words beside it and the course of the text agree: “she”, that is Mirela Tansy-Okoro.",
        "5 of 20 here, 20 in the queue",
    ):
        assert told in page


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ([], "No method found a speaker."),
        (
            [{"method": "cue", "name": "", "start": None, "end": None}],
            "The reporting words beside it: nobody.",
        ),
        (
            [{"method": "parse", "name": "Ada", "start": 4, "end": 9}],
            "The grammar of the sentence: “ferry”, that is Ada.",
        ),
        ([{"method": "cue", "name": "", "start": 4, "end": 9}], "“ferry”, whom the text does not name."),
        (
            [{"method": "cue", "name": "Ada"}, {"method": "discourse", "name": "Bo"}],
            "The reporting words beside it: Ada. The course of the text: Bo. They do not agree.",
        ),
        (
            [{"method": "cue", "name": "Ada"}, {"method": "denial", "name": "", "start": 4, "end": 9}],
            "Ada. The text denies that this was said, or only supposes it: “ferry”.",
        ),
        ([None, 7, {"method": None, "start": "x", "end": {}}], "None: nobody."),
    ],
)
def test_evidence_is_told_in_words(admin_client: Client, evidence: Any, told: str) -> None:
    proposal = ProposalFactory(evidence=evidence, capture__words="The ferry runs again.")
    assert told in said(admin_client.get(address_of(proposal)))


def test_a_decision_is_shown_with_what_was_proposed(admin_client: Client) -> None:
    load_meeting()
    start = PAGE.index("the herons")
    correct_proposal(
        proposal=proposed("Nobody has"), by="otto", spans=[Span(start, start + 10)], unnamed=True
    )
    page = said(admin_client.get(address_of(proposed("Nobody has"))))
    assert "Corrected by otto" in page
    assert "Proposed was: “Nobody has asked the herons what they think of the noise”" in page


EVIL = "</div><script>alert(1)</script>"


def test_hostile_text_is_shown_and_never_run(admin_client: Client) -> None:
    text = f'{EVIL} “Words {EVIL}” said {EVIL}\r\n\r"&amp;\' <mark class="now">'
    capture = CaptureFactory(words=text, article__headline=EVIL)
    proposal = ProposalFactory(
        capture=capture,
        statement__article=capture.article,
        statement__text=f"Words {EVIL}",
        statement__speaker_label=EVIL,
        statement__cue=EVIL,
        name=EVIL,
        evidence=[{"method": EVIL, "name": EVIL, "start": 0, "end": len(EVIL)}],
        mention_start=text.index("said"),
        mention_end=text.index("said") + 4,
    )
    ActorFactory(name=EVIL)
    start = text.index("Words")
    AnchorFactory(statement=proposal.statement, capture=capture, start=start)
    html = admin_client.get(address_of(proposal)).content.decode()
    assert EVIL not in html
    assert text_of(html) == text
    assert marks(html, "now") == [f"Words {EVIL}"]
    for page in ("queue/", "", "accept-above/?percent=50", "queue/?article=x"):
        assert EVIL not in admin_client.get(f"/admin/articles/proposal/{page}").content.decode()


def test_only_the_surroundings_of_a_long_text_are_shown(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passage, "REACH", 40)
    load_meeting()
    proposal = proposed("It has held a canoe")
    html = admin_client.get(address_of(proposal)).content.decode()
    start = PAGE.index("It has held a canoe")
    assert text_of(html) == PAGE[start - 40 : start + len(proposal.words) + 40]
    assert "[the text begins earlier]" in html
    assert "[the text goes on]" in html
    # Places that were selected there count from its beginning.
    shown = text_of(html)
    assert passage.selected('[[0, 5, "' + shown[:5] + '"]]', PAGE, start - 40) == [
        Span(start - 40, start - 35)
    ]


def test_without_the_text_the_words_can_be_decided_upon_still(admin_client: Client) -> None:
    proposal = ProposalFactory(capture__held=False, statement__text="Some words")
    page = admin_client.get(address_of(proposal))
    assert "Its text is not stored." in said(page)
    assert page.context["words"] == ("Some words",)


def test_no_script_or_style_stands_in_the_page(admin_client: Client) -> None:
    load_meeting()
    for address in (address_of(proposed("I measured")), "/admin/articles/proposal/queue/"):
        answer = admin_client.get(address)
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        html = answer.content.decode()
        assert re.findall(r"<script(?![^>]* src=)[^>]*>", html) == []
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


PAGES = ["page", "queue/", "", "accept-above/?percent=50"]


@pytest.mark.parametrize("page", PAGES)
def test_more_proposals_cost_no_more_queries(admin_client: Client, page: str) -> None:
    load_text(PAGE)
    address = address_of(proposed("I measured")) if page == "page" else f"/admin/articles/proposal/{page}"
    queries(admin_client, address)
    before = queries(admin_client, address)
    article, capture = proposed("I measured").statement.article, proposed("I measured").capture
    for number in range(5):
        more = ProposalFactory(capture=capture, statement__article=article, statement__speaker=ActorFactory())
        AnchorFactory(statement=more.statement, capture=capture, start=number * 25)
        ProposalFactory(statement__speaker=ActorFactory(), statement__confidence=0.9)
    assert queries(admin_client, address) == before


def test_a_joint_proposal_shows_its_other_speakers(admin_client: Client) -> None:
    load_meeting()
    proposal = proposed("A bell is cheaper")
    assert "Said jointly" not in said(admin_client.get(address_of(proposal)))
    one = proposal.statement
    one.joint_uid = uuid4()
    one.save()
    others = [
        StatementFactory(article=one.article, joint_uid=one.joint_uid, status=status, **facts)
        for status, facts in (
            ("proposed", {"speaker": ActorFactory(name="Ada Quay")}),
            ("proposed", {"speaker": None, "speaker_label": "a farmer"}),
            ("published", {"speaker": ActorFactory(name="Bea Mast")}),
        )
    ]
    page = admin_client.get(address_of(proposal))
    told = "Ada Quay , a farmer , Bea Mast (published). One decision applies to those that are also proposed."
    assert f"Said jointly with {told}" in said(page)
    assert all(address_of(other) in page.content.decode() for other in others)
    Statement.objects.filter(pk__in=[other.pk for other in others[1:]]).update(joint_uid=None)
    told = "Said jointly with Ada Quay . One decision applies to all of them."
    assert told in said(admin_client.get(address_of(proposal)))
    accept_proposal(proposal=proposal, by="ines", unnamed=True)
    assert "Said jointly with Ada Quay . Direct" in said(admin_client.get(address_of(proposal)))
