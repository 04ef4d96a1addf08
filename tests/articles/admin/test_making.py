"""Actors made of all the names that proposals are sure of, over many articles."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from actors.models import Actor
from articles.models import Article, Proposal
from newsdb.models import Change
from tests.admin_pages import form_of, messages, said
from tests.factories import ActorNameFactory, ProposalFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def proposal(name: str, confidence: float = 0.98, **facts: Any) -> Proposal:
    """A proposal that waits, of whoever has this name."""
    return ProposalFactory(name=name, statement__speaker=None, statement__confidence=confidence, **facts)


def choose(client: Client, *proposals: Proposal, **given: Any) -> Any:
    chosen = [each.statement.article_id for each in proposals]
    return client.post(LIST, {"action": "make_actors", "_selected_action": chosen, **given})


def test_sure_names_are_shown_with_what_waits_under_them_and_made(admin_client: Client) -> None:
    pell = proposal("Tomasz Pell")
    rows = [
        *(pell, proposal("TOMASZ PELL", 0.8, statement__article=pell.statement.article)),
        *(proposal("Tomasz Pell"), proposal("Lindle Council"), proposal("Cy Dock")),
        *(proposal("Perhaps Notsure", 0.9), proposal("Voss"), proposal("Ada Quay")),
        proposal("A. Quay"),
    ]
    ActorNameFactory(actor__name="Ada Quay", name="A. Quay")
    elsewhere = proposal("Not Chosen")
    page = choose(admin_client, *rows)
    shown = said(page)
    assert "Tomasz Pell Person Organisation Leave out 3 2" in shown
    for name in ("Perhaps Notsure", "Voss", "Ada Quay", "A. Quay", "Not Chosen"):
        assert f"{name} Person" not in shown
    assert not Actor.objects.exclude(name="Ada Quay").exists()
    assert form_of(page.content.decode())["action"] == "make_actors"

    kinds = {"Tomasz Pell": "person", "Cy Dock": "", "Lindle Council": "organisation"}
    done = choose(admin_client, *rows, make="", name=list(kinds), kind=list(kinds.values()))
    assert done.status_code == 302
    assert messages(admin_client.get(LIST)) == ["Made 2 actors: the speakers of 4 proposals."]
    made = Actor.objects.exclude(name="Ada Quay")
    assert set(made.values_list("name", "kind")) == {
        ("Tomasz Pell", "person"),
        ("Lindle Council", "organisation"),
    }
    rows[1].statement.refresh_from_db()
    assert rows[1].statement.speaker == Actor.objects.get(slug="tomasz-pell")
    elsewhere.statement.refresh_from_db()
    assert elsewhere.statement.speaker is None


def test_all_articles_of_a_list_may_be_chosen(admin_client: Client) -> None:
    rows = [proposal("Tomasz Pell"), proposal("Cy Dock")]
    given = {"select_across": "1", "name": ["Tomasz Pell", "Cy Dock"], "kind": ["person", "person"]}
    page = choose(admin_client, rows[0], select_across="1")
    assert form_of(page.content.decode())["select_across"] == "1"
    choose(admin_client, rows[0], make="", **given)
    assert Actor.objects.count() == 2


def test_only_names_that_were_shown_are_made(admin_client: Client) -> None:
    row = proposal("Tomasz Pell")
    for name, kind in (("Somebody Else", "person"), ("Tomasz Pell", "robot")):
        choose(admin_client, row, make="", name=[name], kind=[kind])
    assert not Actor.objects.exists()
    assert "No proposal that waits" in said(choose(admin_client, proposal("Voss")))


@pytest.mark.django_db(transaction=True)  # PostgreSQL numbers changes at commit
def test_the_ledger_says_who_made_them(admin_client: Client) -> None:
    choose(admin_client, proposal("Tomasz Pell"), make="", name=["Tomasz Pell"], kind=["person"])
    change = Change.objects.of(Actor.objects.get()).first()
    assert change is not None
    assert (change.action, change.actor) == ("created", "admin")


def test_it_takes_the_permission_to_add_actors(client: Client, django_user_model: Any) -> None:
    user = django_user_model.objects.create_user("cy", is_staff=True)
    for codename, made in (("change_article", 0), ("change_statement", 0), ("add_actor", 1)):
        user.user_permissions.add(Permission.objects.get(codename=codename))
        client.force_login(user)
        choose(client, proposal("Tomasz Pell"), make="", name=["Tomasz Pell"], kind=["person"])
        assert Actor.objects.count() == made, codename
    assert Article.objects.count() == 3
