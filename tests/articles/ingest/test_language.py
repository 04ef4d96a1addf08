"""A page that is not in English is kept, and nothing in it is proposed."""

import pytest

from articles.reading.page import DeclaredMetadata
from tests.articles.ingest.pages import HEAD, PAGE, load_text

pytestmark = pytest.mark.django_db


FOREIGN = (
    "„Wir haben in jedem Schuppen des Landes nach ihr gesucht“, sagte Odo Brannick am Freitag im Rathaus, und"
    " der Gemeinderat will erst im April darüber entscheiden, wer sie läuten darf und wann.\n"
)


def test_a_page_in_another_language_is_kept_and_nothing_is_proposed() -> None:
    outcome = load_text(HEAD + FOREIGN, declared=DeclaredMetadata(language="en"))
    assert (outcome.proposals, outcome.article.language) == ((), "de")
    assert outcome.notes == (
        "declared to be in en, but its text is in another language (de)",
        "its text is not in English (de): no statements are proposed",
    )


def test_a_page_in_english_that_is_declared_to_be_in_another_language_is_read() -> None:
    outcome = load_text(PAGE, declared=DeclaredMetadata(language="de"))
    assert (len(outcome.proposals), outcome.article.language) == (2, "en")
    assert outcome.notes == ("declared to be in de, but its text is in another language (en)",)


def test_a_page_whose_language_is_declared_rightly_needs_no_note() -> None:
    outcome = load_text(PAGE, declared=DeclaredMetadata(language="en-GB"))
    assert (len(outcome.proposals), outcome.article.language, outcome.notes) == (2, "en-GB", ())
