"""Paging: each row once and in order, whatever the pages' size and whatever happens between two of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from articles.models import Statement
from articles.services.retraction import retract_article, retract_statement
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    BylineFactory,
    OutletFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    StatementFactory,
)
from tests.reader import Reader

# Newest first, one of them on many rows; None is undated. A month sorts by its first day.
DATES = [
    (date(2024, 10, 23), "day"),
    *[(date(2024, 10, 1), "month"), (date(2024, 10, 1), "day")] * 2,
    (date(1000, 1, 1), "year"),
    *[(None, "")] * 3,
]
NAMES = ["Ada", "ada", "Ádá", "Zoe", "zoë", "Zoe", "Åke", "Ада", "Ада"]


def newest_first(make: Callable[..., Any], day: str, precision: str) -> list[int]:
    """Ids of rows with all of ``DATES``, made in another order, as they should be listed."""
    mixed = [*DATES[1::2], *DATES[::2]]
    made = [(known or date.min, make(**{day: known, precision: exact}).pk) for known, exact in mixed]
    return [pk for _, pk in sorted(made, reverse=True)]


def by_name(make: Callable[..., Any]) -> list[str]:
    """Slugs of rows with all of ``NAMES`` as they should be listed; those of one name by age."""
    made = [make(name=name, slug=f"row-{n}") for n, name in enumerate(NAMES)]
    return [row.slug for row in sorted(made, key=lambda row: (row.name_key, row.pk))]


def statements() -> list[int]:
    return newest_first(StatementFactory, "said_on", "said_precision")


def articles() -> list[int]:
    return newest_first(ArticleFactory, "published_on", "published_precision")


def outlets() -> list[str]:
    return by_name(OutletFactory)


def actors() -> list[str]:
    return by_name(ActorFactory)


def speakers() -> list[str]:
    return by_name(lambda **names: StatementFactory(speaker=ActorFactory(**names)).speaker)


def authors() -> list[str]:
    return by_name(lambda **names: BylineFactory(author=ActorFactory(**names)).author)


def related_links() -> list[int]:
    ids = []
    for article in ArticleFactory.create_batch(2):
        lists = [RelatedListFactory(article=article, position=n) for n in (1, 0)]
        for related_list in reversed(lists):
            links = [RelatedLinkFactory(related_list=related_list, position=n) for n in (1, 0)]
            ids += [link.pk for link in reversed(links)]
    return ids


LISTS: dict[str, Callable[[], list[Any]]] = {
    "statements/": statements,
    "articles/": articles,
    "outlets/": outlets,
    "actors/": actors,
    "speakers/": speakers,
    "authors/": authors,
    "related-links/": related_links,
}


@pytest.mark.parametrize("path", LISTS)
def test_pages_of_any_size_give_every_row_once_and_in_order(reader: Reader, path: str) -> None:
    expected = LISTS[path]()
    key = "id" if isinstance(expected[0], int) else "slug"
    for limit in range(1, len(expected) + 2):
        pages = reader.pages(path, limit=limit)
        assert [row[key] for page in pages for row in page] == expected
        assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)
        assert 0 < len(pages[-1]) <= limit


def test_filters_hold_on_every_page(reader: Reader) -> None:
    expected = statements()
    Statement.objects.filter(pk__in=expected[::2]).update(kind="partial")
    StatementFactory(kind="indirect")
    pages = reader.pages("statements/", limit=2, kind=["direct", "partial"], undated="include")
    assert [row["id"] for page in pages for row in page] == expected
    pages = reader.pages("statements/", limit=1, kind="partial", undated="only")
    assert [row["id"] for page in pages for row in page] == expected[6::2]


def test_twenty_five_rows_unless_asked_for_more(reader: Reader) -> None:
    StatementFactory.create_batch(101, speaker=None, article=ArticleFactory())
    assert [len(page) for page in reader.pages("statements/")] == [25, 25, 25, 25, 1]
    assert [len(page) for page in reader.pages("statements/", limit=100)] == [100, 1]
    assert reader.fault("statements/", limit=101)["code"] == "out_of_range"


def test_statements_come_and_go_between_two_pages(reader: Reader) -> None:
    ids = statements()
    first = reader.get("statements/", limit=3).json()
    assert [row["id"] for row in first["results"]] == ids[:3]
    StatementFactory(said_on=date(2025, 1, 1), said_precision="day")  # before the page that was read
    late = StatementFactory(said_on=date(2000, 1, 1), said_precision="day")  # after it
    for pk in (ids[2], ids[4]):  # the row that the cursor names, and one still to come
        retract_statement(statement=Statement.objects.get(pk=pk), reason="Misprint.", by="ines")
    seen, page = [], first
    while page["next"]:
        page = reader.client.get(page["next"].removeprefix(settings.PUBLIC_URL)).json()
        seen += [row["id"] for row in page["results"]]
    assert seen == [ids[3], late.pk, *ids[5:]]


def test_links_come_and_go_between_two_pages(reader: Reader) -> None:
    ids = related_links()
    first = reader.get("related-links/", limit=2).json()
    retract_article(
        article=RelatedLinkFactory._meta.model.objects.get(pk=ids[0]).related_list.article,
        reason="Misprint.",
        by="ines",
    )
    second = reader.client.get(first["next"].removeprefix(settings.PUBLIC_URL)).json()
    assert [row["id"] for row in second["results"]] == ids[4:6]


def test_a_cursor_serves_its_own_list_only(reader: Reader) -> None:
    statements()
    cursor = reader.get("statements/", limit=1).json()["next"].partition("cursor=")[2]
    for path, parameters in (("articles/", {}), ("statements/", {"kind": "direct"})):
        assert reader.fault(path, cursor=cursor, **parameters)["code"] == "other_list"
    assert reader.fault("statements/", cursor=cursor[:-1])["code"] == "invalid"


def test_next_is_on_the_public_address(reader: Reader, settings) -> None:
    settings.PUBLIC_URL = "https://news.example.org"
    statements()
    response = reader.client.get(
        "/api/v1/statements/?limit=2&kind=direct&kind=partial", HTTP_HOST="localhost"
    )
    following = response.json()["next"]
    assert following.startswith(
        "https://news.example.org/api/v1/statements/?limit=2&kind=direct&kind=partial&cursor="
    )
    assert response["Link"] == f'<{following}>; rel="next"'
    assert all(
        row["url"].startswith("https://news.example.org/api/v1/") for row in response.json()["results"]
    )
    assert "Link" not in reader.get("statements/")


@pytest.mark.parametrize("asked", [{}, {"q": "words"}, {"speaker": "ada"}, {"speaker": "ada", "q": "words"}])
@pytest.mark.parametrize("limit", [1, 2, 100])
def test_the_oldest_first_without_the_undated(reader: Reader, asked: dict[str, str], limit: int) -> None:
    ada = ActorFactory(slug="ada")
    dated = [(day, StatementFactory(speaker=ada, text="Words", said_on=day, said_precision=p).pk)
             for day, p in [*DATES[1::2], *DATES[::2]] if day]  # fmt: skip
    StatementFactory(speaker=ada, text="Words")
    pages = reader.pages("statements/", ordering="date", limit=limit, **asked)
    assert [row["id"] for page in pages for row in page] == [pk for _, pk in sorted(dated)]


def test_the_oldest_articles_first(reader: Reader) -> None:
    made = [ArticleFactory(published_on=day, published_precision=p).pk for day, p in reversed(DATES) if day]
    ArticleFactory()
    assert set(reader.found("articles/", ordering="date")) == set(made)
    assert reader.found("articles/", ordering="date")[0] == made[0]


def test_the_undated_have_no_place_among_the_oldest(reader: Reader) -> None:
    for undated in ("include", "only"):
        fault = reader.fault("statements/", ordering="date", undated=undated)
        assert (fault["parameter"], fault["code"]) == ("undated", "conflict")
