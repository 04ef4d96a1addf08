"""The form of a decision without JavaScript: every field of a proposal can be corrected."""

import pytest
from django.test import Client

from actors.models import Actor
from articles.models import Statement
from newsdb.admin import address_of
from tests.admin_pages import form_of, messages, submit
from tests.articles.admin.review.pages import load_meeting, proposed
from tests.articles.admin.review.test_decisions import BEAM, decide, stands
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def meeting() -> None:
    ActorFactory(name="Odo Brannick", slug="odo")
    load_meeting()


LATER = ("cue", "audience", "said", "said_on_source_url")


def test_another_speaker_is_asked_how_the_text_has_it(admin_client: Client) -> None:
    other = ActorFactory(name="Tomasz Pell")
    for act, speaker in (("accept", other.pk), ("unnamed", "")):
        asked = decide(admin_client, proposed(BEAM), act, speaker=speaker, speaker_label="", audience="them")
        assert "enter the speaker as the page prints it" in messages(asked)[0]
        assert stands(BEAM)[1] == ""
        form = form_of(asked.content.decode())
        # What was read is emptied, what was filled in is there still.
        assert [form[name] for name in ("speaker_label", *LATER)] == ["", "", "them", "", ""]
        assert '<details id="fields" open>' in asked.content.decode()
        again = submit(admin_client, address_of(proposed(BEAM)), asked, act=act)
        assert "Enter the speaker as the page prints it" in messages(again)[0]
        assert stands(BEAM)[1] == ""


def test_another_speaker_has_nothing_of_the_one_that_was_read(admin_client: Client) -> None:
    other = ActorFactory(name="Tomasz Pell")
    day = {"said_on": "2025-03-01", "said_precision": "day"}
    Statement.objects.filter(pk=proposed(BEAM).statement_id).update(audience="the council", **day)
    asked = decide(admin_client, proposed(BEAM), "accept", speaker=other.pk, speaker_label="Pell")
    assert stands(BEAM)[1] == ""
    submit(admin_client, address_of(proposed(BEAM)), asked, act="accept", cue="said")
    statement, decision = stands(BEAM)
    assert (statement.speaker, statement.speaker_label, decision) == (other, "Pell", "corrected")
    assert (statement.cue, statement.audience, statement.said_on) == ("said", "", None)
    assert (statement.attributed_by, statement.extractor, statement.confidence) == ("curator", "", None)


def test_the_label_alone_is_taken_where_nothing_else_was_read(admin_client: Client) -> None:
    Statement.objects.filter(pk=proposed(BEAM).statement_id).update(cue="")
    decide(admin_client, proposed(BEAM), "unnamed", speaker_label="a farmer")
    statement, decision = stands(BEAM)
    assert (statement.speaker, statement.speaker_label, decision) == (None, "a farmer", "corrected")


def test_all_that_a_proposal_says_is_corrected(admin_client: Client) -> None:
    stated = {
        "speaker_label": "Mr Brannick",
        "cue": "swore",
        "audience": "the hall",
        "kind": "partial",
        "said": "2025-03",
        "said_on_source_url": "https://lindle.example/minutes",
        "language": "cy",
        "translated": "true",
    }
    decide(admin_client, proposed(BEAM), "accept", **stated)
    statement, decision = stands(BEAM)
    form = form_of(admin_client.get(address_of(proposed(BEAM))).content.decode())
    assert decision == "corrected"
    assert (str(statement.said_on), statement.said_precision) == ("2025-03-01", "month")
    assert (statement.speaker.slug, statement.translated) == ("odo", True)
    for name in ("speaker_label", "cue", "audience", "kind", "said_on_source_url", "language"):
        assert getattr(statement, name) == stated[name]
    assert "said" not in form  # it is decided


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        ({"said": "2025-13"}, "Said on: "),
        ({"said": "2025", "said_on_source_url": "javascript:1"}, "An address begins with http"),
        ({"said_on_source_url": "https://lindle.example/"}, "said_on_source_url needs a date in said_on."),
        ({"cue": "x" * 101}, "Cue: "),
    ],
)
def test_what_cannot_be_is_refused_with_all_that_was_filled_in(
    admin_client: Client, filled: dict[str, str], told: str
) -> None:
    refused = decide(admin_client, proposed(BEAM), "accept", audience="the hall", **filled)
    assert messages(refused)[0].startswith(told)
    form = form_of(refused.content.decode())
    assert '<details id="fields" open>' in refused.content.decode()
    assert {name: form[name] for name in filled} | {"audience": form["audience"]} == {
        **filled,
        "audience": "the hall",
    }
    assert stands(BEAM)[1] == ""


def test_without_a_script_a_speaker_is_named(admin_client: Client) -> None:
    ActorFactory(name="Tomasz Pell", slug="pell"), ActorFactory(name="Tomasz Pell", slug="pell-2")
    told = {"speaker_label": "Pell", "cue": ""}
    for named, error in {
        "Nobody": "No actor is called “Nobody”.",
        "pell tomasz": "“pell tomasz” is ambiguous: Tomasz Pell (pell), Tomasz Pell (pell-2). Give the slug.",
    }.items():
        refused = decide(admin_client, proposed(BEAM), "accept", speaker_named=named, **told)
        assert error in messages(refused)[0]
        assert stands(BEAM)[1] == ""
    decide(admin_client, proposed(BEAM), "accept", speaker_named="pell-2", **told)
    assert (stands(BEAM)[0].speaker.slug, stands(BEAM)[0].cue) == ("pell-2", "")


def test_an_actor_of_another_name_is_offered_as_the_speaker(admin_client: Client) -> None:
    done = decide(admin_client, proposed(BEAM), "organisation", name="Brannick & Sons")
    made = Actor.objects.get(name="Brannick & Sons")
    assert (made.kind, stands(BEAM)[0].speaker.slug) == ("organisation", "odo")
    form = form_of(done.content.decode())
    assert [form[name] for name in ("speaker", "speaker_label", *LATER)] == [str(made.pk), "", "", "", "", ""]
    label = "Brannick & Sons"
    submit(admin_client, address_of(proposed(BEAM)), done, act="accept", speaker_label=label)
    assert (stands(BEAM)[0].speaker, stands(BEAM)[0].speaker_label) == (made, label)


def test_the_fields_are_out_of_the_way_until_something_is_filled_in(admin_client: Client) -> None:
    page = admin_client.get(address_of(proposed(BEAM)))
    assert '<details id="fields">' in page.content.decode()
    refused = decide(admin_client, proposed(BEAM), "accept", seen="", translated="false")
    assert "look again" in messages(refused)[0]
    assert '<details id="fields" open>' in refused.content.decode()
