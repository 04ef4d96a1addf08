"""The parts of a quotation are located only if their places are unambiguous."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading.anchors import AmbiguousError, AnchorError, find_anchor
from articles.reading.parts import find_parts
from tests.articles.reading.test_anchors import TEXT, stands

REPEATED = """“No comment,” said the mayor of Lindle.
“We leave in May,” said the ferryman. “No comment.”
“No comment,” said the bell founder.
"""


def starts(text, parts, given=()):
    return [part.start for part in find_parts(text, parts, given)]


def choices(text, parts, given=()):
    """The places offered for each unclear part."""
    with pytest.raises(AmbiguousError) as error:
        find_parts(text, parts, given)
    return {index: [place.start for place in places] for index, places in error.value.places.items()}


def test_each_part_stands_after_the_one_before():
    first, second = find_parts(TEXT, ["We open in May", "We’ll close in May, or later."])
    assert first.exact == "We open in May"
    assert second.start > first.end


def test_words_that_stand_several_times_are_refused_with_their_places():
    places = [place.start for place in find_anchor(REPEATED, "No comment")]
    assert choices(REPEATED, ["No comment"]) == {0: places}
    with pytest.raises(AmbiguousError, match="3 times, at 1, 79, 93: say which one is meant") as error:
        find_parts(REPEATED, ["No comment"])
    assert error.value.places[0][0].suffix == ",” said the mayor of Lindle.\n“We"


def test_a_start_says_which():
    assert starts(REPEATED, ["No comment"], [93]) == [93]


@pytest.mark.parametrize("start", [0, 2, 80, len(REPEATED), 10**9, -1])
def test_a_start_at_which_the_words_do_not_stand_is_refused(start):
    with pytest.raises(AnchorError, match=f"The words “No comment” are not at {start}"):
        find_parts(REPEATED, ["No comment"], [start])


def test_the_part_in_the_same_paragraph_is_meant_before_those_of_others():
    assert starts(REPEATED, ["We leave in May", "No comment"]) == [41, 79]
    assert starts(REPEATED, ["No comment", "We leave in May"]) == [1, 41]


def test_places_in_other_paragraphs_than_the_first_part_are_all_offered():
    text = REPEATED.replace(" “No comment.”", "") + "“No comment,” said the harbour.\n"
    assert choices(text, ["We leave in May", "No comment"]) == {1: [79, 116]}
    assert starts(text, ["We leave in May", "No comment"], [None, 79]) == [41, 79]


def test_two_places_in_the_same_paragraph_are_offered():
    assert choices("“Yes,” she said. “No.” He left. “No.”", ["Yes", "No"]) == {1: [18, 33]}
    assert choices("yes … yes, no … no", ["yes", "no"]) == {0: [0, 6], 1: [11, 16]}


def test_what_is_said_of_one_part_may_settle_another():
    text = "“Yes,” he said. “No.”\n“Yes,” she said. “No.”"
    assert choices(text, ["Yes", "No"]) == {0: [1, 23], 1: [17, 40]}
    assert starts(text, ["Yes", "No"], [23, None]) == [23, 40]
    assert starts(text, ["Yes", "No"], [None, 17]) == [1, 17]


def test_a_short_part_is_not_looked_for_within_the_part_before():
    text = "“No, no, never. No.” She paused. “No.”"
    assert starts(text, ["No, no, never. No.", "No."]) == [1, 34]


def test_the_same_words_twice_take_two_places():
    assert starts("never, never", ["never", "never"]) == [0, 7]


def test_words_within_longer_words_count_only_where_they_stand_nowhere_else():
    assert starts("Nobody knows. “No,” she said.", ["No"]) == [15]
    assert starts("It is unconstitutional.", ["constitutional"]) == [8]


def test_the_part_that_is_missing_is_named():
    with pytest.raises(AnchorError, match=r"The words “in June” are not in the text\.$") as error:
        find_parts(TEXT, ["We open", "in June"])
    assert (error.value.words, error.value.nearest) == ("in June", None)


def test_the_part_that_stands_in_another_order_only_is_named():
    with pytest.raises(AnchorError, match="“We open” do not occur after “or later”") as error:
        find_parts(TEXT, ["or later", "We open"])
    assert error.value.words == "We open"


@pytest.mark.parametrize(
    ("pasted", "spelling"),
    [
        ("We'll close", "We’ll close"),
        ("We open in May,” she", 'We open in May," she'),
        ("We  open\nin\u00a0May", "We open in May"),
        ("Then: «In May.»", "Then: “In May.”"),
        (" We open ", "We open"),
        ("in May\u2013June", "in May-June"),
        ("coöp\u00aderate", "coo\u0308perate"),
    ],
)
def test_the_spelling_of_the_text_is_offered(pasted, spelling):
    with pytest.raises(AnchorError, match="It spells them “") as error:
        find_parts(TEXT, [pasted])
    assert error.value.nearest == find_anchor(TEXT, spelling)[0]
    assert spelling in str(error.value)


@pytest.mark.parametrize("parts", [[], [""], ["May", ""]])
def test_no_words_are_refused(parts):
    with pytest.raises(AnchorError, match="No words were given"):
        find_parts(TEXT, parts)


def test_words_that_stand_nearly_everywhere_are_refused_in_words():
    with pytest.raises(AnchorError, match="too many places: give more of them"):
        find_parts("so " * 2000, ["so"])


@given(
    st.text(st.sampled_from("AB \n"), min_size=1, max_size=16),
    st.lists(st.sampled_from(["A", "B", "AB", "A B"]), min_size=2, max_size=3),
)
def test_every_way_to_place_the_parts_was_weighed(text, parts):
    """Against trying them all: lines are paragraphs here, and no word is longer than a part may be."""

    def paragraph(at):
        return text.count("\n", 0, at)

    def whole(at, words):
        return not text[at - 1 : at].isalnum() and not text[at + len(words) : at + len(words) + 1].isalnum()

    rows = []
    for words in parts:
        row = [at for at in range(len(text)) if text.startswith(words, at)]
        rows.append([at for at in row if whole(at, words)] or row)
    ways = {}
    for way in product(*rows):
        ends = [at + len(words) for at, words in zip(way, parts, strict=True)]
        if all(end <= at for end, at in zip(ends, way[1:], strict=False)):
            changes = sum(paragraph(end - 1) != paragraph(at) for end, at in zip(ends, way[1:], strict=False))
            ways.setdefault(changes, []).append(way)
    meant = ways[min(ways)] if ways else []
    expected = {
        index: sorted({way[index] for way in meant})
        for index in range(len(parts))
        if len({way[index] for way in meant}) > 1
    }
    if expected:
        assert choices(text, parts) == expected
    elif meant:
        assert starts(text, parts) == list(meant[0])
        assert all(stands(text, part) for part in find_parts(text, parts))
    else:
        with pytest.raises(AnchorError, match=r"are not in the text|do not occur after"):
            find_parts(text, parts)
