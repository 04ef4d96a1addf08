"""A page is of the article and the outlet to which its address, its text or its names lead."""

from dataclasses import replace

import pytest

from articles.ingest.load import LoadError, load
from articles.models import UNKNOWN_OUTLET, Article, Outlet
from articles.reading.page import DeclaredMetadata
from tests.articles.ingest.pages import ADDRESS, CHANGED, PAGE, load_text, received
from tests.factories import ArticleFactory, OutletDomainFactory, OutletFactory

pytestmark = pytest.mark.django_db


class TestWhichArticle:
    """By address, else by its very text, else by headline and day."""

    def test_by_its_address_however_it_was_copied(self) -> None:
        article = ArticleFactory(source_url=ADDRESS)
        outcome = load_text(PAGE, source_url=f"{ADDRESS}/?utm_source=mail#top")
        assert outcome.article == article
        assert (outcome.action, Article.objects.count(), Outlet.objects.count()) == ("updated", 1, 1)

    def test_another_address_is_another_article(self) -> None:
        first = load_text(PAGE, source_url=ADDRESS).article
        second = load_text(CHANGED, source_url=f"{ADDRESS}-2").article
        assert first != second

    def test_by_its_text(self) -> None:
        first = load_text(PAGE).article
        again = load(
            replace(received(PAGE), sha256="0" * 64, declared=DeclaredMetadata(headline="Bell found"))
        )
        assert (again.article, again.action) == (first, "updated")

    def test_a_headline_of_another_day_is_another_article(self) -> None:
        first = load_text(PAGE).article
        assert load_text(CHANGED.replace("March 14", "March 21")).article != first

    def test_without_a_day_the_texts_have_to_have_something_in_common(self) -> None:
        first = load_text(PAGE.replace("March 14, 2025\n", "")).article
        again = load_text(CHANGED.replace("March 14, 2025\n", ""))
        assert again.article == first
        head, _, _ = PAGE.partition("The old bell")
        another = "A wholly different piece, which only has the same words over it, as briefings have.\n"
        assert load_text(head.replace("March 14, 2025\n", "") + another).article != first


class TestWhichOutlet:
    def test_the_one_that_publishes_at_its_address(self) -> None:
        owner = OutletDomainFactory(domain="lindle.example").outlet
        OutletFactory(name="The Lindle Observer")
        assert load_text(PAGE, source_url=ADDRESS).article.outlet == owner

    def test_else_the_one_of_this_name(self) -> None:
        outlet = OutletFactory(name="THE LINDLE OBSERVER")
        assert load_text(PAGE).article.outlet == outlet

    def test_else_a_new_one_with_its_domain(self) -> None:
        OutletFactory(slug="the-lindle-observer", name="Another")
        outlet = load_text(PAGE, source_url=ADDRESS).article.outlet
        assert (outlet.name, outlet.slug) == ("The Lindle Observer", "the-lindle-observer-2")
        assert outlet.domains.get().domain == "observer.lindle.example"

    def test_two_of_the_same_name_are_not_chosen_between(self) -> None:
        for name in ("The Lindle Observer", "the lindle observer"):
            OutletFactory(name=name)
        with pytest.raises(LoadError, match="may be more than one outlet"):
            load_text(PAGE)
        assert not Article.objects.exists()

    def test_without_any_it_is_unknown(self) -> None:
        article = load_text("The bell of Lindle Water is back\nIt hangs at the landing again.\n").article
        assert (article.outlet.name, article.outlet.slug) == (UNKNOWN_OUTLET, "unknown-outlet")
