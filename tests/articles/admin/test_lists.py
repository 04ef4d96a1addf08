"""Lists: what they show, what they find, and no query a row."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Statement
from newsdb.models import Change
from tests.admin_pages import said
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    BylineFactory,
    OutletDomainFactory,
    RelatedLinkFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db

LISTS = [
    *("actors/actor", "actors/actormerge", "articles/article", "articles/capture", "articles/outlet"),
    *("articles/relatedlink", "articles/relatedlist", "articles/statement"),
    *("newsdb/change", "newsdb/token", "auth/user"),
]


def fill() -> Any:
    """Rows for every list, each with its own relations, and an article that has some of everything."""
    text = f"Some words, {Statement.objects.count()}"
    statement = anchored_statement(text, said_on="2024-10-23", said_precision="day")
    article = statement.article
    BylineFactory(article=article, position=0)
    RelatedLinkFactory(related_list__article=article, related_list__position=0, outlet=article.outlet)
    ActorNameFactory(actor=statement.speaker)
    RoleFactory(actor=statement.speaker, organisation=ActorFactory(kind="organisation"))
    OutletDomainFactory(outlet=article.outlet)
    return article


def more(article: Any) -> None:
    """As many rows again, and more on the article's page and its speaker's."""
    speaker = Statement.objects.filter(article=article).first()
    assert speaker is not None
    for n in range(1, 4):
        fill()
        StatementFactory(article=article, speaker=ActorFactory())
        BylineFactory(article=article, position=n)
        RelatedLinkFactory(related_list__article=article, related_list__position=n)
        RoleFactory(actor=speaker.speaker, title=f"Role {n}", organisation=ActorFactory(kind="organisation"))
        ActorNameFactory(actor=speaker.speaker)


def queries(client: Client, address: str, **parameters: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address, parameters)
    assert response.status_code == 200, address
    return len(captured)


@pytest.mark.parametrize("name", LISTS)
def test_more_rows_cost_no_more_queries(admin_client: Client, name: str) -> None:
    article = fill()
    address = f"/admin/{name}/"
    queries(admin_client, address)
    before = queries(admin_client, address)
    more(article)
    assert queries(admin_client, address) == before


PAGES = ["articles/article", "actors/actor", "articles/relatedlist", "articles/statement"]


@pytest.mark.parametrize("page", PAGES)
def test_more_inline_rows_cost_no_more_queries(admin_client: Client, page: str) -> None:
    article = fill()
    statement: Any = Statement.objects.get()
    key = {
        "articles/article": article.pk,
        "actors/actor": statement.speaker_id,
        "articles/relatedlist": article.related_lists.get().pk,
        "articles/statement": statement.pk,
    }[page]
    address = f"/admin/{page}/{key}/change/"
    queries(admin_client, address)
    before = queries(admin_client, address)
    more(article)
    for n in range(10, 13):
        RelatedLinkFactory(
            related_list=article.related_lists.first(),
            position=n,
            outlet=ArticleFactory().outlet,
            target=article,
        )
    assert queries(admin_client, address) == before


def test_a_statement_reads_well(admin_client: Client) -> None:
    statement = anchored_statement("Some words", said_on="2024-10-01", said_precision="month", matched=True)
    row = f"“Some words” {statement.speaker} {statement.outlet} 2024-10 said Direct Matched Published"
    assert row in said(admin_client.get("/admin/articles/statement/"))
    printed = StatementFactory(
        text="x" * 300,
        speaker=None,
        speaker_label="A sailor",
        article__published_on="2024-01-01",
        article__published_precision="year",
    )
    row = f"{'x' * 109}…” A sailor {printed.article.outlet} 2024 published Direct Unchecked Published"
    assert row in said(admin_client.get("/admin/articles/statement/"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("elysee", True),
        ("ÉLYSÉE", True),
        ("zelenskyy", True),
        ("Nobody", False),
        ("!!!", False),
        ("a\x00b", True),
    ],
)
def test_statements_are_found_by_words_and_speakers(admin_client: Client, words: str, found: bool) -> None:
    statement = StatementFactory(text="From the Élysée", speaker__name="Volodymyr Zelensky")
    ActorNameFactory(actor=statement.speaker, name="Zelenskyy")
    page = said(admin_client.get("/admin/articles/statement/", {"q": words}))
    assert ("From the Élysée" in page) is found


def test_dates_lead_down_to_the_day(admin_client: Client) -> None:
    StatementFactory(text="In May", said_on="2024-05-07", said_precision="day")
    StatementFactory(text="In June", said_on="2024-06-07", said_precision="day")
    StatementFactory(text="Whenever")
    page = said(admin_client.get("/admin/articles/statement/", {"date__year": 2024, "date__month": 5}))
    assert "In May" in page
    assert "In June" not in page
    page = said(admin_client.get("/admin/articles/statement/", {"basis": "none"}))
    assert "Whenever" in page
    assert "In May" not in page


def test_autocomplete_finds_parts_of_other_names_and_none_that_was_merged(admin_client: Client) -> None:
    actor = ActorNameFactory(name="Zelenskyy").actor
    ActorFactory(name="Zelensky (double)", merged_into=actor)
    ActorFactory(name="Somebody Else")
    answer = admin_client.get(
        "/admin/autocomplete/",
        {"app_label": "articles", "model_name": "statement", "field_name": "speaker", "term": "élensk"},
    ).json()
    assert [row["id"] for row in answer["results"]] == [str(actor.pk)]


def test_a_picker_tells_two_of_one_name_apart(admin_client: Client) -> None:
    one, two = ActorFactory(name="Ada Quay", slug="quay"), ActorFactory(name="Ada Quay", slug="ada-quay-2")
    RoleFactory(actor=one, title="Clerk", started_on="2001-01-01", started_precision="year")
    RoleFactory(actor=one, title="Harbour master", started_on="2019-01-01", started_precision="year")
    StatementFactory(speaker=two)
    parameters = {"app_label": "articles", "model_name": "statement", "field_name": "speaker", "term": "quay"}
    answer = admin_client.get("/admin/autocomplete/", parameters).json()
    assert {row["id"]: row["text"] for row in answer["results"]} == {
        str(one.pk): "Ada Quay (quay, Harbour master, 0 statements)",
        str(two.pk): "Ada Quay (ada-quay-2, 1 statement)",
    }


def test_more_in_a_picker_cost_no_more_queries(admin_client: Client) -> None:
    parameters = {"app_label": "articles", "model_name": "statement", "field_name": "speaker", "term": "quay"}
    counts = []
    for number in (1, 8):
        for _ in range(number):
            RoleFactory(actor=ActorFactory(name="Ada Quay"))
        with CaptureQueriesContext(connection) as captured:
            admin_client.get("/admin/autocomplete/", parameters)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_first_page_says_what_waits(admin_client: Client) -> None:
    StatementFactory(status="proposed")
    StatementFactory()
    page = said(admin_client.get("/admin/"))
    assert "1 statements proposed" in page
    assert "1 published with words unchecked" in page
    assert "published with words mismatched" not in page


@pytest.mark.django_db(transaction=True)  # PostgreSQL takes a change’s snapshot at commit
def test_the_ledger_is_to_be_read_only(admin_client: Client) -> None:
    ActorFactory(name="Ada <b>Quay</b>")
    change: Any = Change.objects.first()
    page = admin_client.get(f"/admin/newsdb/change/{change.pk}/change/")
    assert "Ada &lt;b&gt;Quay&lt;/b&gt;" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert admin_client.get("/admin/newsdb/change/add/").status_code == 403
    assert admin_client.post(f"/admin/newsdb/change/{change.pk}/delete/", {"post": "yes"}).status_code == 403
