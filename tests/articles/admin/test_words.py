"""A statement's words in its form: chosen among several places, divided into parts, selected in the text."""

import json
from typing import Any

import pytest
from django.test import Client

from articles.models import Capture, Statement
from tests.admin_pages import form_of, said, submit
from tests.factories import CaptureFactory, anchored_statement

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/statement/add/"
TEXT = (
    "🦉 “We kept the pumps running,” chief engineer R. Achterberg said. “Nobody slept.”\r\n"
    "“No comment,” said the mayor.\r\n“No comment,” said the founder."
)
FIRST, SECOND = TEXT.index("No comment"), TEXT.rindex("No comment")


@pytest.fixture
def capture() -> Capture:
    return CaptureFactory(words=TEXT)


def add(client: Client, capture: Capture, page: Any = None, **filled: Any) -> Any:
    return submit(client, ADD, page, **{"article": capture.article_id, "kind": "direct", **filled})


def places() -> list[tuple[int, int]]:
    return [(anchor.start, anchor.end) for anchor in Statement.objects.get().anchors.all()]


def units(start: int, end: int) -> list[Any]:
    """A place as a browser counts it."""
    before = len(TEXT[:start].encode("utf-16-le")) // 2
    return [before, before + len(TEXT[start:end].encode("utf-16-le")) // 2, TEXT[start:end]]


def test_words_that_the_page_has_twice_are_shown_in_their_places_to_choose_from(
    admin_client: Client, capture: Capture
) -> None:
    shown = add(admin_client, capture, words="No comment")
    assert not Statement.objects.exists()
    assert f"2 times, at {FIRST}, {SECOND}: say which one is meant. Choose below." in said(shown)
    assert f'name="words_place_0" value="{capture.pk}:{SECOND}"' in shown.content.decode()
    assert "“ No comment ,” said the founder." in said(shown)

    add(admin_client, capture, shown, words_place_0=f"{capture.pk}:{SECOND}")
    assert places() == [(SECOND, SECOND + 10)]
    assert Statement.objects.get().text_match == "matched"


def test_without_a_choice_they_are_offered_again(admin_client: Client, capture: Capture) -> None:
    shown = add(admin_client, capture, words="No comment")
    again = add(admin_client, capture, shown)
    assert 'name="words_place_0"' in again.content.decode()
    assert not Statement.objects.exists()


def test_a_choice_of_other_words_is_none(admin_client: Client, capture: Capture) -> None:
    shown = add(admin_client, capture, words="No comment")
    add(admin_client, capture, shown, words="Nobody slept.", words_place_0=f"{capture.pk}:{SECOND}")
    assert Statement.objects.get().text == "Nobody slept."


def test_other_places_are_chosen_on_the_page_of_a_statement(admin_client: Client, capture: Capture) -> None:
    shown = add(admin_client, capture, words="No comment")
    add(admin_client, capture, shown, words_place_0=f"{capture.pk}:{FIRST}")
    change = f"/admin/articles/statement/{Statement.objects.get().pk}/change/"
    submit(
        admin_client,
        change,
        words_spans=json.dumps([units(SECOND, SECOND + 10)]),
        words_capture=capture.pk,
        reason="The founder said it.",
    )
    assert places() == [(SECOND, SECOND + 10)]


def test_a_reporting_clause_between_marks_divides_the_parts(admin_client: Client, capture: Capture) -> None:
    pasted = "“We kept the pumps running,” chief engineer R. Achterberg said. “Nobody slept.”"
    add(admin_client, capture, words=pasted)
    assert Statement.objects.get().text == "We kept the pumps running […] Nobody slept."
    assert Statement.objects.get().text_match == "matched"


def test_other_words_outside_the_marks_are_refused_with_the_parts(
    admin_client: Client, capture: Capture
) -> None:
    answer = add(admin_client, capture, words="“No comment” and “Nobody slept.”")
    assert "Inside them: “No comment” and “Nobody slept.”. Write each part on a separate line." in said(
        answer
    )
    assert not Statement.objects.exists()


def test_the_reporters_own_words_keep_the_marks_in_them(admin_client: Client, capture: Capture) -> None:
    words = "“We kept the pumps running,” chief engineer R. Achterberg said."
    add(admin_client, capture, words=words, kind="indirect")
    assert Statement.objects.get().text == words


@pytest.mark.parametrize("place", [(SECOND, SECOND + 10), (2, TEXT.index("Nobody"))])
def test_words_selected_in_the_text_stand_where_they_were_selected(
    admin_client: Client, capture: Capture, place: tuple[int, int]
) -> None:
    """With marks, reporting clause and all: what was selected is what is meant."""
    spans = json.dumps([units(*place)])
    add(admin_client, capture, words=TEXT[slice(*place)], words_spans=spans, words_capture=capture.pk)
    assert places() == [place]


@pytest.mark.parametrize(
    "forged",
    [
        {"words_spans": "[[0, 1, 2]]"},
        {"words_spans": "no JSON"},
        {"words_spans": json.dumps([[0, 2, "No"]])},
    ],
)
def test_a_selection_that_is_not_there_is_refused(
    admin_client: Client, capture: Capture, forged: dict[str, str]
) -> None:
    answer = add(admin_client, capture, words="No", words_capture=capture.pk, **forged)
    assert "select them again" in said(answer)
    assert not Statement.objects.exists()


def test_a_selection_in_another_articles_text_is_none(admin_client: Client, capture: Capture) -> None:
    other = CaptureFactory(words=f"Other. {TEXT}")
    spans = json.dumps([units(SECOND, SECOND + 10)])
    answer = add(admin_client, capture, words="No comment", words_spans=spans, words_capture=other.pk)
    assert "say which one is meant" in said(answer)


def test_words_typed_after_a_selection_are_looked_for(admin_client: Client, capture: Capture) -> None:
    spans = json.dumps([units(SECOND, SECOND + 10)])
    add(admin_client, capture, words="Nobody slept.", words_spans=spans, words_capture=capture.pk)
    assert Statement.objects.get().text == "Nobody slept."


def test_the_text_is_shown_with_the_words_as_they_stand(admin_client: Client) -> None:
    statement = anchored_statement("One <b>part</b>", "and another")
    page = admin_client.get(f"/admin/articles/statement/{statement.pk}/change/").content.decode()
    assert '<span class="now">One &lt;b&gt;part&lt;/b&gt;</span>' in page
    assert '<span class="now">and another</span>' in page
    assert form_of(page)["words"].splitlines() == ["One <b>part</b>", "and another"]


def test_no_text_is_shown_before_there_is_an_article(admin_client: Client, capture: Capture) -> None:
    assert "pumps" not in admin_client.get(ADD).content.decode()
    assert "pumps" in admin_client.get(ADD, {"article": capture.article_id}).content.decode()


def test_other_facts_are_saved_though_the_words_would_be_refused_today(admin_client: Client) -> None:
    statement = anchored_statement("“yes” and “no”")
    submit(admin_client, f"/admin/articles/statement/{statement.pk}/change/", cue="said")
    statement.refresh_from_db()
    assert (statement.cue, statement.text) == ("said", "“yes” and “no”")
