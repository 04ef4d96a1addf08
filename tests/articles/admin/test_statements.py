"""A statement is made of the words that are pasted; where they stand is found."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from articles.models import Article, ClaimReview, Statement
from newsdb.models import Change
from tests.admin_pages import messages, said, submit
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    CaptureFactory,
    ProposalFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/statement/add/"


@pytest.fixture
def article() -> Article:
    return CaptureFactory(words="“It’s not a bridge,” she said. “It is a pier.”").article


def change_page(statement: Statement) -> str:
    return reverse("admin:articles_statement_change", args=[statement.pk])


def test_words_that_differ_in_marks_only_are_shown_as_the_page_spells_them(
    admin_client: Client, article: Article
) -> None:
    response = submit(admin_client, ADD, article=article.pk, words="It's not a bridge", kind="direct")
    assert not Statement.objects.exists()
    assert "It spells them “It’s not a bridge”" in said(response)
    assert "It's not a bridge" in response.content.decode().replace("&#x27;", "'")


def test_the_part_that_is_not_in_the_text_is_named(admin_client: Client, article: Article) -> None:
    response = submit(
        admin_client, ADD, article=article.pk, words="It is a pier […] It is a wharf", kind="direct"
    )
    assert "The words “It is a wharf” are not in the text." in said(response)
    assert not Statement.objects.exists()


def test_without_a_text_it_is_saved_unchecked_and_says_how_to_check_it(admin_client: Client) -> None:
    article = CaptureFactory(held=False).article
    response = submit(admin_client, ADD, article=article.pk, words="“Some words,”\n“and more”", kind="direct")
    statement = Statement.objects.get()
    assert (statement.text, statement.text_match) == ("Some words […] and more", "unchecked")
    assert any("verify_anchors FILE --attach" in message for message in messages(response))


def test_words_are_required(admin_client: Client, article: Article) -> None:
    response = submit(admin_client, ADD, article=article.pk, words="“ ”", kind="direct")
    assert "This field is required." in said(response)


def test_other_words_are_looked_for_anew(admin_client: Client, article: Article) -> None:
    submit(admin_client, ADD, article=article.pk, words="It is a pier", kind="direct")
    statement = Statement.objects.get()
    submit(admin_client, change_page(statement), words="It’s not a bridge\nIt is a pier")
    statement.refresh_from_db()
    assert statement.text == "It’s not a bridge […] It is a pier"
    assert (statement.text_match, statement.anchors.count()) == ("matched", 2)
    response = submit(admin_client, change_page(statement), words="It is a jetty")
    assert "are not in the text" in said(response)


@pytest.mark.django_db(transaction=True)
def test_saving_other_facts_leaves_the_anchors_alone(admin_client: Client) -> None:
    statement = anchored_statement("One part", "and another", held=False, matched=True)
    before = list(statement.anchors.values_list("pk", flat=True))
    submit(admin_client, change_page(statement), cue="said", said="2024", reason="From the minutes.")
    statement.refresh_from_db()
    assert (statement.cue, str(statement.said_on), statement.said_precision) == ("said", "2024-01-01", "year")
    assert list(statement.anchors.values_list("pk", flat=True)) == before
    assert statement.text_match == "matched"
    change: Any = Change.objects.of(statement).first()
    assert (change.actor, change.reason) == ("admin", "From the minutes.")


@pytest.mark.django_db(transaction=True)
def test_another_speaker_of_public_words_needs_a_reason(admin_client: Client) -> None:
    statement, other = StatementFactory(), ActorFactory()
    response = submit(admin_client, change_page(statement), speaker=other.pk)
    assert "Say why the speaker changes" in said(response)
    statement.refresh_from_db()
    assert statement.speaker != other
    submit(admin_client, change_page(statement), speaker=other.pk, reason="Misread the page.")
    statement.refresh_from_db()
    assert statement.speaker == other
    change: Any = Change.objects.of(statement).first()
    assert change.reason == "Misread the page."


@pytest.mark.parametrize(
    ("filled", "by"),
    [
        ({"cue": "swore"}, ["curator", "", None, True]),
        ({"language": "cy"}, ["extractor", "marks", 0.5, False]),
        ({"confidence": "0.7", "cue": "swore"}, ["extractor", "marks", 0.7, False]),
    ],
)
def test_what_an_extractor_did_not_read_is_the_curators(
    admin_client: Client, filled: dict[str, str], by: list[Any]
) -> None:
    read = {"attributed_by": "extractor", "extractor": "marks", "confidence": 0.5, "reviewed": False}
    statement = StatementFactory(**read)
    submit(admin_client, change_page(statement), **filled)
    statement.refresh_from_db()
    told = [statement.attributed_by, statement.extractor, statement.confidence, statement.reviewed]
    assert told == by
    assert getattr(statement, list(filled)[-1]) == list(filled.values())[-1]


def test_place_is_entered_and_is_nobodys_reading(admin_client: Client) -> None:
    statement = StatementFactory(attributed_by="extractor", extractor="marks", confidence=0.5)
    submit(admin_client, change_page(statement), place="Rome")
    statement.refresh_from_db()
    assert (statement.place, statement.attributed_by) == ("Rome", "extractor")


def test_another_speaker_of_a_proposal_needs_none(admin_client: Client) -> None:
    statement, other = StatementFactory(status="proposed"), ActorFactory()
    submit(admin_client, change_page(statement), speaker=other.pk)
    statement.refresh_from_db()
    assert statement.speaker == other


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"said": "2024-13"}, "There is no such date as 2024-13."),
        ({"said": "last week"}, "Write a date as 2024-10-23, 2024-10 or 2024."),
        ({"said": "10000-01-01"}, "Write a date as 2024-10-23, 2024-10 or 2024."),
        ({"said": "0999"}, "The year must be from 1000 to 9998."),
        ({"said_on_source_url": "https://example.org/a"}, "said_on_source_url needs a date in said_on."),
        ({"said_on_source_url": "javascript:alert(1)"}, "begins with http:// or https://"),
        ({"attributed_by": "extractor"}, "extractor needs a name and a confidence"),
        ({"confidence": "NaN"}, "Enter a number."),
    ],
)
def test_what_contradicts_itself_is_an_error_of_the_form(
    admin_client: Client, typed: dict[str, str], answer: str
) -> None:
    response = submit(admin_client, ADD, article=ArticleFactory().pk, words="Words", kind="direct", **typed)
    assert answer in said(response)
    assert not Statement.objects.exists()


def test_what_the_database_alone_refuses_is_an_error_of_the_form(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = StatementFactory(cue="said")

    def refused(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError("a changed speaker needs a reason\nCONTEXT: PL/pgSQL function")

    monkeypatch.setattr(Statement, "save", refused)
    response = submit(admin_client, change_page(statement), cue="added")
    assert "The database refused this, and nothing was saved: a changed speaker needs a reason." in said(
        response
    )
    assert 'value="added"' in response.content.decode()
    assert messages(response) == []


@pytest.mark.parametrize("page", ["add", "change"])
def test_no_form_has_a_field_for_the_status(admin_client: Client, page: str) -> None:
    address = ADD if page == "add" else change_page(StatementFactory())
    assert 'name="status"' not in admin_client.get(address).content.decode()


def test_a_new_statement_is_published_whatever_is_posted(admin_client: Client) -> None:
    submit(admin_client, ADD, article=ArticleFactory().pk, words="Words", kind="direct", status="rejected")
    assert Statement.objects.get().status == "published"


@pytest.mark.django_db(transaction=True)
def test_a_status_is_decided_with_a_button(admin_client: Client) -> None:
    statement = StatementFactory(status="proposed", reviewed=False)

    def press(button: str, **filled: str) -> str:
        assert f">{button}</a>" in admin_client.get(change_page(statement)).content.decode()
        name = button.split()[0].lower()
        response = submit(admin_client, f"/admin/articles/statement/{statement.pk}/{name}/", **filled)
        statement.refresh_from_db()
        return messages(response)[0]

    assert press("Reject", reason="Hearsay.") == f"Rejected: {statement}."
    change: Any = Change.objects.of(statement).first()
    assert (statement.status, change.actor, change.reason) == ("rejected", "admin", "Hearsay.")
    assert press("Propose again") == f"Proposed again: {statement}."
    assert statement.status == "proposed"
    assert press("Publish") == f"Published: {statement}."
    assert (statement.status, statement.reviewed) == ("published", True)
    page = admin_client.get(change_page(statement)).content.decode()
    assert not [button for button in ("Publish", "Reject", "Propose again") if f">{button}</a>" in page]


@pytest.mark.parametrize("status", ["published", "retracted"])
@pytest.mark.parametrize("act", ["publish", "reject", "propose"])
def test_what_is_or_was_public_is_not_decided_upon(admin_client: Client, status: str, act: str) -> None:
    given = {"retracted_at": "2026-01-01T00:00Z", "retraction_reason": "Made up."}
    statement = StatementFactory(status=status, **(given if status == "retracted" else {}))
    response = submit(admin_client, f"/admin/articles/statement/{statement.pk}/{act}/", reason="Why not.")
    assert f"Somebody else decided first: it is {status}. Nothing was changed." in said(response)
    statement.refresh_from_db()
    assert statement.status == status


def test_a_decision_on_its_page_is_one_upon_the_proposal(admin_client: Client) -> None:
    proposal = ProposalFactory()
    for act, decision in (("reject", "rejected"), ("publish", "accepted")):
        submit(admin_client, f"/admin/articles/statement/{proposal.statement_id}/{act}/")
        proposal.refresh_from_db()
        assert (proposal.decision, proposal.decided_by) == (decision, "admin")


def test_the_check_of_chosen_statements_places_what_had_no_anchors(admin_client: Client) -> None:
    anchored = anchored_statement("Some words")
    loose = StatementFactory(article=anchored.article, text="Some")
    absent = StatementFactory(article=anchored.article, text="Nowhere")
    response = admin_client.post(
        "/admin/articles/statement/", {"action": "check_words", "_selected_action": [loose.pk]}, follow=True
    )
    for statement in (anchored, loose, absent):
        statement.refresh_from_db()
    assert [s.text_match for s in (anchored, loose, absent)] == ["matched", "matched", "unchecked"]
    told = " ".join(messages(response))
    assert "1 of 1 statements match" in told
    assert "Found the words of 1 statement that had no anchors." in told
    assert "The words “Nowhere” are not in the text." in told


def test_the_language_of_the_article_is_filled_in(admin_client: Client) -> None:
    article = ArticleFactory(language="cy")
    page = admin_client.get(ADD, {"article": article.pk}).content.decode()
    assert 'name="language" value="cy"' in page


def test_another_statement_is_added_to_the_same_article(admin_client: Client) -> None:
    article = ArticleFactory()
    response = submit(admin_client, ADD, article=article.pk, words="Words", kind="direct", _addanother="")
    assert response.redirect_chain == [(f"{ADD}?article={article.pk}", 302)]
    assert article.headline in said(response)


def test_who_may_only_look_sees_all_of_it(client: Client, django_user_model: Any) -> None:
    statement = anchored_statement("One part", "and another", said_on="2024-10-01", said_precision="month")
    reader = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_statement"))
    client.force_login(reader)
    page = client.get(change_page(statement))
    assert "One part […] and another" in said(page)
    assert "2024-10 said" in said(page)
    assert 'name="_save"' not in page.content.decode()
    assert client.post(change_page(statement), {"words": "Other"}).status_code == 403


def test_words_that_are_there_already_are_refused_with_a_link(admin_client: Client) -> None:
    there = anchored_statement("We sail")
    filled = {"article": there.article.pk, "words": "We sail", "kind": "direct", "speaker": there.speaker.pk}
    answer = submit(admin_client, ADD, **filled)
    assert "already published at this place" in said(answer)
    assert f'href="{change_page(there)}"' in answer.content.decode()
    assert Statement.objects.count() == 1


def test_links_to_checks_are_added_and_taken_away(admin_client: Client, article: Article) -> None:
    rows = {"claim_reviews-TOTAL_FORMS": "1", "claim_reviews-0-source_url": "https://checks.example/pier"}
    filled = {**rows, "claim_reviews-0-publisher": "Example Checks", "claim_reviews-0-published": "2024-10"}
    submit(admin_client, ADD, article=article.pk, words="It is a pier", kind="direct", **filled)
    (review,) = ClaimReview.objects.filter(statement=Statement.objects.get())
    assert (review.publisher, review.published_precision) == ("Example Checks", "month")
    page = change_page(review.statement)
    again = {name.replace("-0-", "-1-"): value for name, value in filled.items()}
    again |= {"claim_reviews-TOTAL_FORMS": "2", "claim_reviews-1-source_url": "http://checks.example/pier/#a"}
    assert "already has a link to this review" in said(submit(admin_client, page, **again))
    again |= {"claim_reviews-1-source_url": "javascript:alert(1)"}
    assert "begins with http:// or https://" in said(submit(admin_client, page, **again))
    submit(admin_client, page, **{"claim_reviews-0-DELETE": "on"})
    assert not ClaimReview.objects.exists()
