"""Words that somebody has found to be a quotation, and what the text says of them."""

import pytest

from articles.reading.quotations import Quotation, extract
from articles.reading.spans import Span

TEXT = (
    "The mayor, Ada Pier, was brief on Tuesday.\n"
    "We shall close the pier in May, Pier said.\n"
    "“The ships stay in the outer harbour,” said Bo Quay, who pilots them.\n"
    "‘No crane will move at night,” he added.\n"
)


def added(words: str, text: str = TEXT) -> list[Quotation]:
    """The quotations of a text in which these words were marked."""
    start = text.index(words)
    return extract(text, added=[Span(start, start + len(words))])


def words_of(found: Quotation, text: str = TEXT) -> list[str]:
    return [part.of(text) for part in found.parts]


@pytest.mark.parametrize(
    ("words", "name", "cue"),
    [
        ("We shall close the pier in May", "Ada Pier", "said"),
        ("No crane will move at night", "Bo Quay", "added"),
        ("stay in the outer harbour", "Bo Quay", "said"),
    ],
)
def test_they_have_the_speaker_that_stands_beside_them(words: str, name: str, cue: str) -> None:
    (found,) = (each for each in added(words) if words_of(each) == [words])
    assert (found.name, found.cue) == (name, cue)


def test_they_take_the_place_of_what_was_read_there() -> None:
    assert ["The ships stay in the outer harbour"] in [words_of(each) for each in extract(TEXT)]
    after = [words_of(each) for each in added("stay in the outer harbour")]
    assert ["The ships stay in the outer harbour"] not in after


def test_where_no_verb_says_whose_they_are_the_nearest_speaker_is_meant() -> None:
    text = TEXT + "“Not at night.” With that Ada Pier rose.\n"
    (found,) = (each for each in added("Not at night.", text) if words_of(each, text) == ["Not at night."])
    assert (found.name, found.cue) == ("Bo Quay", "")
    assert all(words_of(each, text) != ["Not at night."] for each in extract(text))


def test_where_nobody_speaks_nobody_is_meant() -> None:
    assert extract("One.\n\n\nTwo.", added=[Span(0, 3)]) == []
    assert extract("One.\n\n\nTwo.", added=[Span(5, 6)]) == []
