"""The page on which a draft is checked."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from actors.models import Actor
from newsdb.api.request.throttling import counter
from tests.articles.pages.test_in_browser import HEAVIEST
from tests.factories import ActorFactory, StatementFactory

WORDS = "We will not close the old pier before May"


@pytest.fixture(autouse=True)
def statement(db: None) -> Any:
    ada = ActorFactory(name="Ada Pier", slug="ada")
    return StatementFactory(speaker=ada, text=WORDS, said_on="2024-03-05", said_precision="day")


def check(draft: str) -> Any:
    return Client(enforce_csrf_checks=True).post("/check/", {"draft": draft})


def test_the_form() -> None:
    response = Client().get("/check/")
    assert response.status_code == 200
    assert 'name="draft"' in response.content.decode()


def test_a_draft_with_every_kind_of_finding(statement: Any) -> None:
    response = check(
        f"“{WORDS},” Ada Pier said.\r\n\r\n“We will close the old pier before May,” Ada Pier said."
        f" “{WORDS},” Bo Quay said. “It is all a great big <lie>,” Ada Pier said."
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "4 quotations: 2 word for word, 1 altered, 1 not in this dataset." in page
    assert "Altered, a negation differs" in page
    assert "Word for word, from somebody else" in page
    assert "We will <del>not</del> close the old pier before May" in page
    assert "It is all a great big &lt;lie&gt;" in page
    assert f'href="/statements/{statement.uid}/"' in page
    assert 'Of <a href="/actors/ada/">Ada Pier</a> there is 1 statement, of 5 March 2024' in page
    assert "does not mean that nothing was said" in page


def test_a_paraphrase_is_no_quotation(statement: Any) -> None:
    StatementFactory(speaker=statement.speaker, text="The tide will be out by noon", kind="indirect")
    page = check("“The tide will be out by noon,” Ada Pier said.").content.decode()
    assert "Word for word, but printed as a paraphrase" in page
    assert 'class="differs"' in page
    assert 'class="held"' not in page


def test_a_draft_is_shown_once_whatever_stands_between_the_parts_of_a_quotation() -> None:
    draft = (
        "“We will not,” said Ada Pier of what some call “the so called old plan”, “close the old pier.” Yes."
    )
    page = check(draft).content.decode().split('<div class="draft">')[1].split("</div>")[0]
    assert html.unescape(re.sub("<sup>[^<]*</sup>|<[^>]*>", "", page)) == draft


PROSE = "The council met behind closed doors again, and the harbour master waited in the corridor. " * 5


def draft_of(quotations: int, between: str) -> str:
    """A draft of so many quotations, each with one word altered, with ``between`` before each."""
    said = "The ferry to island number {} is to {} every day of the winter, whatever the wind may be"
    ada = Actor.objects.get(slug="ada")
    for number in range(quotations):
        StatementFactory(
            speaker=ada, text=said.format(number, "sail"), said_on="2024-03-05", said_precision="day"
        )
    return between + between.join(
        f"“{said.format(number, 'run')},” Ada Pier said. " for number in range(quotations)
    )


def test_the_page_of_an_ordinary_draft_is_as_light_as_any() -> None:
    draft = draft_of(15, PROSE)
    assert 7_000 < len(draft) < 9_000
    page = check(draft).content
    assert page.count(b"Altered") == 15
    assert len(page) < HEAVIEST
    assert html.escape(draft) in page.decode()  # in the form, to go on writing


def test_of_a_long_draft_what_is_between_quotations_is_folded() -> None:
    draft = f"Once upon a time. {draft_of(3, PROSE * 60)} The end."
    page = check(draft).content
    assert len(draft) > 80_000
    assert len(page) < HEAVIEST / 3
    text = page.decode()
    assert text.count("characters without a quotation") == 3
    assert "Once upon a time." in text
    assert "The end." in text
    assert text.count("every day of the winter") == 2 * 3
    assert "paste it again" in text


def test_what_cannot_be_checked_is_given_back_whole() -> None:
    draft = "Die Fähre fährt nicht mehr, sagte sie, und das ist für uns ein Problem. " * 1_000
    response = check(draft)
    assert response.status_code == 422
    assert draft in response.content.decode()


def test_it_is_kept_nowhere() -> None:
    response = check(f"“{WORDS},” Ada Pier said.")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "/check/?" not in response.content.decode()


@pytest.mark.parametrize(
    ("draft", "status", "said"),
    [
        ("", 400, "Paste a draft with quotations in it."),
        ("a" * 100_001, 400, "100000"),
        ("Nobody said anything.", 200, "No quotation was found in this text."),
        (
            "Die Fähre fährt nicht mehr, und das ist für die Leute auf der Insel ein Problem, das sie nicht"
            " lösen können, sagte sie. „Wir kommen nicht mehr in die Stadt, die Kinder nicht zur Schule.“",
            422,
            "not in English",
        ),
    ],
)
def test_what_cannot_be_checked(draft: str, status: int, said: str) -> None:
    response = check(draft)
    assert response.status_code == status
    assert said in response.content.decode()


def test_a_retracted_statement_is_no_proof(statement: Any) -> None:
    StatementFactory(
        text="We sold the lighthouse to a private buyer",
        status="retracted",
        retracted_at="2025-01-01T00:00:00Z",
        retraction_reason="She never said it.",
    )
    page = check("“We sold the lighthouse to a private buyer,” Ada Pier said.").content.decode()
    assert "retracted on 1 January 2025: She never said it." in page


def test_checks_by_the_page_have_the_quota_of_checks(settings: Any) -> None:
    counter.reset()  # of what other tests asked within the minute
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "checks": 1}
    assert [check(f"“{WORDS},” Ada Pier said.").status_code for _ in range(2)] == [200, 429]
    assert Client().get("/check/").status_code == 200
