"""The first page: what there is to do, and the lists in the order of work, of what the user may see."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.admin_pages import said
from tests.clients import make_editor
from tests.factories import (
    ArticleFactory,
    CaptureFactory,
    ProposalFactory,
    RoleProposalFactory,
    StatementFactory,
    SyndicationFactory,
)

pytestmark = pytest.mark.django_db


def first_page(user: User) -> Any:
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client = Client()
    client.force_login(user)
    return client.get("/admin/")


def proposals(headline: str, count: int) -> None:
    article = ArticleFactory(headline=headline)
    capture = CaptureFactory(article=article)
    for _ in range(count):
        statement = StatementFactory(article=article, status="proposed")
        ProposalFactory(statement=statement, capture=capture)


def test_an_editor_sees_what_there_is_to_do_and_the_articles_with_most_of_it_first() -> None:
    proposals("Ferry runs again", 2)
    proposals("Bridge closed", 3)
    RoleProposalFactory()
    SyndicationFactory()
    StatementFactory(status="proposed")
    page = first_page(make_editor())
    text = said(page)
    done = ("5 proposals to review", "1 roles proposed", "1 copies proposed", "1 statements proposed by hand")
    assert all(each in text for each in done), text
    assert re.search(r"by article 3 Bridge closed .* 2 Ferry runs again", text)
    for task in page.context["tasks"]:
        for address in (task.address, *(row[3] for row in task.first)):
            assert page.client.get(address, follow=True).status_code == 200


def test_what_does_not_wait_is_not_listed() -> None:
    text = said(first_page(make_editor()))
    assert "Nothing waits." in text
    assert "roles proposed" not in text


def test_lists_stand_in_the_order_of_work_and_without_users_and_tokens() -> None:
    page = first_page(make_editor())
    shown = {
        section["name"]: [str(model["name"]) for model in section["models"]]
        for section in page.context["sections"]
    }
    assert shown == {
        "Review": ["Proposals", "Role proposals", "Syndications"],
        "Articles and statements": [
            *("Articles", "Statements", "Captures", "Outlets", "Outlet merges"),
            *("Related lists", "Related links"),
        ],
        "People and organisations": ["Actors", "Actor merges"],
        "History": ["Changes"],
    }
    links = re.findall(r'<ul id="dataset">.*?</ul>', page.content.decode(), re.DOTALL)[0]
    assert re.findall(r">([^<>\n]+)</a>", links) == [name for names in shown.values() for name in names]


def test_a_superuser_sees_users_and_tokens_last(admin_client: Client) -> None:
    page: Any = admin_client.get("/admin/")
    last = page.context["sections"][-1]
    assert last["name"] == "Access"
    assert {"Users", "Groups", "Tokens"} <= {str(model["name"]) for model in last["models"]}


def test_who_may_see_outlets_alone_is_told_of_nothing_else() -> None:
    proposals("Ferry runs again", 1)
    user = User.objects.create(username="olga")
    user.user_permissions.add(Permission.objects.get(codename="view_outlet"))
    page = first_page(user)
    assert "Ferry runs again" not in said(page)
    assert [[str(m["name"]) for m in s["models"]] for s in page.context["sections"]] == [["Outlets"]]
    assert "Latest changes" not in said(page)


def test_staff_without_permissions_is_told_whom_to_ask() -> None:
    assert "Ask to be added to the group “editors”" in said(first_page(User.objects.create(username="stan")))
