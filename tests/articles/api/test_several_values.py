"""Several speakers or outlets at once: a page of each, merged, is what a plain reading of all would give."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection

from actors.models import Actor
from articles.api.serializers import StatementSerializer
from articles.models import Outlet, Statement
from newsdb.api.choice import MOST_PAGES, choice_of
from tests.factories import ActorFactory, ArticleFactory, OutletFactory, StatementFactory
from tests.reader import Reader

pytestmark = pytest.mark.django_db

ORDER = ("-sort_date", "-id")


@pytest.fixture
def speakers() -> list[Actor]:
    """Six, with forty statements in two outlets between them; some days have several."""
    chance, outlets = Random(1), OutletFactory.create_batch(2)
    speakers: list[Actor] = ActorFactory.create_batch(6)
    articles = [
        ArticleFactory(
            outlet=chance.choice(outlets),
            published_on=date(2024, 1, 1) + timedelta(days=chance.randrange(8)),
            published_precision="day",
        )
        for _ in range(12)
    ]
    for _ in range(40):
        StatementFactory(article=chance.choice(articles), speaker=chance.choice(speakers))
    return speakers


def chosen(queryset: Any) -> list[int]:
    choice = choice_of(queryset)
    with connection.cursor() as cursor:
        cursor.execute(choice.sql, choice.params)
        return [pk for (pk,) in cursor.fetchall()]


@pytest.mark.parametrize("limit", [1, 5, 50])
@pytest.mark.parametrize("number", [1, 2, 3, 6])
def test_it_is_what_a_plain_reading_gives(speakers: list[Actor], number: int, limit: int) -> None:
    ids = [speaker.pk for speaker in speakers[:number]]
    for queryset in (
        Statement.objects.public().by_speaker(ids),
        Statement.objects.by_speaker(ids).in_outlet(Outlet.objects.values_list("pk", flat=True)),
        Statement.objects.by_speaker([*ids, ids[0]]).filter(date__gte=date(2024, 1, 4)),
    ):
        page = queryset.order_by(*ORDER)[:limit]
        assert chosen(page) == list(page.values_list("pk", flat=True))
        rows = StatementSerializer.rows(page)
        assert [row["id"] for row in rows] == list(page.values_list("pk", flat=True))


def test_pages_of_several_speakers_hold_each_of_their_statements_once(
    reader: Reader, speakers: list[Actor]
) -> None:
    pages = reader.pages("statements/", speaker=[each.slug for each in speakers[:3]], limit=4)
    found = [row["id"] for page in pages for row in page]
    theirs = Statement.objects.by_speaker(each.pk for each in speakers[:3]).order_by(*ORDER)
    assert found == list(theirs.values_list("pk", flat=True))


def test_a_page_is_read_for_each_where_an_index_has_them_in_order() -> None:
    def pages(queryset: Any) -> int:
        return choice_of(queryset).sql.count("AS page") - choice_of(queryset).sql.count("AS pages")

    listed = Statement.objects.public().order_by(*ORDER)
    assert pages(listed.by_speaker([1, 2, 3])[:5]) == 3
    assert pages(listed.in_outlet([1, 2])[:5]) == 2
    assert pages(listed.in_outlet([1, 2]).by_speaker([1, 2, 3])[:5]) == 2
    assert pages(listed.by_speaker(range(MOST_PAGES))[:5]) == MOST_PAGES
    assert pages(listed.by_speaker(range(MOST_PAGES + 1))[:5]) == 0
    assert pages(listed.by_speaker([1])[:5]) == 0
    assert pages(listed.by_speaker([1, 2])) == 0
    assert pages(listed.by_speaker([1, 2])[5:9]) == 0
    assert pages(listed.filter(article__in=[1, 2])[:5]) == 0
    with pytest.raises(EmptyResultSet):
        choice_of(listed.by_speaker([1, 2]).none()[:5])
