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
    ProposalFactory,
    RelatedLinkFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db

LISTS = [
    *("actors/actor", "actors/actormerge", "articles/article", "articles/capture", "articles/outlet"),
    "articles/outletmerge",
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


STATEMENTS = "/admin/articles/statement/"


def found(client: Client, **typed: str) -> set[str]:
    """The words of the statements that a list shows."""
    page = said(client.get(STATEMENTS, typed))
    return {words for words in ("In May", "In June", "Whenever") if f"“{words}”" in page}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"speaker": "quay"}, {"In May", "Whenever"}),
        ({"speaker": "bo-dock"}, {"In June"}),
        ({"date_after": "2024-05-07"}, {"In May", "In June"}),
        ({"date_before": "2024-05"}, {"In May"}),
        ({"date_after": "2024-06", "date_before": "2024"}, {"In June"}),
        ({"date_before": "2024-06", "speaker": "Ada Quay"}, {"In May"}),
        ({"date_before": "2024-06", "speaker": "Ada Quay", "q": "june"}, set()),
    ],
)
def test_statements_are_filtered_by_speaker_and_by_a_range_of_dates(
    admin_client: Client, typed: dict[str, str], expected: set[str]
) -> None:
    ada = ActorFactory(name="Ada Quay", slug="quay")
    bo = ActorFactory(name="Bo Dock", slug="bo-dock")
    StatementFactory(text="In May", speaker=ada, said_on="2024-05-07", said_precision="day")
    StatementFactory(text="In June", speaker=bo, said_on="2024-06-01", said_precision="month")
    StatementFactory(text="Whenever", speaker=ada)
    assert found(admin_client, **typed) == expected


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"speaker": "Nobody Here"}, "No actor is called “Nobody Here”."),
        ({"speaker": "a\x00b"}, "character"),
        ({"date_after": "May 2024"}, "Write a date as 2024-10-23, 2024-10 or 2024."),
        ({"date_before": "2024-02-30"}, "There is no such date as 2024-02-30."),
        ({"date_after": "2025", "date_before": "2024"}, "The range ends before it begins."),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_keeps_what_was_typed(
    admin_client: Client, typed: dict[str, str], message: str
) -> None:
    StatementFactory(text="In May")
    page = admin_client.get(STATEMENTS, {**typed, "kind__exact": "direct"})
    assert message in said(page)
    assert found(admin_client, **typed) == set()
    html = page.content.decode()
    # In the search box, and in both of these filters.
    assert html.count('<input type="hidden" name="kind__exact" value="direct">') == 3
    kept = {name: value for name, value in typed.items() if "\x00" not in value}
    assert all(f'name="{name}" value="{value}"' in html for name, value in kept.items())


def test_proposals_are_filtered_like_their_statements(admin_client: Client) -> None:
    for name, day in (("Ada Quay", "2024-05-07"), ("Bo Dock", "2024-06-07")):
        statement = StatementFactory(
            text=f"By {name}", speaker__name=name, said_on=day, said_precision="day", status="proposed"
        )
        ProposalFactory(statement=statement)
    for typed in ({"speaker": "Quay"}, {"date_before": "2024-05"}):
        page = said(admin_client.get("/admin/articles/proposal/", typed))
        assert ("By Ada Quay" in page, "By Bo Dock" in page) == (True, False)


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
