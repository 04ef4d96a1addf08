"""The page of an actor: names, roles and addresses."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from actors.models import Actor, ActorSlug, Role
from newsdb.models import Change
from tests.admin_pages import messages, said, submit
from tests.factories import ActorFactory, ActorNameFactory, RoleFactory, StatementFactory

pytestmark = pytest.mark.django_db

ADD = "/admin/actors/actor/add/"


def page_of(actor: Actor, page: str = "change") -> str:
    return f"/admin/actors/actor/{actor.pk}/{page}/"


@pytest.mark.django_db(transaction=True)
def test_an_actor_with_names_and_roles_in_one_go(admin_client: Client) -> None:
    port = ActorFactory(kind="organisation", name="Port Authority")
    submit(
        admin_client,
        ADD,
        name="Ada Quay",
        slug="ada-quay",
        wikidata_id="",
        **{
            "names-0-name": "A. Quay",
            "roles-0-title": "Harbour master",
            "roles-0-organisation": port.pk,
            "roles-0-started": "2019",
            "roles-0-ended": "2024-03",
        },
    )
    actor = Actor.objects.get(slug="ada-quay")
    assert (actor.kind, actor.wikidata_id) == ("person", None)
    assert [name.name for name in actor.names.all()] == ["A. Quay"]
    role: Any = Role.objects.values().get()
    assert (str(role["started_on"]), role["started_precision"]) == ("2019-01-01", "year")
    assert (str(role["ended_on"]), role["ended_precision"]) == ("2024-03-01", "month")
    change: Any = Change.objects.of(actor).get()
    assert (change.version, change.actor) == (1, "admin")


def test_dates_of_a_role_are_shown_as_they_are_known(admin_client: Client) -> None:
    role = RoleFactory(started_on="2019-01-01", started_precision="year")
    html = admin_client.get(page_of(role.actor)).content.decode()
    assert 'name="roles-0-started" value="2019"' in html
    submit(admin_client, page_of(role.actor), **{"roles-0-started": ""})
    role.refresh_from_db()
    assert (role.started_on, role.started_precision) == (None, "")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"roles-0-started": "2024-05", "roles-0-ended": "2024-04"}, "A role cannot end before it starts."),
        ({"roles-0-started": "May 2024"}, "Write a date as 2024-10-23, 2024-10 or 2024."),
        ({"slug": "Ada Quay"}, "Lower-case words joined by hyphens."),
        (
            {"slug": "q12"},
            "A slug cannot be export, or q followed by digits, which is reserved for Wikidata ids.",
        ),
        ({"slug": "taken"}, "This address belongs to Somebody; addresses are never reused."),
        ({"wikidata_id": "12"}, "Q followed by a number"),
        ({"names-0-name": "A", "names-1-name": "A"}, "Please correct the duplicate"),
    ],
)
def test_what_cannot_be_is_an_error_of_the_form(
    admin_client: Client, typed: dict[str, str], answer: str
) -> None:
    ActorSlug.objects.create(slug="taken", actor=ActorFactory(name="Somebody"))
    filled = {"name": "Ada Quay", "slug": "ada-quay", "roles-0-title": "Harbour master", **typed}
    if "names-1-name" in typed:
        filled["names-TOTAL_FORMS"] = "2"
    assert answer in said(submit(admin_client, ADD, **filled))
    assert not Actor.objects.filter(name="Ada Quay").exists()


def test_a_new_address_leaves_the_old_one_working(admin_client: Client) -> None:
    actor = ActorFactory(slug="ada-old")
    response = submit(admin_client, page_of(actor), slug="ada-new")
    assert "“ada-old” still redirects to it." in " ".join(messages(response))
    assert set(actor.slugs.values_list("slug", flat=True)) == {"ada-old", "ada-new"}
    assert Client().get("/api/v1/actors/ada-old/").status_code in (200, 301, 308)


def test_an_address_may_be_added_and_none_changed_or_taken_away(admin_client: Client) -> None:
    actor = ActorFactory(slug="ada-quay")
    html = admin_client.get(page_of(actor)).content.decode()
    assert "slugs-0-DELETE" not in html
    assert 'name="slugs-0-slug"' not in html
    submit(admin_client, page_of(actor), **{"slugs-1-slug": "ada-of-the-quay", "slugs-0-DELETE": "on"})
    assert set(actor.slugs.values_list("slug", flat=True)) == {"ada-quay", "ada-of-the-quay"}


def test_an_alias_that_is_taken_is_an_error_of_the_form(admin_client: Client) -> None:
    actor, other = ActorFactory(), ActorFactory(slug="bob")
    response = submit(admin_client, page_of(actor), **{"slugs-1-slug": other.slug})
    assert "Actor slug with this Slug already exists." in said(response)


def test_those_merged_are_out_of_sight_until_asked_for(admin_client: Client) -> None:
    survivor = ActorNameFactory(actor__name="Ada Quay", name="A. Quay").actor
    ActorFactory(name="Adah Quay", merged_into=survivor)
    page = said(admin_client.get("/admin/actors/actor/", {"q": "quay"}))
    assert "Ada Quay" in page
    assert "Adah Quay" not in page
    assert "Adah Quay" in said(admin_client.get("/admin/actors/actor/", {"merged": "merged"}))


@pytest.mark.django_db(transaction=True)
def test_history_shows_what_each_version_changed(admin_client: Client) -> None:
    actor = ActorFactory(name="Ada")
    submit(admin_client, page_of(actor), name="Ada Quay", reason="Her full name.", **{"names-0-name": "Ada"})
    page = said(admin_client.get(page_of(actor, "history")))
    assert "2. Updated by admin" in page
    assert "Her full name." in page
    assert "name Ada Ada Quay" in page
    assert "names name: Ada" in page
    assert "1. Created" in page


def test_an_actors_page_leads_to_its_statements(admin_client: Client) -> None:
    actor = StatementFactory().speaker
    StatementFactory(speaker=actor)
    StatementFactory()
    page = admin_client.get(page_of(actor)).content.decode()
    (address,) = re.findall(r'<a href="([^"]+)">Statements \(2\)</a>', page)
    listed: Any = admin_client.get(unescape(address))
    assert {row.speaker for row in listed.context["cl"].result_list} == {actor}


def test_who_may_not_see_statements_is_not_led_to_them(client: Client, django_user_model: Any) -> None:
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_actor"))
    client.force_login(viewer)
    assert "Statements (" not in client.get(page_of(ActorFactory())).content.decode()


@pytest.mark.parametrize("typed", ["Łukasz", "lukasz", "ZOLWIK", "żółwik"])
def test_the_search_finds_both_spellings(admin_client: Client, typed: str) -> None:
    ActorFactory(name="Łukasz Żółwik", slug="lz")
    ActorFactory(name="Ada Quay")
    page = said(admin_client.get("/admin/actors/actor/", {"q": typed}))
    assert "Łukasz Żółwik" in page
    assert "Ada Quay" not in page
