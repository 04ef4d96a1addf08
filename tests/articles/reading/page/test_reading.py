"""Whole pages, read into their parts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading.page import Author, DeclaredMetadata, Page, read_page
from articles.reading.printed_links import PrintedLink
from newsdb.dates import PartialDate
from tests.articles.reading.page.pages import DECK, NOTE, PARAGRAPHS, SAMPLE, WHOLE


def body_of(page: Page, text: str) -> list[str]:
    return [span.of(text) for span in page.body]


def test_reads_all_that_a_page_prints() -> None:
    page = read_page(WHOLE)
    assert (page.outlet, page.headline) == ("The Lindle Observer", "Ferry society picks a bell over a horn")
    assert (page.deck, page.section, page.language) == (DECK, "", "en")
    assert page.published == PartialDate(date(2025, 3, 11), "day")
    assert [(author.name, author.note) for author in page.bylines] == [("Ada Example", NOTE)]
    assert body_of(page, WHOLE) == list(PARAGRAPHS)
    assert (page.lists, page.copies) == ((), 1)


def test_reads_the_sample_page() -> None:
    page = read_page(SAMPLE)
    lines = SAMPLE.splitlines()
    assert page.headline == lines[0]
    assert page.outlet == "The Lindle Observer"  # "More from The Lindle Observer"
    assert page.published is None
    assert [(author.name, author.note) for author in page.bylines] == [("Pernilla Quillfeather", lines[12])]
    assert body_of(page, SAMPLE) == lines[1:12]
    assert [(printed.title, len(printed.links)) for printed in page.lists] == [
        ("Topics", 3),
        ("More from The Lindle Observer", 2),
    ]
    assert page.lists[0].links[1] == PrintedLink(
        "The long way round - eleven months of bus number 7",
        "Transport",
        "The Shoreline Gazette",
        "November 30",
    )


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\nAdvertisement\n"])
@pytest.mark.parametrize("text", [WHOLE, SAMPLE])
def test_a_page_that_repeats_itself_is_read_in_its_first_copy(text: str, between: str) -> None:
    once, thrice = read_page(text), read_page(between.join([text] * 3))
    assert thrice.copies == 3
    assert thrice.body == once.body
    assert thrice.bylines == once.bylines
    assert (thrice.headline, thrice.lists) == (once.headline, once.lists)


def test_what_is_printed_once_after_the_copies_is_read() -> None:
    text = f"{WHOLE}\n{WHOLE}\nTopics\n-\nA heron, again\nNature - Radio Lindle - March 9"
    page = read_page(text)
    assert (page.copies, body_of(page, text)) == (2, list(PARAGRAPHS))
    assert [printed.title for printed in page.lists] == ["Topics"]


def test_a_deck_that_the_body_says_again_is_no_second_copy() -> None:
    text = WHOLE.replace(PARAGRAPHS[2], f"{PARAGRAPHS[2]}\n{DECK}")
    page = read_page(text)
    assert (page.copies, len(page.body)) == (1, 4)


def test_what_is_told_goes_before_what_is_read() -> None:
    declared = DeclaredMetadata(
        outlet="Radio Lindle",
        headline="FERRY SOCIETY PICKS A BELL OVER A HORN",
        deck="A vote.",
        section="Harbour",
        language="en-GB",
        published=PartialDate(date(2025, 3, 10), "day"),
        authors=(Author("Odo Brannick"),),
        source_url="https://radio.lindle.example/bell",
    )
    page = read_page(WHOLE, declared=declared)
    for name in ("outlet", "headline", "deck", "section", "language", "published"):
        assert getattr(page, name) == getattr(declared, name)
    assert [author.name for author in page.bylines] == ["Odo Brannick"]
    assert body_of(page, WHOLE)[:3] == list(PARAGRAPHS)


def test_a_page_of_which_nothing_is_understood_is_a_body() -> None:
    text = f"{PARAGRAPHS[1]}\n\n{PARAGRAPHS[0]}"
    assert read_page(text) == Page(language="en", body=read_page(text).body)
    assert body_of(read_page(text), text) == [PARAGRAPHS[1], PARAGRAPHS[0]]
    assert read_page("") == Page()


def test_relative_dates_resolve_only_with_the_time_of_capture() -> None:
    text = WHOLE.replace("March 11, 2025", "2 days ago")
    captured_at = datetime(2025, 3, 13, 12, tzinfo=UTC)
    assert read_page(text).published is None
    assert read_page(text, captured_at=captured_at).published == PartialDate(date(2025, 3, 11), "day")


LINES = st.sampled_from(
    [
        *WHOLE.splitlines(),
        *SAMPLE.splitlines()[-14:],
        *(
            "",
            "-",
            "By",
            "by Ada Example",
            "Updated",
            "Published 11/28/24 6:00 AM ET",
            "Opinion",
            "More from X",
        ),
        *("\u2028", "İİ is a fellow at the İ", "Advertisement", "A - B - May 3 -", "“", "Zoë is"),
    ]
)
PAGES = st.lists(LINES | st.text(max_size=60), max_size=40).map("\n".join)


@given(PAGES)
def test_spans_stand_in_the_text_in_order(text: str) -> None:
    page = read_page(text)
    end = 0
    for span in page.body:
        assert end <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        end = span.end
    for author in page.bylines:
        assert author.note_place is None or author.note_place.of(text) == author.note
        assert author.note_place not in page.body
        assert [role.place.of(text) for role in author.roles] == [role.printed for role in author.roles]


@given(PAGES)
def test_the_body_shares_no_line_with_head_or_lists(text: str) -> None:
    page = read_page(text)
    body = body_of(page, text)
    printed = [link.title for printed in page.lists for link in printed.links]
    for words in (page.headline, page.deck, *printed):
        assert not words or body.count(words) < text.count(words)


@given(PAGES)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_page(text) == read_page(text)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "A ",
            "-\n",
            "\n",
            "By A, ",
            "By Ada Example\n",
            "Published ",
            "Nov. 28, 2024 ",
            "| ",
            "“",
            ". A",
        ),
        *("A\nB - C - May 3 -\n", "Topics\n-\n", "Topics\n-\nA\nB - May 3 -\n", "Ada Example is a fellow. "),
        *("Ada Example is a fellow.\n", "A bell that rings as it rang for all of us\n", "A\nB - May 3\n-\n"),
    ],
)
def test_a_page_is_read_in_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(span.of(text).strip() for span in read_page(text).body)


@pytest.mark.parametrize("declared", [DeclaredMetadata(), DeclaredMetadata(headline="Cup final results")])
def test_the_rows_of_a_table_are_its_body(declared: DeclaredMetadata) -> None:
    table = [
        "| Team | Won | Day |",
        "|---|---|---|",
        "| By Ada Example | 3 | March 1, 2023 |",
        "| Lindle - The Gazette - May 2 |",
        "| World - May 4, 2023 |",
        "| Shore - The Gazette - May 3 |",
        "| World - May 5, 2023 |",
    ]
    text = "\n".join(("Cup final results", *table, *PARAGRAPHS, *table))
    page = read_page(text, declared=declared)
    assert (page.headline, page.bylines, page.lists, page.published) == ("Cup final results", (), (), None)
    assert body_of(page, text) == [*table, *PARAGRAPHS, *table]


@pytest.mark.parametrize(
    "paragraph",
    [
        "US President Donald Example has called the ambassador a liar and an enemy of eels everywhere.",
        "Odo Brann is a professor of eels at Lindle University who was not involved in the study.",
        "Odo Brann is a professor of eels at Lindle University. “They swim,” he said.",
        "Harbour Secretary Odo Brann is a member of the council that will decide in May.",
    ],
)
def test_the_last_paragraph_of_a_story_is_no_note_about_its_author(paragraph: str) -> None:
    text = "\n\n".join(("Eels banned from river", *PARAGRAPHS, paragraph))
    page = read_page(text)
    assert page.bylines == ()
    assert body_of(page, text)[-1] == paragraph


def test_a_note_names_the_author_of_a_page_without_a_byline() -> None:
    note = "Odo Brann is a professor of eels at Lindle University."
    text = "\n\n".join(("Eels banned from river", *PARAGRAPHS, note))
    (byline,) = read_page(text).bylines
    assert (byline.name, byline.note) == ("Odo Brann", note)
