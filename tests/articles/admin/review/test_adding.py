"""Missed words added, and interrupted ones joined, with the forms of the review page."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from actors.models import Actor
from articles.models import Proposal, Statement
from articles.services.review import reject_proposal
from newsdb.admin import address_of
from tests.admin_pages import form_of, messages, submit
from tests.articles.ingest.pages import load_text
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db

TEXT = (
    "The Lindle Observer\nMarch 21, 2025\nA long evening about the bell 🔔\nby Pernilla Quillfeather\n"
    "The hall was full on Thursday 🦆. “The bell will hang at the landing,” said Odo Brannick, who farms.\n"
    "We have eleven hundred in the tin, Brannick said.\n"
    "“The rope was spliced by the sea scouts,” said Henrike Voss, the treasurer. The kettle boiled over.\n"
    "Nobody had looked after it. “And it will hold a cow,” Voss said.\n"
)
TIN = "We have eleven hundred in the tin"


@pytest.fixture(autouse=True)
def page() -> None:
    load_text(TEXT)


def proposed(words: str) -> Proposal:
    return Proposal.objects.select_related("statement").get(words__contains=words)


def units(words: str) -> list[Any]:
    """Where words stand as a browser counts."""
    start = len(TEXT[: TEXT.index(words)].encode("utf-16-le")) // 2
    return [start, start + len(words.encode("utf-16-le")) // 2, words]


def add(client: Client, *words: str) -> Any:
    missed = json.dumps([units(each) for each in words])
    address = address_of(proposed("The bell will hang"))
    return client.post(address, {"act": "add", "missed": missed}, follow=True)


def staff(*permissions: str) -> Client:
    user = User.objects.create(username="cy", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def test_words_that_were_missed_open_as_a_proposal(admin_client: Client) -> None:
    done = add(admin_client, TIN)
    statement = done.context["statement"]
    assert (statement.text, statement.speaker_label) == (TIN, "Brannick")
    assert messages(done) == [f"Added: {statement}"]
    assert "Attributed by a curator" in done.content.decode()
    done = submit(admin_client, address_of(statement.proposal), done, act="person", name="Odo Brannick")
    submit(admin_client, address_of(statement.proposal), done, act="accept")
    published = Client().get("/api/v1/statements/").json()["results"]
    assert [(row["text"], row["speaker"]["slug"]) for row in published] == [(TIN, "odo-brannick")]
    attribution = published[0]["attribution"]
    assert (attribution["by"], attribution["confidence"], attribution["reviewed"]) == ("curator", None, True)


@pytest.mark.parametrize("missed", ["", "[]", "[[0, 3, 'The']]", '[[0, 3, "Bell"]]', '[[1, 9999, "x"]]'])
def test_words_that_do_not_stand_there_are_not_added(admin_client: Client, missed: str) -> None:
    before = Statement.objects.count()
    address = address_of(proposed("The bell will hang"))
    done = admin_client.post(address, {"act": "add", "missed": missed})
    assert "are not at that place" in messages(done)[0]
    assert form_of(done.content.decode())["speaker_label"] == "Odo Brannick"
    assert Statement.objects.count() == before


def test_of_a_page_on_which_nothing_waits_words_are_added_too(admin_client: Client) -> None:
    for proposal in Proposal.objects.all():
        reject_proposal(proposal=proposal, by="otto")
    address = address_of(proposed("The bell will hang"))
    assert 'id="add"' in admin_client.get(address).content.decode()
    assert add(admin_client, TIN).context["statement"].text == TIN
    queue = admin_client.get("/admin/articles/proposal/queue/").content.decode()
    assert "<td>0 %" not in queue


def test_words_that_wait_are_not_added_again(admin_client: Client) -> None:
    assert "already in the review or published" in messages(add(admin_client, "The rope was spliced"))[0]


def test_two_are_joined_and_parted(admin_client: Client) -> None:
    first, second = proposed("The rope was"), proposed("it will hold a cow")
    page = admin_client.get(address_of(first))
    assert form_of(page.content.decode())["following"] == str(second.pk)
    done = submit(admin_client, address_of(first), page, act="join")
    assert done.context["words"] == ("The rope was spliced by the sea scouts", "And it will hold a cow")
    assert done.context["following"] is None
    assert messages(done)[0].startswith("Joined: ")
    submit(admin_client, address_of(second), act="undo", decided=done.context["last_decided"])
    first.statement.refresh_from_db()
    assert first.statement.text == "The rope was spliced by the sea scouts"
    assert Proposal.objects.to_review().count() == 3


def test_with_none_that_follows_nothing_is_joined(admin_client: Client) -> None:
    first, last = proposed("The rope was"), proposed("it will hold a cow")
    assert b'value="join"' not in admin_client.get(address_of(last)).content
    page = admin_client.get(address_of(first))
    for following, message in (
        ("", "This text has no other proposals"),
        (str(first.pk), "Only two proposals"),
    ):
        done = submit(admin_client, address_of(first), page, act="join", following=following)
        assert message in messages(done)[0]
    reject_proposal(proposal=last, by="otto")
    done = submit(admin_client, address_of(first), page, act="join")
    assert messages(done)[0].startswith("This was already rejected by otto")


def test_whoever_is_there_is_taken_and_not_made_twice(admin_client: Client) -> None:
    proposal = proposed("The rope was")
    voss = ActorFactory(name="Henrike Voss", slug="voss")
    done = submit(admin_client, address_of(proposal), act="person")
    assert messages(done)[0].startswith("Henrike Voss was recorded before, as voss, and is taken")
    assert Actor.objects.get(name="Henrike Voss") == done.context["statement"].speaker == voss


def test_the_printed_name_that_was_selected_is_kept_with_the_actor_of_it(admin_client: Client) -> None:
    ActorFactory(name="Henrike Voss", slug="voss")
    proposal = proposed("The rope was")
    submit(admin_client, address_of(proposal), act="person")
    done = submit(
        admin_client, address_of(proposal), act="person", name="Odo Brannick", speaker_label="Odo Brannick"
    )
    submit(admin_client, address_of(proposal), done, act="accept")
    statement = proposed("The rope was").statement
    assert (statement.status, statement.speaker.slug) == ("published", "odo-brannick")
    assert statement.speaker_label == "Odo Brannick"


def test_adding_takes_the_permission_to_add_statements() -> None:
    client = staff("change_statement")
    assert b'id="add"' not in client.get(address_of(proposed("The bell will hang"))).content
    assert add(client, TIN).status_code == 403
    assert not Statement.objects.filter(text=TIN).exists()


def test_who_may_only_look_neither_adds_nor_joins() -> None:
    client, proposal = staff("view_statement", "add_statement"), proposed("The rope was")
    following = proposed("it will hold a cow").pk
    assert add(client, TIN).status_code == 403
    assert client.post(address_of(proposal), {"act": "join", "following": following}).status_code == 403
    assert Proposal.objects.to_review().count() == 3
