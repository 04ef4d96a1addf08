"""A text that prints no headline is taken, and the headline is asked for."""

import pytest

from articles.ingest.load import LoadError
from articles.models import NO_HEADLINE
from articles.reading.page import DeclaredMetadata
from tests.articles.ingest.pages import ADDRESS, BODY, load_text
from tests.factories import OutletFactory

pytestmark = pytest.mark.django_db

GIVEN = {"given_outlet": "The Lindle Observer"}


def test_a_text_without_a_headline_is_taken() -> None:
    outcome = load_text(BODY, **GIVEN)
    assert (outcome.action, outcome.article.headline) == ("created", NO_HEADLINE)
    assert outcome.notes == ("it prints no headline: give the article's",)
    assert len(outcome.proposals) == 2
    assert load_text(BODY, **GIVEN).action == "unchanged"


@pytest.mark.parametrize("known", [False, True])
def test_the_name_of_its_outlet_is_no_headline(known: bool) -> None:
    if known:
        OutletFactory(name="Lindle & Shore")
    declared = DeclaredMetadata(outlet="" if known else "Lindle & Shore")
    article = load_text(f"Lindle & Shore\nMarch 14, 2025\n{BODY}", declared=declared).article
    assert (article.headline, article.outlet.name) == (NO_HEADLINE, "Lindle & Shore")
    assert str(article.published_on) == "2025-03-14"


def test_a_later_version_is_the_same_article() -> None:
    first = load_text(BODY, **GIVEN).article
    assert load_text(f"{BODY}And so on, as the village does whenever it can.\n", **GIVEN).article == first


@pytest.mark.parametrize("url", ["", ADDRESS])
def test_two_without_a_headline_are_two_articles(url: str) -> None:
    declared = DeclaredMetadata(outlet="The Lindle Observer", source_url=url)
    first = load_text(BODY, declared=declared).article
    other = "A wholly different piece, which only has the same lack of words over it, as briefs have.\n"
    assert load_text(other, declared=declared).article != first


def test_without_text_either_it_is_refused() -> None:
    with pytest.raises(LoadError, match="neither a headline nor any text"):
        load_text("March 14, 2025\n", **GIVEN)
