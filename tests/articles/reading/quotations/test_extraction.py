"""What is told of a quotation besides its words and speaker."""

import pytest

from articles.reading.quotations import AUTOMATIC, extract
from articles.reading.spans import Span
from newsdb.dates import PartialDate
from tests.fixtures.reading import FIXTURES, Rows

PUBLISHED = PartialDate.parse("2025-03-14")  # a Friday


def only(text, **options):
    (quotation,) = extract(text, **options)
    return quotation


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ida Holm said: “The boat sails.”", "direct"),
        ("“The boat,” Ida Holm said, “sails.”", "direct"),
        ("Ida Holm said that the boat “sails on time.”", "partial"),
        ("The boat is “a wonder,” Ida Holm said.", "partial"),
    ],
)
def test_whole_words_are_direct_and_fragments_partial(text, kind):
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("text", "cue", "audience"),
    [
        ("“The boat sails,” Ida Holm told the parish council on Monday.", "told", "the parish council"),
        (
            "“The boat sails,” Ida Holm announced to the county’s parliament.",
            "announced",
            "the county’s parliament",
        ),
        ("Ida Holm told The Lindle Observer: “The boat sails.”", "told", "The Lindle Observer"),
        ("“The boat sails,” Ida Holm told reporters.", "told", "reporters"),
        ("“The boat sails,” Ida Holm told him.", "told", ""),
        ("“The boat sails,” warned Ida Holm.", "warned", ""),
        ("“The boat sails,” Ida Holm shot back at the council.", "shot back", ""),
        ("“The boat sails,” as Ida Holm put it.", "put it", ""),
        ("“The boat sails,” according to Ida Holm.", "", ""),
    ],
)
def test_cue_and_audience_are_as_printed(text, cue, audience):
    quotation = only(text)
    assert (quotation.cue, quotation.audience) == (cue, audience)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("“The boat sails,” Ida Holm told the council on March 11, 2025.", "2025-03-11"),
        ("“The boat sails,” Ida Holm said on Monday.", "2025-03-10"),
        ("“The boat sails,” Ida Holm said Friday.", "2025-03-14"),
        ("“The boat sails,” Ida Holm said yesterday.", "2025-03-13"),
        ("On October 22, Ida Holm announced: “The boat sails.”", "2024-10-22"),
        ("In early 2023, Ida Holm said: “The boat sails.”", "2023"),
        ("In March 2024 Ida Holm said: “The boat sails.”", "2024-03"),
        ("“The boat sails,” Ida Holm told the council on May 5, 2025.", None),
        ("“The boat sails,” Ida Holm told the council on March 14, 2025.", "2025-03-14"),
        ("In March 2025 Ida Holm said: “The boat sails.”", "2025-03"),
        ("In April 2025 Ida Holm said: “The boat sails.”", None),
        ("“The boat sails on Monday,” Ida Holm said.", None),
        ("Ida Holm said that on Monday the boat would “sail.”", None),
        ("“The boat sails,” Ida Holm said.", None),
    ],
)
def test_the_day_is_told_only_where_the_reporting_sentence_tells_it(text, day):
    assert only(text, published=PUBLISHED).said_on == (day and PartialDate.parse(day))


@pytest.mark.parametrize("when", ["on Monday", "yesterday", "on October 22"])
def test_a_day_without_its_year_stays_open_where_publication_is_unknown(when):
    assert only(f"“The boat sails,” Ida Holm said {when}.").said_on is None


def test_methods_that_agree_make_it_sure_enough_for_the_automatic_tier():
    quotation = only("“The boat sails,” Ida Holm said.")
    assert {found.method for found in quotation.evidence} == {"cue", "discourse"}
    assert {found.name for found in quotation.evidence} == {"Ida Holm"}
    assert quotation.confidence >= AUTOMATIC


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm met Lena Marsh and Ann Brook. “The boat sails,” she said.",
        "Ida Holm opened the door. “The boat will never sail again.”",
        "Ida Holm said the boat “sails.”",
    ],
)
def test_what_rests_on_one_reason_waits_for_a_person(text):
    assert only(text).confidence < AUTOMATIC


def test_the_words_of_a_document_are_hardly_anyones_statement():
    said, written = (only(f"The {who} said: “Every boat may pass.”") for who in ("clerk", "treaty"))
    assert written.confidence <= 0.5 < said.confidence


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “golden age” of the ferry is over.",
        "She has read “The Long Way Round” twice.",
        "“(LAUGHTER)”",
        "“”",
        "““””",
    ],
)
def test_words_that_nobody_is_said_to_have_said_are_not_found(text):
    assert extract(text) == []


def test_only_the_body_is_searched():
    text = "“It sails,” Ida Holm said.\n“It sinks,” Odo Marsh said.\n“It swims,” Ann Brook said."
    lines = [Span(0, text.index("\n")), Span(text.rindex("\n") + 1, len(text))]
    assert [quotation.name for quotation in extract(text, body=lines)] == ["Ida Holm", "Ann Brook"]


def test_the_sample_page_gives_what_its_fixture_records():
    text = (FIXTURES / "sample_page.txt").read_text(encoding="utf-8")
    rows = Rows("sample_page.json")
    recorded = {
        tuple((anchor["start"], anchor["end"]) for anchor in rows.anchors(statement)): (
            rows.one("actors.actor", slug=statement["speaker"][0])["name"],
            *(statement[member] for member in ("kind", "cue", "audience", "said_on")),
        )
        for statement in rows.of("articles.statement")
    }
    found = {
        tuple((part.start, part.end) for part in quotation.parts): (
            quotation.name,
            quotation.kind,
            quotation.cue,
            quotation.audience,
            quotation.said_on and str(quotation.said_on),
        )
        for quotation in extract(text, published=PUBLISHED)
    }
    assert found == recorded
