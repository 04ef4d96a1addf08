"""However much there is, a page stays small: it shows the first of it, and leads to the rest."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client

from articles.models import Outlet, Statement
from newsdb.ledger import attributed
from tests.articles.pages.reading import Page
from tests.articles.pages.test_in_browser import HEAVIEST
from tests.articles.pages.test_lists import said
from tests.articles.pages.test_statement import of, see
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AnchorFactory,
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    ClaimReviewFactory,
    OutletDomainFactory,
    OutletFactory,
    OutletNameFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    RoleFactory,
    StatementFactory,
)
from tests.test_every_page import BROWSER

pytestmark = pytest.mark.django_db
LONG = "The ferry that runs to the islands hums as it has always hummed, and so it will. " * 25
LONG_NAME = "Ada Lind of the Harbour Council and of the Islands " * 3


def light(client: Client, path: str, status: int = 200) -> Page:
    """The page at ``path``, which is not heavier than any may be."""
    page = see(client, path, status)
    assert len(client.get(path).content) < HEAVIEST
    return page


def shown(page: Page, words: str) -> int:
    """How many links of the page begin with ``words``."""
    return sum(text.startswith(words) for text in page.links)


def test_a_statement_that_many_places_print(client):
    ada = ActorFactory(name="Ada Lind", slug="ada-lind")
    statement = said("The ferry runs again from Monday.", speaker=ada)
    outlet = statement.article.outlet
    for _ in range(150):
        said(statement.text, speaker=ada, article=ArticleFactory(outlet=outlet, headline="Back again"))
    for number in range(30):
        ClaimReviewFactory(statement=statement, publisher=f"Desk {number}")
    for number in range(20):
        RoleFactory(actor=ada, title=f"Keeper {number} of the harbour")
    page = light(client, of(statement))
    api = f"/api/v1{of(statement)}"
    assert page.links["The 100 closest"] == f"{api}occurrences/"
    assert page.links["All 30 checks"] == f"{api}?fields=claim_reviews"
    assert page.links["15 more"] == f"{api}?fields=speaker_roles"
    assert page.text.count("Back again Ada Lind") == 10
    assert shown(page, "Desk ") == 10
    for path in (page.links["The 100 closest"], page.links["All 30 checks"]):
        assert client.get(path).status_code == 200


@pytest.mark.django_db(transaction=True)  # what one transaction changes is one version
def test_a_statement_that_was_corrected_often(client):
    statement = said("The ferry runs again from Monday.")
    for number in range(30):
        with attributed(by="ines", reason=f"{number} {LONG}"[:2000]):
            fields = dict.fromkeys(("place", "audience", "speaker_label"), f"{number} {LONG}"[:200])
            said_on = date(2024, 1, number + 1)
            Statement.objects.filter(pk=statement.pk).update(said_on=said_on, cue=f"said {number}", **fields)
    page = light(client, of(statement))
    assert page.links["All 31 versions"] == f"/api/v1{of(statement)}history/"
    assert page.text.count("Corrected: ") == 10
    assert page.text.count(" became ") == 50
    assert page.text.count("2 more") == 10
    assert client.get(page.links["All 31 versions"]).status_code == 200


def test_a_long_quotation_of_many_parts_and_many_speakers(client):
    article = ArticleFactory(outlet__text_policy="full")
    text = "\n".join(f"“{LONG}”" for _ in range(20))
    capture = CaptureFactory(article=article, words=text)
    joint = uuid4()
    words = " […] ".join([LONG] * 20)
    first = said(words, article=article, joint_uid=joint)
    for position in range(20):
        start = position * (len(LONG) + 3) + 1
        AnchorFactory(statement=first, capture=capture, position=position, start=start, exact=LONG)
    for number in range(30):
        said(words, article=article, joint_uid=joint, speaker=ActorFactory(name=f"Bob {number} {LONG_NAME}"))
    page = light(client, of(first))
    api = f"/api/v1{of(first)}"
    assert page.links["All of the words"] == f"{api}?fields=text"
    assert page.links["21 more"] == f"{api}?fields=speaker,joint_with"
    assert page.links["10 more"] == f"{api}?fields=anchors"
    assert page.links["BibTeX"] == f"{api}?cite=bibtex"
    for path in (page.links["21 more"], page.links["BibTeX"]):
        assert client.get(path).status_code == 200
    assert "and 21 more" in light(client, f"{of(first)}embed/").text
    assert "and 26 more" in light(client, "/statements/").text
    light(client, "/")


def test_an_article_with_hundreds_of_statements(client):
    article = ArticleFactory(deck=LONG)
    capture = CaptureFactory(article=article, words="“It hums.” " * 200)
    for number in range(120):  # what was recorded first stands last
        statement = said("It hums.", article=article, place=f"Pier {number}")
        AnchorFactory(statement=statement, capture=capture, start=(150 - number) * 11 + 1, exact="It hums.")
    last = statement
    said("Nobody knows where this stands.", article=article)
    for number in range(40):
        BylineFactory(article=article, position=number, printed_name=f"Writer {number}")
    for number in range(12):
        links = RelatedListFactory(article=article, title=f"List {number}", position=number)
        for position in range(25 if number < 2 else 1):
            RelatedLinkFactory(related_list=links, position=position, title=f"Link {position}")
    page = light(client, f"/articles/{article.uid}/")
    assert page.links["All 121 statements, newest first"] == f"/statements/?article={article.uid}"
    assert page.text.count("It hums.") == 25
    assert page.links["It hums."] != of(last)
    order = [
        attributes["href"]
        for tag, attributes in page.tags
        if tag == "a" and "/statements/" in attributes["href"]
    ]
    assert of(last) == next(path for path in order if path.count("-") == 4)
    assert "Nobody knows" not in page.text
    assert page.links["30 more"] == f"/api/v1/articles/{article.uid}/?fields=bylines"
    assert page.links["15 more"] == page.links["All 12 lists printed with it"]
    assert client.get(page.links["15 more"]).json()["results"][0]["title"] == "Link 0"


def test_an_actor_with_many_names_roles_and_outlets(client):
    ada = ActorFactory(name="Ada Lind", slug="ada-lind")
    for number in range(40):
        ActorNameFactory(actor=ada, name=f"Ada {number} {LONG_NAME}")
        RoleFactory(
            actor=ada,
            title=f"Keeper {number}",
            started_on=date(1980 + number, 1, 1),
            started_precision="year",
        )
    for number in range(60):
        outlet = OutletFactory(name=f"Paper {number}", slug=f"paper-{number}")
        day = f"{2015 + number // 12}-{number % 12 + 1:02}-03"
        said(f"It hums {number}. {LONG}", day, speaker=ada, article=ArticleFactory(outlet=outlet))
    page = light(client, "/actors/ada-lind/")
    assert page.links["30 more"] == "/api/v1/actors/ada-lind/?fields=names"
    assert page.links["All 40 roles"] == "/api/v1/actors/ada-lind/?fields=roles"
    assert "Keeper 39" in page.text
    assert "Keeper 27" not in page.text
    assert shown(page, "Paper ") == 20  # with the ten of the newest statements
    table = client.get(page.links["50 more"]).json()
    assert len(table["results"]) == 60
    assert page.links["2019"] == "/statements/?speaker=ada-lind&date=2019"


def test_an_outlet_with_many_names_domains_and_speakers(client):
    outlet = OutletFactory(name="The Gazette", slug="the-gazette")
    for number in range(30):
        OutletNameFactory(outlet=outlet, name=f"Gazette {number} {LONG_NAME}")
        OutletDomainFactory(outlet=outlet, domain=f"{'a' * 60}.gazette{number}.example")
        said(f"It hums. {LONG}", article=ArticleFactory(outlet=outlet, headline=f"Ferry {LONG[:400]}"))
    page = light(client, "/outlets/the-gazette/")
    more = [path for text, path in page.links.items() if text == "20 more"]
    assert len(more) == 1
    assert "by=speaker" in more[0]
    assert page.text.count("and 20 more") == 3
    assert page.links["All articles of The Gazette"] == "/api/v1/articles/?outlet=the-gazette"
    assert ", …" in light(client, "/outlets/").text


def test_lists_show_no_more_rows_than_the_api_does_by_itself(client):
    for number in range(60):
        actor = ActorFactory(name=f"Ada {number:02} {LONG_NAME}", slug=f"{'a' * 60}-{number}")
        RoleFactory(actor=actor, title=LONG[:300])
        outlet = OutletFactory(name=f"Paper {number:02} {LONG_NAME}", slug=f"{'b' * 60}-{number}")
        day = f"{2021 + number // 20}-{number % 12 + 1:02}-03"
        said(f"It hums {number}. {LONG}", day, speaker=actor, article=ArticleFactory(outlet=outlet))
    assert Outlet.objects.count() == 60
    for path, words, following in (
        ("/statements/?limit=100", "It hums", "More statements"),
        ("/statements/?limit=100&q=ferry+hums+islands&date_after=2001", "It hums", "More statements"),
        ("/actors/?limit=100", "Ada", "More names"),
        ("/outlets/?limit=100", "Paper", "More outlets"),
    ):
        seen: set[str] = set()
        page = light(client, path)
        assert {25, 37} & {shown(page, words)}, path  # with those of the facet
        while True:
            seen |= {text[:10] for text in page.links if text.startswith(words)}
            if following not in page.links:
                break
            page = light(client, page.links[following])
        assert len(seen) == 60, path


@pytest.mark.parametrize("number", [3, 8, 40])
def test_a_query_that_every_link_would_repeat(client, number):
    """The filters are in each link to narrow the list: the longer they are, the fewer links there are."""
    for place in range(60):
        speaker = ActorFactory(name=f"Ada {place}", slug=f"ada-{place}-{'a' * 80}")
        outlet = OutletFactory(slug=f"paper-{place}")
        day = f"{2021 + place // 20}-{place % 12 + 1:02}-03"
        said(f"It hums. {LONG}", day, speaker=speaker, article=ArticleFactory(outlet=outlet))
    query = urlencode([("speaker", f"ada-{place}-{'a' * 80}") for place in range(number)])
    page = light(client, f"/statements/?{query}")
    assert f"{number} statements, newest first" in page.text
    assert page.links["as CSV"] == f"/api/v1/statements/export/?{query}&format=csv"
    nothing = light(client, f"/statements/?{query}&kind=indirect")
    assert "Nothing found." in nothing.text
    response = client.get(f"/statements/?{query}")
    assert len(response.get("Link", "")) < 2_000


def test_a_refusal_of_many_names(client):
    for number in range(30):
        ActorFactory(name=f"Ada Lind {number}", slug=f"ada-lind-{number}-{'a' * 60}")
    query = urlencode([("speaker", f"ada lnd {number}") for number in range(30)])
    page = light(client, f"/statements/?{query}&kind=loud&{'&'.join(f'x{n}=1' for n in range(100))}", 400)
    assert "There is no parameter" in page.text
    light(client, f"/statements/?{query}&source_url=http://a.example/{'a' * 1800}", 400)


def test_the_api_in_a_browser_shows_the_beginning(client):
    for number in range(100):
        StatementFactory(text=f"It hums {number}. {LONG[:1000]}")
    headers = {"accept": BROWSER}
    see(client, "/statements/")
    response: Any = client.get("/api/v1/statements/?limit=100", headers=headers)
    assert len(response.content) < HEAVIEST
    page = Page(response.content.decode())
    whole = client.get(page.links["All of it, as JSON"], headers=headers)
    assert whole["Content-Type"] == "application/json"
    assert len(whole.json()["results"]) == 100
    assert (
        "This is the beginning"
        not in client.get("/api/v1/statements/?limit=2", headers=headers).content.decode()
    )
