"""A printed link points to the article at its URL, whichever of them comes first."""

from collections.abc import Callable

import pytest

from articles.models import Article, RelatedLink
from newsdb.models import Change
from tests.factories import ArticleFactory, RelatedLinkFactory

pytestmark = pytest.mark.django_db

URL, VARIANT = "https://gazette.example/bell", "http://www.gazette.example/bell/?utm_source=mail#top"


def target_of(link: RelatedLink) -> Article | None:
    link.refresh_from_db()
    return link.target


def test_the_article_is_there_already() -> None:
    article = ArticleFactory(source_url=URL)
    assert target_of(RelatedLinkFactory(source_url=VARIANT)) == article


@pytest.mark.parametrize(
    "write",
    [
        lambda: ArticleFactory(source_url=VARIANT),
        lambda: Article.objects.bulk_create(
            [ArticleFactory.build(outlet=ArticleFactory().outlet, source_url=VARIANT)]
        ),
        lambda: Article.objects.filter(pk=ArticleFactory().pk).update(source_url=VARIANT),
    ],
    ids=["save", "bulk_create", "update"],
)
def test_the_article_comes_later(write: Callable[[], object]) -> None:
    links = [RelatedLinkFactory(source_url=URL), RelatedLinkFactory(source_url=URL)]
    other = RelatedLinkFactory(source_url=f"{URL}-again")
    assert [target_of(each) for each in links] == [None, None]
    write()
    article = Article.objects.with_source_url(URL).get()
    assert [target_of(each) for each in links] == [article, article]
    assert target_of(other) is None


def test_the_link_gets_its_url_later() -> None:
    article, link = ArticleFactory(source_url=URL), RelatedLinkFactory()
    RelatedLink.objects.filter(pk=link.pk).update(source_url=VARIANT)
    assert target_of(link) == article


def test_a_target_that_somebody_gave_stays() -> None:
    given = ArticleFactory()
    early = RelatedLinkFactory(source_url=URL, target=given)
    ArticleFactory(source_url=URL)
    late = RelatedLinkFactory(source_url=URL, target=given)
    assert [target_of(early), target_of(late)] == [given, given]


def test_without_a_url_nothing_is_linked() -> None:
    ArticleFactory(source_url="")
    link = RelatedLinkFactory(source_url="")
    ArticleFactory(source_url="")
    assert target_of(link) is None


@pytest.mark.django_db(transaction=True)
def test_a_target_that_was_found_is_in_the_history() -> None:
    link = RelatedLinkFactory(source_url=URL)
    article = ArticleFactory(source_url=URL)
    change = Change.objects.filter(uid=link.related_list.article.uid).latest("pk")
    assert (change.snapshot or {})["related_lists"][0]["links"][0]["target"]["uid"] == str(article.uid)
