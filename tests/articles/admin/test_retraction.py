"""Withdrawing needs a reason, on the page of a record and for several chosen in a list."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from articles.models import Statement
from newsdb.models import Change
from tests.admin_pages import messages, said, submit
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/articles/statement/"


def page_of(record: Any, page: str) -> str:
    return reverse(f"admin:articles_{record._meta.model_name}_{page}", args=[record.pk])


def test_a_statement_is_retracted_and_restored_on_its_page(admin_client: Client) -> None:
    statement = StatementFactory()
    assert "Retract" in said(admin_client.get(page_of(statement, "change")))
    response = submit(admin_client, page_of(statement, "retract"), reason="Not his words.")
    statement.refresh_from_db()
    assert (statement.status, statement.retraction_reason) == ("retracted", "Not his words.")
    assert "Its address now says when and why." in messages(response)[0]
    assert "Not his words." in said(response)
    change: Any = Change.objects.of(statement).first()
    assert (change.action, change.actor, change.reason) == ("retracted", "admin", "Not his words.")
    assert Client().get(f"/api/v1/statements/{statement.uid}/").status_code == 410

    submit(admin_client, page_of(statement, "restore"), reason="They were, after all.")
    statement.refresh_from_db()
    assert (statement.status, statement.retracted_at) == ("published", None)


def test_an_article_goes_with_its_statements_and_comes_back_with_them(admin_client: Client) -> None:
    statement = StatementFactory()
    article = statement.article
    submit(admin_client, page_of(article, "retract"), reason="Withdrawn by the paper.")
    statement.refresh_from_db()
    assert statement.status == "retracted"
    response = submit(admin_client, page_of(statement, "restore"), reason="Why not.")
    assert "Its article is retracted: restore that first." in said(response)
    submit(admin_client, page_of(article, "restore"), reason="Printed again.")
    statement.refresh_from_db()
    assert statement.status == "published"


@pytest.mark.parametrize("reason", ["", "   ", "a\x00b", "x" * 2001])
def test_without_a_proper_reason_nothing_happens(admin_client: Client, reason: str) -> None:
    statement = StatementFactory()
    response = submit(admin_client, page_of(statement, "retract"), reason=reason)
    assert "Please correct the errors below" in said(response)
    statement.refresh_from_db()
    assert statement.status == "published"


def test_several_are_retracted_all_or_none(admin_client: Client) -> None:
    one, two, proposed = StatementFactory(), StatementFactory(), StatementFactory(status="proposed")

    def choose(*chosen: Any) -> Any:
        data = {"action": "retract", "index": 0, "_selected_action": [s.pk for s in chosen]}
        return admin_client.post(LIST, data)

    page = choose(one, proposed)
    assert str(one) in said(page)
    again = {"action": "retract", "_selected_action": [one.pk, proposed.pk], "reason": "Misread."}
    response = admin_client.post(LIST, again)
    assert "Only a published record can be retracted" in said(response)
    one.refresh_from_db()
    assert one.status == "published"

    choose(one, two)
    admin_client.post(LIST, {**again, "_selected_action": [one.pk, two.pk]})
    for statement in (one, two):
        statement.refresh_from_db()
        assert (statement.status, statement.retraction_reason) == ("retracted", "Misread.")
        change: Any = Change.objects.of(statement).first()
        assert (change.actor, change.reason) == ("admin", "Misread.")


def test_only_who_may_change_it_may_retract_it(client: Client, django_user_model: Any) -> None:
    statement = StatementFactory()
    reader = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_statement"))
    client.force_login(reader)
    page = said(client.get(page_of(statement, "change")))
    assert statement.text in page
    assert "Retract" not in page
    assert client.post(page_of(statement, "retract"), {"reason": "Because."}).status_code == 403
    statement.refresh_from_db()
    assert statement.status == "published"


def test_of_a_joint_statement_it_is_asked_how_much(admin_client: Client) -> None:
    first = StatementFactory(text="We sail.", joint_uid=uuid4())
    second, third = (
        StatementFactory(text="We sail.", joint_uid=first.joint_uid, article=first.article) for _ in "ab"
    )
    page = admin_client.get(page_of(first, "change")).content.decode()
    assert "Said together with" in page
    assert all(f'<a href="{page_of(other, "change")}">' in page for other in (second, third))
    unasked = submit(admin_client, page_of(first, "retract"), reason="Not hers.", joint="")
    assert "This field is required." in said(unasked)
    submit(admin_client, page_of(first, "retract"), unasked, joint="this")
    assert statuses(first, second, third) == ["retracted", "published", "published"]
    submit(admin_client, page_of(second, "retract"), reason="Nobody’s.", joint="all")
    assert statuses(first, second, third) == ["retracted", "retracted", "retracted"]
    submit(admin_client, page_of(third, "restore"), reason="His.")
    submit(admin_client, page_of(third, "retract"), reason="No, nobody’s.")
    assert statuses(third) == ["retracted"]


def test_all_rows_of_a_joint_statement_are_chosen_in_the_list(admin_client: Client) -> None:
    first = StatementFactory(text="We sail.", joint_uid=uuid4())
    second = StatementFactory(text="We sail.", joint_uid=first.joint_uid, article=first.article)
    chosen = {"action": "retract", "_selected_action": [first.pk, second.pk]}
    assert "Said together" not in said(admin_client.post(LIST, chosen))
    assert "Said together" in said(admin_client.post(LIST, {**chosen, "_selected_action": [first.pk]}))
    admin_client.post(LIST, {**chosen, "reason": "Made up."})
    assert statuses(first, second) == ["retracted", "retracted"]


def statuses(*statements: Statement) -> list[str]:
    return [Statement.objects.get(pk=statement.pk).status for statement in statements]
