"""The filters that name outlets: by slug, domain, Wikidata id or name."""

import pytest

from articles.models import Outlet
from tests.factories import (
    ArticleFactory,
    OutletDomainFactory,
    OutletFactory,
    RelatedLinkFactory,
    StatementFactory,
)
from tests.reader import Reader


@pytest.fixture
def gazette(db: None) -> Outlet:
    outlet = OutletFactory(name="The Évening Gazette", slug="the-evening-gazette", wikidata_id="Q42")
    OutletDomainFactory(outlet=outlet, domain="gazette.example")
    OutletDomainFactory(outlet=outlet, domain="evening.example")
    return outlet


@pytest.mark.parametrize(
    "text",
    [
        *("the-evening-gazette", "The-Evening-Gazette", "Q42", "q42", "gazette.example", "EVENING.example"),
        *("The Évening Gazette", "the evening gazette"),
    ],
)
def test_an_outlet_is_found_by_any_address_and_its_name(reader: Reader, gazette: Outlet, text: str) -> None:
    article = ArticleFactory(outlet=gazette)
    statement = StatementFactory(article=article)
    link = RelatedLinkFactory(outlet=gazette)
    StatementFactory()
    RelatedLinkFactory(related_list__article=article)
    assert reader.found("articles/", outlet=text) == [article.pk]
    assert reader.found("statements/", outlet=text) == [statement.pk]
    assert reader.found("related-links/", outlet=text) == [link.pk]


def test_a_slug_goes_before_a_name(reader: Reader) -> None:
    article = ArticleFactory(outlet=OutletFactory(name="The Times (of Quayside)", slug="the-times"))
    OutletFactory(name="The Times", slug="the-times-of-elsewhere")
    assert reader.found("articles/", outlet="the-times") == [article.pk]


def test_a_name_that_two_share_is_ambiguous(reader: Reader) -> None:
    OutletFactory(name="The Times", slug="the-times-of-elsewhere")
    OutletFactory(name="The Times", slug="quayside-times")
    assert reader.fault("articles/", outlet="The Times") == {
        "parameter": "outlet",
        "code": "ambiguous",
        "detail": "outlet=The Times may mean more than one outlet.",
        "candidates": [
            {"slug": "the-times-of-elsewhere", "name": "The Times"},
            {"slug": "quayside-times", "name": "The Times"},
        ],
    }


def test_an_unknown_outlet_lists_those_near(reader: Reader, gazette: Outlet) -> None:
    OutletFactory(name="Harbour News", slug="harbour-news")
    fault = reader.fault("statements/", outlet="evening-gazete")
    assert (fault["parameter"], fault["code"]) == ("outlet", "unknown")
    assert fault["candidates"] == [{"slug": "the-evening-gazette", "name": "The Évening Gazette"}]


def test_repeated_it_means_or(reader: Reader, gazette: Outlet) -> None:
    news = OutletFactory(slug="harbour-news")
    articles = [ArticleFactory(outlet=outlet) for outlet in (gazette, news)]
    ArticleFactory()
    found = reader.found("articles/", outlet=["harbour-news", "q42", "gazette.example"])
    assert found == [article.pk for article in reversed(articles)]


def test_outlets_of_a_domain(reader: Reader, gazette: Outlet) -> None:
    news = OutletDomainFactory(domain="news.example").outlet
    OutletFactory()

    def slugs(*domains: str) -> list[str]:
        return [row["slug"] for row in reader.rows("outlets/", domain=list(domains))]

    assert slugs("gazette.example") == ["the-evening-gazette"]
    assert slugs("gazette.example", "Evening.Example") == ["the-evening-gazette"], "once, not once a domain"
    assert sorted(slugs("evening.example", "news.example")) == sorted([news.slug, "the-evening-gazette"])


def test_an_unknown_domain_lists_those_near(reader: Reader, gazette: Outlet) -> None:
    fault = reader.fault("outlets/", domain="gazete.example")
    assert (fault["parameter"], fault["code"]) == ("domain", "unknown")
    assert fault["allowed"][0] == "gazette.example"
