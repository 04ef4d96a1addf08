"""A deletion that would take evidence with it is refused, with what stands in the way and what to do."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Statement
from newsdb.models import Change
from tests.admin_pages import said, submit
from tests.factories import (
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    OutletDomainFactory,
    RelatedLinkFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)

RETRACTED = {"status": "retracted", "retracted_at": "2026-01-01T00:00Z", "retraction_reason": "Made up."}


def page_of(record: Any, page: str = "delete") -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])


def test_evidence_stands_in_the_way(admin_client: Client) -> None:
    statement = anchored_statement("Some words")
    capture = statement.anchors.all()[0].capture
    cases = [
        (statement.article, str(statement), "Retract it instead"),
        (statement.speaker, str(statement), "merge one into the other"),
        (BylineFactory().author, "Byline", "merge one into the other"),
        (RoleFactory(organisation=statement.speaker).organisation, "Role", "merge one into the other"),
        (
            statement.article.outlet,
            str(statement.article),
            "An outlet cannot be deleted while it has articles",
        ),
        (capture, "Anchor", "Retract the statements instead"),
        (statement, "It is published", "Retract it instead"),
        (RelatedLinkFactory().related_list.article, "It is published", "Retract it instead"),
    ]
    for record, obstacle, instead in cases:
        page = said(admin_client.get(page_of(record)))
        assert "cannot be deleted:" in page
        assert obstacle in page
        assert instead in page
        admin_client.post(page_of(record), {"post": "yes"})
        assert type(record).objects.filter(pk=record.pk).exists()


def test_of_many_obstacles_some_are_shown(admin_client: Client) -> None:
    article = ArticleFactory()
    for _ in range(25):
        CaptureFactory(article=article)
    assert "and 6 more" in said(admin_client.get(page_of(article)))


def test_what_is_no_evidence_goes_with_a_reason(admin_client: Client) -> None:
    proposed = StatementFactory(status="proposed", text="Nobody said this")
    submit(admin_client, page_of(proposed), reason="A misreading.")
    assert not Statement.objects.exists()
    change: Any = Change.objects.of(proposed).first()
    assert (change.action, change.actor, change.reason) == ("deleted", "admin", "A misreading.")


def test_a_reason_that_cannot_be_kept_keeps_the_record(admin_client: Client) -> None:
    proposed = StatementFactory(status="proposed")
    response = submit(admin_client, page_of(proposed), reason="a\x00b")
    assert "Null characters are not allowed." in said(response)
    assert Statement.objects.exists()


def test_an_outlet_takes_along_only_what_is_its_own(admin_client: Client) -> None:
    outlet = OutletDomainFactory().outlet
    page = said(admin_client.get(page_of(outlet)))
    assert "Delete this outlet" in page
    submit(admin_client, page_of(outlet), reason="Entered twice.")
    assert not type(outlet).objects.filter(pk=outlet.pk).exists()
    change: Any = Change.objects.of(outlet).first()
    assert change.action == "deleted"


@pytest.mark.parametrize("factory", [ArticleFactory, StatementFactory])
def test_what_is_retracted_is_not_to_be_retracted_instead(admin_client: Client, factory: Any) -> None:
    record = factory(**RETRACTED)
    page = said(admin_client.get(page_of(record)))
    assert "It is already retracted" in page
    assert "Retract it instead" not in page
    admin_client.post(page_of(record), {"post": "yes", "reason": "Away with it."})
    assert type(record).objects.filter(pk=record.pk).exists()


def test_lists_offer_no_deletion_of_many(admin_client: Client) -> None:
    statement = StatementFactory(status="proposed")
    page = admin_client.get("/admin/articles/statement/").content.decode()
    assert "delete_selected" not in page
    data = {"action": "delete_selected", "_selected_action": [statement.pk], "post": "yes"}
    admin_client.post("/admin/articles/statement/", data)
    assert Statement.objects.filter(pk=statement.pk).exists()
