"""The page of an article, and of what is printed with it."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from articles.models import Article, RelatedLink, RelatedList
from newsdb.models import Change
from tests.admin_pages import said, submit
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    BylineFactory,
    OutletFactory,
    ProposalFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


def change_page(record: object) -> str:
    meta = record._meta  # type: ignore[attr-defined]
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])  # type: ignore[attr-defined]


def test_an_address_that_is_taken_names_the_article(admin_client: Client) -> None:
    held = ArticleFactory(source_url="https://gazette.example/ferry")
    response = submit(
        admin_client,
        "/admin/articles/article/add/",
        headline="Again",
        outlet=held.outlet_id,
        source_url="http://www.gazette.example/ferry/?utm_source=x",
    )
    assert f"This is already the address of {held}" in said(response)
    assert Article.objects.count() == 1


def test_authors_trade_places_and_a_new_one_goes_last(admin_client: Client) -> None:
    article = ArticleFactory()
    first, second = (BylineFactory(article=article, position=n) for n in range(2))
    third = ActorFactory()
    submit(
        admin_client,
        change_page(article),
        **{
            "bylines-0-position": 1,
            "bylines-1-position": 0,
            "bylines-2-author": third.pk,
            "bylines-2-position": "",
        },
    )
    assert [b.author for b in article.bylines.all()] == [second.author, first.author, third]
    assert [b.position for b in article.bylines.all()] == [0, 1, 2]


def test_one_place_for_two_is_an_error_of_the_form(admin_client: Client) -> None:
    article = ArticleFactory()
    for n in range(2):
        BylineFactory(article=article, position=n)
    response = submit(admin_client, change_page(article), **{"bylines-0-position": 1})
    assert "Two rows cannot have the same position, 1." in said(response)


def test_a_deleted_row_makes_room_for_another_in_its_place(admin_client: Client) -> None:
    related_list = RelatedListFactory()
    for n, title in enumerate("abc"):
        RelatedLinkFactory(related_list=related_list, position=n, title=title)
    submit(
        admin_client,
        change_page(related_list),
        **{"links-2-DELETE": "on", "links-0-position": 2, "links-1-position": 0},
    )
    links = RelatedLink.objects.filter(related_list=related_list).values_list("position", "title")
    assert list(links) == [(0, "b"), (2, "a")]


def test_a_link_takes_its_date_as_far_as_it_is_known(admin_client: Client) -> None:
    link = RelatedLinkFactory()
    submit(admin_client, change_page(link.related_list), **{"links-0-published": "2024-11"})
    link.refresh_from_db()
    assert (str(link.published_on), link.published_precision) == ("2024-11-01", "month")
    submit(admin_client, change_page(link), published="")
    link.refresh_from_db()
    assert (link.published_on, link.published_precision) == (None, "")


def test_the_page_leads_to_lists_captures_and_statements(admin_client: Client) -> None:
    article = ArticleFactory()
    related_list = RelatedListFactory(article=article)
    statement = StatementFactory(article=article, text="Nobody rows like that")
    page = admin_client.get(change_page(article)).content.decode()
    assert change_page(related_list) in page
    assert change_page(statement) in page
    assert "“Nobody rows like that”" in page
    assert f"/api/v1/articles/{article.uid}/" in page


def test_a_search_for_an_address_finds_the_article(admin_client: Client) -> None:
    article = ArticleFactory(source_url="https://gazette.example/ferry", headline="Found me")
    ArticleFactory(headline="Not me")
    page = said(admin_client.get("/admin/articles/article/", {"q": "http://gazette.example/ferry/#top"}))
    assert "Found me" in page
    assert "Not me" not in page
    assert article.headline in said(admin_client.get("/admin/articles/article/", {"q": "found"}))


def test_lists_of_an_article_are_taken_away_there(admin_client: Client) -> None:
    article = RelatedLinkFactory().related_list.article
    submit(admin_client, change_page(article), **{"related_lists-0-DELETE": "on"})
    assert not RelatedList.objects.exists()


def test_an_outlet_with_its_domains(admin_client: Client) -> None:
    submit(
        admin_client,
        "/admin/articles/outlet/add/",
        name="The Courier",
        slug="the-courier",
        **{"domains-0-domain": "courier.example"},
    )
    outlet = OutletFactory._meta.model.objects.get(slug="the-courier")
    assert [d.domain for d in outlet.domains.all()] == ["courier.example"]
    response = submit(
        admin_client,
        "/admin/articles/outlet/add/",
        name="Other",
        slug="other",
        **{"domains-0-domain": "courier.example"},
    )
    assert "already exists" in said(response)


def test_an_article_with_proposals_leads_to_its_review(admin_client: Client) -> None:
    article = ArticleFactory()
    assert "Review" not in said(admin_client.get(change_page(article))).partition("Add a statement")[2]
    proposal = ProposalFactory(statement__article=article)
    ProposalFactory()
    page = admin_client.get(change_page(article))
    assert "Review 1 proposal" in said(page)
    address = f"/admin/articles/proposal/next/?article={article.pk}"
    assert f'href="{address}"' in page.content.decode()
    assert admin_client.get(address, follow=True).context["proposal"] == proposal


def chosen_articles(*articles: Article, **given: object) -> dict[str, object]:
    return {"action": "set_outlet", "_selected_action": [article.pk for article in articles], **given}


@pytest.mark.django_db(transaction=True)  # PostgreSQL numbers changes at commit
def test_the_outlet_of_many_articles_is_set_at_once(admin_client: Client) -> None:
    herald = OutletFactory(name="The Herald", slug="herald")
    first, second, other = (StatementFactory().article for _ in range(3))
    page = admin_client.post("/admin/articles/article/", chosen_articles(first, second))
    assert str(first) in said(page)
    page = admin_client.post(
        "/admin/articles/article/", chosen_articles(first, second, outlet=herald.pk, reason="Their site.")
    )
    assert page.status_code == 302
    for article in (first, second):
        article.refresh_from_db()
        assert (article.outlet, article.statements.get().outlet) == (herald, herald)
        change = Change.objects.of(article).first()
        assert change is not None
        assert (change.actor, change.reason) == ("admin", "Their site.")
    other.refresh_from_db()
    assert other.outlet != herald


def test_who_may_only_look_sets_no_outlet(client: Client, django_user_model: Any) -> None:
    user = django_user_model.objects.create_user("cy", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    article, herald = ArticleFactory(), OutletFactory()
    client.post("/admin/articles/article/", chosen_articles(article, outlet=herald.pk, reason="Why"))
    article.refresh_from_db()
    assert article.outlet != herald


def test_an_outlet_is_set_only_with_a_reason_and_to_one_that_there_is(admin_client: Client) -> None:
    article = ArticleFactory()
    herald = OutletFactory()
    for given in ({"outlet": herald.pk, "reason": ""}, {"outlet": 0, "reason": "Why"}):
        page = admin_client.post("/admin/articles/article/", chosen_articles(article, **given))
        assert "nothing was saved" in said(page)
    article.refresh_from_db()
    assert article.outlet != herald
