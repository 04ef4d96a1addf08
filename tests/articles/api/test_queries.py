"""As many queries for twenty rows as for one, and for a record with much around it as for one with little."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from articles.models import Statement
from newsdb.api.response.cache import response_cache
from tests.articles.api.routes import ROUTES, settle
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    ClaimReviewFactory,
    OutletDomainFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
)
from tests.reader import Reader


def queries(reader: Reader, path: str, **parameters: Any) -> int:
    with CaptureQueriesContext(connection) as context:
        response = reader.get(path, **parameters)
        assert response.status_code == 200
        assert response.getvalue()
    return len(context)


def surround(statement: Statement, number: int) -> None:
    """Add ``number`` of all that can be listed with a statement, its speaker, its article and its outlet."""
    article, speaker = statement.article, statement.speaker
    ClaimReviewFactory.create_batch(number, statement=statement)
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
    settle()
    return statement


def test_lists(reader: Reader) -> None:
    lists = [route for route in ROUTES if not route.detail]
    page = {"limit": 100}
    asked = {str(route): route.required or (page if "limit" in route.parameters else {}) for route in lists}
    surrounded_statement(1)
    few = {path: queries(reader, path, **parameters) for path, parameters in asked.items()}
    for _ in range(19):
        surrounded_statement(2)
    for path, parameters in asked.items():
        assert parameters != page or len(reader.get(path, **page).json()["results"]) >= 20
    assert {path: queries(reader, path, **parameters) for path, parameters in asked.items()} == few


def test_a_table(reader: Reader) -> None:
    path, by = "statements/facets/", {"by": "speaker*outlet", "limit": 100}
    StatementFactory()
    few = queries(reader, path, **by)
    StatementFactory.create_batch(20)
    assert queries(reader, path, **by) == few


def test_records(reader: Reader) -> None:
    records = [route for route in ROUTES if route.detail]
    little, much = surrounded_statement(1), surrounded_statement(5)
    reader.get(f"statements/{little.uid}/occurrences/")  # how common words are is remembered
    few = {str(route): queries(reader, route.path(little)) for route in records}
    assert {str(route): queries(reader, route.path(much)) for route in records} == few


@pytest.mark.django_db(transaction=True)
def test_a_statement(reader: Reader) -> None:
    """Three: the dataset's version, the statement and its speaker's roles. More if its JSON is not stored."""
    first, second, third = (surrounded_statement(2) for _ in range(3))
    queries(reader, f"statements/{first.uid}/")
    assert queries(reader, f"statements/{second.uid}/") == 3
    shown = reader.one(f"statements/{third.uid}/")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_document")
    response_cache.clear()
    assert reader.one(f"statements/{third.uid}/") == shown


def test_filters_by_name(reader: Reader) -> None:
    """Two look-ups a value at most (is it an address, and whose), and a page of each speaker."""
    statements = StatementFactory.create_batch(20)
    names = {
        "speaker": [statement.speaker.slug for statement in statements],
        "outlet": [statement.article.outlet.slug for statement in statements],
    }
    plain = queries(reader, "statements/", limit=100)
    assert queries(reader, "statements/", limit=100, **names) <= plain + 2 * 2 * 20 + 20
