"""Merging two actors: a preview, a reason, and a way back."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from actors.models import Actor, ActorMerge, merge_actors
from newsdb.models import Change
from tests.admin_pages import messages, said, submit
from tests.factories import ActorFactory, BylineFactory, RoleFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair() -> tuple[Actor, Actor]:
    """Who stays, and who turns out to be the same, with two statements, a byline and a role."""
    survivor = ActorFactory(name="Ada Quay", slug="ada-quay")
    double = ActorFactory(name="Adah Quay", slug="adah-quay")
    for _ in range(2):
        StatementFactory(speaker=double)
    BylineFactory(author=double)
    RoleFactory(actor=double)
    return survivor, double


def page_of(record: Any, page: str) -> str:
    return f"/admin/actors/{record._meta.model_name}/{record.pk}/{page}/"


def test_a_merge_after_its_preview_and_the_way_back(admin_client: Client, pair: tuple[Actor, Actor]) -> None:
    survivor, double = pair
    preview = submit(admin_client, page_of(double, "merge"), survivor=survivor.pk, reason="One and the same.")
    page = said(preview)
    assert "Statements 2 to move" in page
    assert "Bylines 1 to move" in page
    assert "Roles 1 to move" in page
    assert "Will lead to ada-quay adah-quay" in page
    assert survivor.statements.count() == 0

    done = submit(admin_client, page_of(double, "merge"), preview, _merge="")
    assert survivor.statements.count() == 2
    assert "Adah Quay is merged into Ada Quay." in messages(done)[0]
    change: Any = Change.objects.of(double).first()
    assert (change.action, change.actor, change.reason) == ("merged", "admin", "One and the same.")
    merged_page = said(admin_client.get(page_of(double, "change")))
    assert "Merged into Ada Quay by admin" in merged_page
    assert "Merge into another" not in merged_page

    merge = ActorMerge.objects.get()
    assert "2 articles.Statement" in said(admin_client.get(page_of(merge, "change")))
    undone = submit(admin_client, page_of(merge, "undo"), reason="Two women after all.")
    assert "Undone: Adah Quay into Ada Quay." in messages(undone)
    assert (survivor.statements.count(), double.statements.count()) == (0, 2)
    again = submit(admin_client, page_of(merge, "undo"), reason="Once more.")
    assert "This merge has already been undone." in said(again)


def test_only_what_was_previewed_is_merged(admin_client: Client, pair: tuple[Actor, Actor]) -> None:
    survivor, double = pair
    other = ActorFactory(name="Bob")
    preview = submit(admin_client, page_of(double, "merge"), survivor=survivor.pk, reason="Same.")
    page = submit(admin_client, page_of(double, "merge"), preview, survivor=other.pk, _merge="")
    assert "Adah Quay into Bob" in said(page)
    assert not ActorMerge.objects.exists()


def test_what_cannot_be_merged_is_an_error_of_the_form(
    admin_client: Client, pair: tuple[Actor, Actor]
) -> None:
    survivor, double = pair
    port = ActorFactory(kind="organisation")
    page = page_of(double, "merge")
    assert "cannot be the same actor" in said(submit(admin_client, page, survivor=port.pk, reason="Same."))
    assert "Select a valid choice" in said(submit(admin_client, page, survivor=double.pk, reason="Same."))
    assert "This field is required" in said(submit(admin_client, page, survivor=survivor.pk, reason=" "))
    assert not ActorMerge.objects.exists()


def test_a_merge_is_not_edited_or_deleted(admin_client: Client, pair: tuple[Actor, Actor]) -> None:
    survivor, double = pair
    merge = ActorMerge.objects.create(survivor=survivor, merged=double, reason="Same.", by="ines", moved={})
    assert 'name="_save"' not in admin_client.get(page_of(merge, "change")).content.decode()
    assert admin_client.post(page_of(merge, "delete"), {"post": "yes"}).status_code == 403


def test_only_who_may_change_actors_may_merge(
    client: Client, django_user_model: Any, pair: tuple[Actor, Actor]
) -> None:
    reader = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    reader.user_permissions.add(*Permission.objects.filter(codename__startswith="view_actor"))
    client.force_login(reader)
    assert client.get(page_of(pair[1], "merge")).status_code == 403
    merge = ActorMerge.objects.create(survivor=pair[0], merged=pair[1], reason="Same.", by="ines", moved={})
    assert client.get(page_of(merge, "undo")).status_code == 403


def test_what_would_be_published_twice_is_chosen_on_the_page(
    admin_client: Client, pair: tuple[Actor, Actor]
) -> None:
    survivor, double = pair
    stays = StatementFactory(speaker=survivor, text="We sail")
    goes = StatementFactory(speaker=double, text="We sail", article=stays.article)
    page = page_of(double, "merge")
    preview = submit(admin_client, page, survivor=survivor.pk, reason="One and the same.")
    assert "Published twice after the merge" in said(preview)
    assert f"/statement/{goes.pk}/change/" in preview.content.decode()
    unchosen = submit(admin_client, page, preview, _merge="")
    assert "Choose one of each pair to retract" in said(unchosen)
    assert not ActorMerge.objects.exists()
    submit(admin_client, page, unchosen, _merge="", **{f"retract_{stays.pk}_{goes.pk}": str(goes.uid)})
    goes.refresh_from_db()
    assert (goes.status, goes.retraction_reason, goes.speaker) == ("retracted", "One and the same.", survivor)


def test_the_page_of_a_merge_has_its_way_back(admin_client: Client, pair: tuple[Actor, Actor]) -> None:
    survivor, double = pair
    merge = merge_actors(survivor=survivor, merged=double, reason="One and the same.", by="ines")
    page = admin_client.get(page_of(merge, "change")).content.decode()
    assert f'href="{page_of(merge, "undo")}"' in page
    assert f'href="{page_of(survivor, "change")}"' in page


def test_the_picker_of_a_merge_does_not_offer_the_actor_itself(
    admin_client: Client, pair: tuple[Actor, Actor]
) -> None:
    survivor, double = pair
    page = admin_client.get(page_of(double, "merge")).content.decode()
    (address,) = re.findall(r'data-ajax--url="([^"]+)"', page)
    asked = {"app_label": "actors", "model_name": "actormerge", "field_name": "survivor", "term": "quay"}
    offered = admin_client.get(f"{unescape(address)}&{urlencode(asked)}").json()["results"]
    assert [row["id"] for row in offered] == [str(survivor.pk)]
    for other in ("", "x", "9" * 30):
        assert (
            len(admin_client.get("/admin/autocomplete/", {**asked, "leave_out": other}).json()["results"])
            == 2
        )
