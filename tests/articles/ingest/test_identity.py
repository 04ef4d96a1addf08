"""The table of addresses and declarations, and of which outlet and article a page is then."""

from dataclasses import replace
from typing import Any

import pytest

from articles.ingest.load import Outcome, load, load_document
from articles.models import UNKNOWN_OUTLET, Article, Outlet, Syndication
from articles.reading.documents import Document, hash_of
from articles.reading.page import DeclaredMetadata
from tests.articles.ingest.pages import PAGE, load_text, received
from tests.factories import OutletDomainFactory, OutletFactory, OutletNameFactory

pytestmark = pytest.mark.django_db

GAZETTE, PORTAL = "https://gazette.example/ferry", "https://portal.example/ferry"
CANONICAL = '<link rel="canonical" href="{}">'
OG_URL = '<meta property="og:url" content="{}">'
SITE_NAME = '<meta property="og:site_name" content="{}">'
PUBLISHER = (
    '<script type="application/ld+json">{{"@type": "NewsArticle", "publisher": {}}}</script>'
    '<script type="application/ld+json">'
    '{{"@type": "Organization", "@id": "#us", "name": "The Gazette", "url": "https://gazette.example/"}}</script>'
)
PARAGRAPH = (
    "<p>The {} ferry returns to the landing in the spring, and nobody could say who will steer it then.</p>"
)


DOMAINS = {"The Gazette": "gazette.example", "Portal": "portal.example", "Reuters": "reuters.example"}


def load_page(head: str, *, title: str = "The ferry is back", ferry: str = "old", **facts: Any) -> Outcome:
    """What becomes of a page of HTML with this head."""
    html = (
        f"<html><head>{head}</head><body><article><h1>{title}</h1>"
        f"{PARAGRAPH.format(ferry)}{PARAGRAPH.format(ferry * 2)}</article></body></html>"
    )
    return load_document(Document("page", hash_of(html.encode()), html, "text/html", **facts))


@pytest.fixture
def outlets() -> None:
    """Outlets that are known by name and domain."""
    for name, domain in DOMAINS.items():
        OutletDomainFactory(domain=domain, outlet=OutletFactory(name=name))


@pytest.mark.usefixtures("outlets")
@pytest.mark.parametrize(
    ("head", "facts", "outlet", "url"),
    [
        # What whoever submits a page says comes first.
        (CANONICAL.format(PORTAL), {"source_url": GAZETTE}, "The Gazette", GAZETTE),
        (CANONICAL.format(PORTAL), {"outlet": "The Gazette"}, "The Gazette", PORTAL),
        (SITE_NAME.format("Portal"), {"outlet": "the gazette"}, "The Gazette", ""),
        (SITE_NAME.format("Portal"), {"source_url": GAZETTE}, "The Gazette", GAZETTE),
        # A name that nobody has is another name of the outlet at the given address.
        ("", {"outlet": "The Gaz", "source_url": GAZETTE}, "The Gazette", GAZETTE),
        (CANONICAL.format(PORTAL), {"outlet": "The Gaz"}, "The Gaz", PORTAL),
        # Then the page's own address, before its names.
        (OG_URL.format(GAZETTE) + CANONICAL.format(PORTAL), {}, "The Gazette", GAZETTE),
        (OG_URL.format(GAZETTE) + SITE_NAME.format("Portal"), {}, "The Gazette", GAZETTE),
        (
            CANONICAL.format("https://news.gazette.example/a"),
            {},
            "The Gazette",
            "https://news.gazette.example/a",
        ),
        # A name that an outlet has is that outlet, also at an address that is new.
        (
            OG_URL.format("https://example.org/a") + SITE_NAME.format("The Gazette"),
            {},
            "The Gazette",
            "https://example.org/a",
        ),
        (
            OG_URL.format("https://example.org/a") + "<title>Ferry | Local | The Gazette</title>",
            {},
            "The Gazette",
            "https://example.org/a",
        ),
        (
            "<title>Ferry - The Gazette</title>",
            {"source_url": "https://example.org/a"},
            "The Gazette",
            "https://example.org/a",
        ),
        # A name in the title is not the outlet's if the page names another that is in its address.
        (
            OG_URL.format("https://dailyquay.example/a")
            + SITE_NAME.format("The Daily Quay")
            + "<title>Ferry | The Gazette</title>",
            {},
            "The Daily Quay",
            "https://dailyquay.example/a",
        ),
        # An agency's name at an address of somebody else is a credit.
        (
            OG_URL.format("https://example.org/a") + "<title>Ferry | Reuters</title>",
            {},
            "example.org",
            "https://example.org/a",
        ),
        (
            OG_URL.format("https://example.org/a")
            + SITE_NAME.format("Quay")
            + "<title>Ferry | Reuters</title>",
            {},
            "Quay",
            "https://example.org/a",
        ),
        (
            "<title>Ferry | Reuters</title>",
            {"source_url": "https://www.reuters.test/a"},
            "Reuters",
            "https://www.reuters.test/a",
        ),
        ("<title>Ferry | Reuters</title>", {}, "Reuters", ""),
        (
            SITE_NAME.format("Reuters"),
            {"source_url": "https://example.org/a"},
            "Reuters",
            "https://example.org/a",
        ),
        # The publisher's address says more than a canonical one elsewhere.
        (
            CANONICAL.format(PORTAL)
            + PUBLISHER.format('{"name": "Gaz", "url": "https://www.gazette.example"}'),
            {},
            "The Gazette",
            "",
        ),
        (CANONICAL.format(PORTAL) + PUBLISHER.format('[{"@id": "#us"}]'), {}, "The Gazette", ""),
        (CANONICAL.format(PORTAL) + PUBLISHER.format('"The Gazette"'), {}, "Portal", PORTAL),
        # Nobody's name or address is a new outlet's.
        (OG_URL.format("https://m.example.org/a"), {}, "example.org", "https://m.example.org/a"),
        (SITE_NAME.format("The Herald"), {}, "The Herald", ""),
        # Archived pages are the original's.
        ("", {"source_url": f"https://web.archive.org/web/20240301101500/{GAZETTE}"}, "The Gazette", GAZETTE),
    ],
)
def test_outlet_and_address(head: str, facts: dict[str, Any], outlet: str, url: str) -> None:
    given = {"declared": DeclaredMetadata(outlet=facts.pop("outlet"))} if "outlet" in facts else {}
    article = load_page(head, **given, **facts).article
    assert (article.outlet.name, article.source_url) == (outlet, url)
    assert Outlet.objects.count() == len({*DOMAINS, outlet})


@pytest.mark.usefixtures("outlets")
def test_a_printed_name_that_an_outlet_has_is_that_outlet() -> None:
    OutletFactory(name="Lindle & Shore")
    text = f"Lindle & Shore\n{PAGE.partition(chr(10))[2]}"
    assert load_text(text, source_url="https://example.org/bell").article.outlet.name == "Lindle & Shore"


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://example.org/bell", "example.org"),
        ("https://apnews.example/bell", "AP News"),
        ("", "AP News"),
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_a_printed_agency_at_an_address_of_somebody_else_is_a_credit(
    url: str, outlet: str, known: bool
) -> None:
    if known:
        OutletFactory(name="AP News")
    text = PAGE.replace("The Lindle Observer", "AP News")
    assert load_text(text, source_url=url).article.outlet.name == outlet


@pytest.mark.usefixtures("outlets")
def test_a_given_outlet_takes_no_domain_from_another() -> None:
    load_page(CANONICAL.format(PORTAL), declared=DeclaredMetadata(outlet="The Herald"))
    assert not Outlet.objects.get(name="The Herald").domains.exists()
    assert Outlet.objects.get(name="Portal").domains.count() == 1


@pytest.mark.parametrize(
    ("domains", "host", "head", "facts", "learned"),
    [
        # It bears the name that the page prints, as the domain that the outlet has does.
        (["gazette.example"], "gazette.test", SITE_NAME.format("The Gazette"), {}, True),
        (["gazette.example"], "news.gazette.co.test", SITE_NAME.format("Gazette Online"), {}, False),
        (
            ["gazette.example", "gazetteonline.example"],
            "gazetteonline.test",
            SITE_NAME.format("Gazette Online"),
            {},
            True,
        ),
        (["gazette.example"], "gazette.test", "", {"outlet": "The Gazette"}, True),
        ([], "thegazette.test", SITE_NAME.format("The Gazette"), {}, True),
        # A host of another name may be anybody's, and so may one of a namesake.
        (["gazette.example"], "portal.test", SITE_NAME.format("The Gazette"), {}, False),
        (
            ["gazette.example"],
            "portal.test",
            SITE_NAME.format("The Gazette"),
            {"outlet": "The Gazette"},
            False,
        ),
        (["gazette.example"], "countygazette.test", SITE_NAME.format("The Gazette"), {}, False),
        (["countygazette.example"], "gazette.test", SITE_NAME.format("The Gazette"), {}, False),
        (["gazette.example"], "thegazette.test", SITE_NAME.format("The Gazette"), {}, False),
        ([], "portal.test", SITE_NAME.format("The Gazette"), {}, False),
        # A name in the title may be a credit.
        (["gazette.example"], "gazette.test", "<title>Ferry | The Gazette</title>", {}, False),
    ],
)
def test_a_new_host_of_a_known_outlet_is_learned_only_if_it_bears_its_name(
    domains: list[str], host: str, head: str, facts: dict[str, str], learned: bool
) -> None:
    gazette = OutletFactory(name="The Gazette")
    OutletNameFactory(outlet=gazette, name="Gazette Online")
    for domain in domains:
        OutletDomainFactory(outlet=gazette, domain=domain)
    outcome = load_page(head, source_url=f"https://www.{host}/ferry", declared=DeclaredMetadata(**facts))
    assert outcome.article.outlet == gazette
    assert {*gazette.domains.values_list("domain", flat=True)} == {*domains, *([host] if learned else [])}
    assert (f"{host} is now one of the domains of The Gazette" in outcome.notes) == learned
    again = load_page("", title="Mayor resigns", ferry="mayor's", source_url=f"https://{host}/mayor")
    assert (again.article.outlet == gazette) == learned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{GAZETTE}?utm_source=x", "https://m.gazette.example/ferry?amp=1"),
        (GAZETTE, f"https://web.archive.org/web/20240301101500id_/{GAZETTE}"),
        (GAZETTE, "https://gazette-example.cdn.ampproject.org/c/s/gazette.example/amp/ferry"),
    ],
)
def test_a_page_and_its_versions_are_one_article(one: str, other: str) -> None:
    first = load_page(SITE_NAME.format("Gazette"), source_url=one).article
    outcome = load_page("<title>x</title>", title="The ferry, renamed", ferry="new", source_url=other)
    assert (outcome.article, outcome.action) == (first, "updated")


@pytest.mark.parametrize(
    "head",
    [CANONICAL.format("https://gazette.example"), CANONICAL.format("https://gazette.example/news")],
    ids=["a home page", "a section"],
)
def test_two_stories_that_declare_one_address_are_two_articles(head: str) -> None:
    head += SITE_NAME.format("Gazette")
    first = load_page(head).article
    outcome = load_page(head, title="Mayor resigns", ferry="mayor's")
    assert outcome.article != first
    assert outcome.article.outlet == first.outlet
    assert not outcome.article.source_url


def test_the_note_says_so() -> None:
    load_page(CANONICAL.format(GAZETTE))
    (note,) = load_page(CANONICAL.format(GAZETTE), title="Mayor resigns", ferry="mayor's").notes
    assert "is another article's" in note


@pytest.mark.parametrize(
    "change", [{"title": "The ferry, renamed"}, {"ferry": "new"}], ids=["another headline", "another text"]
)
def test_one_story_at_a_declared_address_is_one_article(change: dict[str, str]) -> None:
    first = load_page(CANONICAL.format(GAZETTE)).article
    assert load_page(CANONICAL.format(GAZETTE) + "<title>x</title>", **change).article == first


def test_a_declared_address_on_the_given_site_finds_the_article() -> None:
    first = load_page(CANONICAL.format(GAZETTE)).article
    facts = {"source_url": f"{GAZETTE}?from=letter"}
    assert load_page(CANONICAL.format(GAZETTE) + "<title>x</title>", **facts).article == first


def test_a_copy_elsewhere_is_another_article() -> None:
    first = load_page(CANONICAL.format(GAZETTE)).article
    second = load_page(CANONICAL.format(GAZETTE) + "<title>x</title>", source_url=PORTAL).article
    assert (second != first, second.source_url) == (True, PORTAL)
    assert Article.objects.count() == Outlet.objects.count() == 2


#: A text that does not say where it was printed.
BARE = PAGE.partition("\n")[2]
OBSERVER, HERALD = {"given_outlet": "The Lindle Observer"}, {"given_outlet": "The Herald"}


def load_again(**facts: Any) -> Article:
    """The article of the same text in other bytes."""
    return load(replace(received(BARE, **facts), sha256="0" * 64)).article


@pytest.mark.parametrize(
    "facts",
    [
        HERALD,
        {"declared": DeclaredMetadata(outlet="The Herald")},
        {"declared": DeclaredMetadata(host="herald.example")},
        {"source_url": "https://herald.example/bell"},
    ],
    ids=["given", "declared", "at another host", "at another address"],
)
def test_the_text_of_another_article_in_a_new_outlet_is_a_copy(facts: dict[str, Any]) -> None:
    first = load_text(BARE, **OBSERVER).article
    second = load_again(**facts)
    assert (second == first, second.outlet == first.outlet) == (False, False)
    copy = Syndication.objects.get()
    assert (copy.article, copy.other) == (second, first)


def test_a_text_of_no_known_outlet_is_the_one_article_that_has_it() -> None:
    first = load_text(BARE, **OBSERVER).article
    assert load_again() == first


def test_but_not_if_two_outlets_have_it() -> None:
    load_text(BARE, **OBSERVER)
    load(replace(received(BARE, **HERALD), sha256="1" * 64))
    assert load_again().outlet.name == UNKNOWN_OUTLET


def test_two_pages_of_one_day_with_one_heading_are_two_articles() -> None:
    head = SITE_NAME.format("Letters Post") + '<meta property="article:published_time" content="2024-03-01">'
    first, second = (load_page(head, title="Letters", ferry=ferry).article for ferry in ("old", "new"))
    assert first != second
    assert load_page(f"{head}<!-- again -->", title="Letters", ferry="new").article == second


def test_two_days_at_one_declared_address_are_two_articles() -> None:
    head = CANONICAL.format("https://gazette.example/briefing") + SITE_NAME.format("The Gazette")
    day = '<meta property="article:published_time" content="{}">'
    first, second = (
        load_page(head + day.format(each), title="Briefing", ferry=each).article
        for each in ("2024-03-01", "2024-03-02")
    )
    assert (first == second, first.outlet == second.outlet) == (False, True)
