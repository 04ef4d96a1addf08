"""Several speakers or outlets at once: a page of each, merged, is what a plain reading of all would give."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from actors.models import Actor
from articles.models import Outlet, Statement
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


@pytest.mark.parametrize("limit", [1, 5, 50])
@pytest.mark.parametrize("number", [1, 2, 3, 6])
def test_it_is_what_a_plain_reading_gives(speakers: list[Actor], number: int, limit: int) -> None:
    ids = [speaker.pk for speaker in speakers[:number]]
    for queryset in (
        Statement.objects.public().by_speaker(ids),
        Statement.objects.by_speaker(ids).in_outlet(Outlet.objects.values_list("pk", flat=True)),
        Statement.objects.by_speaker([*ids, ids[0]]).filter(date__gte=date(2024, 1, 4)),
        Statement.objects.none(),
    ):
        merged = queryset.first_of_each("speaker", [*ids, ids[0]], ORDER, limit)
        assert list(merged) == list(queryset.order_by(*ORDER)[:limit])


def test_pages_of_several_speakers_hold_each_of_their_statements_once(
    reader: Reader, speakers: list[Actor]
) -> None:
    pages = reader.pages("statements/", speaker=[each.slug for each in speakers[:3]], limit=4)
    found = [row["id"] for page in pages for row in page]
    theirs = Statement.objects.by_speaker(each.pk for each in speakers[:3]).order_by(*ORDER)
    assert found == list(theirs.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("column", "query"),
    [
        ("speaker_id", "speaker={0}&speaker={1}"),
        ("speaker_id", "outlet={2}&outlet={3}&speaker={0}&speaker={1}"),
        ("place", "place=Rome&place=Lima"),
    ],
)
def test_a_page_of_each_is_read_in_the_order_of_an_index(
    speakers: list[Actor], column: str, query: str
) -> None:
    for place in ("Rome", "Lima"):
        StatementFactory(place=place)
    slugs = [*(each.slug for each in speakers[:2]), *Outlet.objects.values_list("slug", flat=True)[:2]]
    with CaptureQueriesContext(connection) as queries:
        APIClient().get(f"/api/v1/statements/?{query.format(*slugs)}")
    read = [each["sql"] for each in queries if "sort_date" in each["sql"] and "LIMIT" in each["sql"]]
    assert len(read) == 2
    assert all(f'"{column}" = ' in sql for sql in read)
