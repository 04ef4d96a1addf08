"""As many queries for twenty rows as for one, and for a record with much around it as for one with little."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from articles.models import Statement
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    OutletDomainFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
)
from tests.reader import Reader

LISTS = {
    "statements/": 2,  # with anchors
    "articles/": 2,  # with bylines
    "outlets/": 2,  # with domains
    "actors/": 3,  # with names and roles
    "speakers/": 3,
    "authors/": 3,
    "related-links/": 1,
}
DETAILS = {
    "statements/{statement.pk}/": 3,  # with anchors and roles
    "articles/{statement.article.pk}/": 5,  # with bylines, captures, lists and their links
    "outlets/{statement.article.outlet.slug}/": 2,
    "actors/{statement.speaker.slug}/": 3,
}


def queries(reader: Reader, path: str, **parameters: int) -> int:
    with CaptureQueriesContext(connection) as context:
        assert reader.get(path, **parameters).status_code == 200
    return len(context)


def surround(statement: Statement, number: int) -> None:
    """Add ``number`` of all that can be listed with a statement, its speaker, its article and its outlet."""
    article, speaker = statement.article, statement.speaker
    OutletDomainFactory.create_batch(number, outlet=article.outlet)
    before = article.bylines.count()
    for position in range(before, before + number):
        BylineFactory(article=article, author=described(ActorFactory(), number), position=position)
        related_list = RelatedListFactory(article=article, position=position)
        RelatedLinkFactory.create_batch(
            number, related_list=related_list, outlet=article.outlet, target=article
        )
        CaptureFactory(article=article)
    described(speaker, number)


def described(actor: Actor, number: int) -> Actor:
    ActorNameFactory.create_batch(number, actor=actor)
    for _ in range(number):
        RoleFactory(actor=actor, organisation=ActorFactory(kind="organisation"))
    return actor


def surrounded_statement(number: int) -> Statement:
    article = ArticleFactory()
    parts = [f"{article.headline}: part {n}" for n in range(number)]
    statement = anchored_statement(*parts, article=article, said_on=date(2024, 10, 23), said_precision="day")
    surround(statement, number)
    return statement


@pytest.mark.parametrize("path", LISTS)
def test_lists(reader: Reader, path: str) -> None:
    surrounded_statement(1)
    assert queries(reader, path, limit=1) == LISTS[path]
    for _ in range(19):
        surrounded_statement(2)
    assert len(reader.get(path, limit=100).json()["results"]) >= 20
    assert queries(reader, path, limit=100) == LISTS[path]


@pytest.mark.parametrize("path", DETAILS)
def test_records(reader: Reader, path: str) -> None:
    for number in (1, 5):
        statement = surrounded_statement(number)
        assert queries(reader, path.format(statement=statement)) == DETAILS[path]


def test_a_hundred_speakers_and_outlets_by_slug(reader: Reader) -> None:
    """Two look-ups a value at most, all by index: is it an address, and whose."""
    statements = StatementFactory.create_batch(40)
    slugs = [statement.speaker.slug for statement in statements]
    outlets = [statement.article.outlet.slug for statement in statements]
    assert queries(reader, "statements/", speaker=slugs, outlet=outlets, limit=100) <= 4 * 40 + 2
