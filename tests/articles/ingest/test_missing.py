"""A text without a headline or an outlet is taken, and what is missing is asked for."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from articles.ingest.load import LoadError, load_document
from articles.models import NO_HEADLINE, UNKNOWN_OUTLET, Article, Outlet, Statement
from articles.reading.documents import Document, hash_of
from articles.reading.page import DeclaredMetadata
from articles.services.outlets import give_outlet
from tests.articles.ingest.pages import ADDRESS, BODY, load_text
from tests.factories import ActorFactory, OutletFactory

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


#: A text that names its headline, but not its outlet.
HEADED = f"The bell of Lindle Water is back\nMarch 14, 2025\n{BODY}"
ASKED = "nothing says who published it: give the article's outlet"


def handed_in(text: str = HEADED, **facts: Any) -> Document:
    return Document("the text", hash_of(text.encode()), text, "text/plain", **facts)


def test_a_text_without_an_outlet_is_taken() -> None:
    outcome = load_text(HEADED)
    assert (outcome.action, outcome.article.outlet.name, outcome.notes) == (
        "created",
        UNKNOWN_OUTLET,
        (ASKED,),
    )
    assert len(outcome.proposals) == 2
    again = load_text(HEADED)
    assert (again.action, again.notes) == ("unchanged", ())


def test_all_of_unknown_outlets_are_of_one_but_not_one_article() -> None:
    first, second = load_text(HEADED).article, load_text(HEADED.replace("eleven", "twelve")).article
    assert first != second
    assert first.outlet == second.outlet
    assert Outlet.objects.count() == 1


def test_of_an_unknown_outlet_nothing_is_published_by_itself() -> None:
    odo = ActorFactory(name="Odo Brannick")
    load_text(HEADED, publish=0.5)
    assert {each.status for each in Statement.objects.filter(speaker=odo)} == {"proposed"}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"declared": DeclaredMetadata(outlet="The Lindle Observer")}, "The Lindle Observer"),
        ({"source_url": ADDRESS}, "observer.lindle.example"),
    ],
)
def test_an_outlet_that_is_told_later_is_taken(told: dict[str, Any], name: str) -> None:
    article = load_document(handed_in()).article
    told_now = load_document(handed_in(**told))
    assert (told_now.action, told_now.article, told_now.notes) == ("updated", article, ())
    article.refresh_from_db()
    assert article.outlet.name == name
    assert {each.outlet for each in article.statements.all()} == {article.outlet}
    assert load_document(handed_in(**told)).action == "unchanged"


def test_an_outlet_that_is_known_is_not_given() -> None:
    article = load_text(BODY, **GIVEN).article
    with pytest.raises(ValidationError, match="has an outlet by now: The Lindle Observer"):
        give_outlet(article=article, name="The Herald", by="ines")
    assert Article.objects.get().outlet.name == "The Lindle Observer"


def test_a_single_line_of_nobody_is_refused() -> None:
    with pytest.raises(LoadError, match="does not name its outlet"):
        load_text("The bell is back.")
    assert not Outlet.objects.exists()
