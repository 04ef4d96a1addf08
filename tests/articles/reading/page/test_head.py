"""What stands above the body, in the orders in which outlets print it."""

from __future__ import annotations

import pytest

from articles.reading.page import DeclaredMetadata, read_page
from newsdb.dates import PartialDate
from tests.articles.reading.page.pages import DECK, NOTE, PARAGRAPHS

HEADLINE = "Ferry society picks a bell over a horn"
BODY = list(PARAGRAPHS)


@pytest.mark.parametrize(
    "head",
    [
        ["The Lindle Observer", "March 11, 2025", HEADLINE, DECK, "by Ada Example"],
        ["The Lindle Observer", "Local", HEADLINE, DECK, "By Ada Example", "March 11, 2025 5:30 p.m. ET"],
        ["The Lindle Observer", HEADLINE, DECK, "By Ada Example | March 11, 2025"],
        ["The Lindle Observer", "Local", HEADLINE, DECK, "Ada Example • Mar. 11, 2025 • 5 min read"],
        [
            "Skip to content",
            "The Lindle Observer",
            HEADLINE,
            "Share",
            DECK,
            "By Ada Example",
            "11 Mar 2025",
            "Save",
        ],
        [
            "The Lindle Observer",
            HEADLINE,
            DECK,
            "Published March 11, 2025 | Updated March 12, 2025",
            "By Ada Example",
        ],
        ["lindle-observer.example", "LOCAL", HEADLINE, DECK, "Ada Example - March 11, 2025", "Advertisement"],
    ],
)
def test_reads_the_head_in_any_order(head: list[str]) -> None:
    text = "\n".join([*head, *BODY])
    page = read_page(text)
    assert page.outlet in {"The Lindle Observer", "lindle-observer.example"}
    assert (page.headline, page.deck) == (HEADLINE, DECK)
    assert page.section.lower() == ("local" if "local" in text.lower().split("\n") else "")
    assert page.published == PartialDate.parse("2025-03-11")
    assert [author.name for author in page.bylines] == ["Ada Example"]
    assert [span.of(text) for span in page.body] == BODY


def test_several_authors_and_what_is_said_of_them() -> None:
    text = "\n".join([HEADLINE, "By Ada Example and Odo Brannick, Opinion Contributors", *BODY, NOTE])
    ada, odo = read_page(text).bylines
    assert (ada.name, ada.note) == ("Ada Example", NOTE)
    assert (odo.name, odo.note, odo.roles) == ("Odo Brannick", "Opinion Contributors", ())


def test_one_note_on_two_authors_tells_of_each() -> None:
    note = "Ada Example is a fellow at Lindle College. Odo Brannick is a professor at Heron University."
    text = "\n".join([HEADLINE, "By Ada Example and Odo Brannick", *BODY, note])
    titles = [(author.note, [role.title for role in author.roles]) for author in read_page(text).bylines]
    assert titles == [(note, ["Fellow"]), (note, ["Professor"])]


def test_a_note_under_the_byline() -> None:
    text = "\n".join([HEADLINE, "By Ada Example", NOTE, "March 11, 2025", *BODY])
    page = read_page(text)
    assert [author.note for author in page.bylines] == [NOTE]
    assert [span.of(text) for span in page.body] == BODY


def test_a_last_paragraph_on_somebody_in_the_story_is_no_note() -> None:
    last = "Zoë Halvarsen-Pike is the chair of the society, and has been for nine years."
    text = "\n".join([HEADLINE, *BODY, last])
    page = read_page(text)
    assert page.bylines == ()
    assert page.body[-1].of(text) == last


def test_without_who_or_when_nothing_is_a_deck() -> None:
    text = "\n".join([HEADLINE, DECK, *BODY])
    assert read_page(text).deck == ""
    assert [span.of(text) for span in read_page(text).body] == [DECK, *BODY]


def test_a_deck_that_is_told_is_known() -> None:
    text = "\n".join([HEADLINE, DECK, *BODY])
    page = read_page(text, declared=DeclaredMetadata(deck=DECK))
    assert [span.of(text) for span in page.body] == BODY


def test_a_date_at_the_end_is_read_when_it_says_what_it_is() -> None:
    text = "\n".join([HEADLINE, *BODY, "Published March 11, 2025"])
    page = read_page(text)
    assert page.published == PartialDate.parse("2025-03-11")
    assert [span.of(text) for span in page.body] == BODY


def test_a_date_inside_the_body_is_part_of_it() -> None:
    text = "\n".join([HEADLINE, *BODY, "March 12, 2025", BODY[0]])
    page = read_page(text)
    assert page.published is None
    assert len(page.body) == len(BODY) + 2


def test_a_headline_may_be_all_there_is() -> None:
    assert read_page(HEADLINE).headline == HEADLINE
    assert read_page(HEADLINE).body == ()


def test_an_outlet_alone_is_taken_for_a_headline() -> None:
    assert read_page("The Lindle Observer").headline == "The Lindle Observer"


def test_a_body_with_dashes_is_no_list() -> None:
    text = "\n".join([HEADLINE, *BODY, "*", BODY[0] + " Again.", "-", BODY[1] + " Again."])
    assert read_page(text).lists == ()


def test_a_single_paragraph_with_a_date_after_it_is_the_body() -> None:
    text = "\n".join([HEADLINE, BODY[0], "Published March 11, 2025"])
    assert [span.of(text) for span in read_page(text).body] == BODY[:1]


def test_links_without_a_dash_under_their_heading() -> None:
    links = ["A heron, again", "Nature - Radio Lindle - March 9", "Soup", "Food - Radio Lindle - 2 days ago"]
    text = "\n".join([HEADLINE, *BODY, "More from Radio Lindle", *links])
    page = read_page(text)
    assert [(printed.title, len(printed.links)) for printed in page.lists] == [("More from Radio Lindle", 2)]
    assert page.outlet == "Radio Lindle"
    assert [span.of(text) for span in page.body] == BODY


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (
            "Die Fähre fährt wieder, und der Bus ist kürzer als im Jahr zuvor, wie die im Dorf sagen. ",
            "de",
        ),
        (
            "Le bac est de retour sur le lac, et les hérons ne sont pas contents de la cloche du village. ",
            "fr",
        ),
        ("bell horn ferry heron soup cello duck lake water post ", ""),
    ],
)
def test_the_language_is_known_by_its_commonest_words(words: str, language: str) -> None:
    assert read_page(words * 6).language == language


@pytest.mark.parametrize(
    ("lines", "given"),
    [
        ([f"Perspective | {HEADLINE}"], {}),
        (["The Lindle Observer", f"{HEADLINE} | The Lindle Observer"], {}),
        ([f"Analysis | {HEADLINE} | Ferries | Lindle Observer"], {"outlet": "The Lindle Observer"}),
        ([f"{HEADLINE}: The Lindle Observer"], {"outlet": "The Lindle Observer"}),
        ([f"Lindle & Shore - {HEADLINE}"], {"outlet": "Lindle & Shore"}),
        ([f"{HEADLINE} - Observer"], {"host": "observer.example"}),
    ],
)
def test_the_outlet_and_its_labels_are_no_part_of_a_headline(lines: list[str], given: dict[str, str]) -> None:
    page = read_page("\n".join([*lines, "By Ada Example", *BODY]), declared=DeclaredMetadata(**given))
    assert page.headline == HEADLINE


@pytest.mark.parametrize("headline", [f"{HEADLINE} | The Gazette", f"Ferries | {HEADLINE}"])
def test_other_words_are(headline: str) -> None:
    page = read_page("\n".join(["The Lindle Observer", headline, "By Ada Example", *BODY]))
    assert page.headline == headline


def test_a_given_headline_is_left_as_it_is() -> None:
    given = DeclaredMetadata(
        outlet="The Lindle Observer", headline=f"Opinion | {HEADLINE}: The Lindle Observer"
    )
    assert read_page("\n".join([HEADLINE, *BODY]), declared=given).headline == given.headline
