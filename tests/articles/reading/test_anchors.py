import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading.anchors import (
    CONTEXT,
    Anchored,
    AnchorError,
    anchor_at,
    carry_over,
    check,
    find_anchor,
    with_context,
)

TEXT = (
    '🦉 “We open in May," she said. “We’ll close in May, or later.” Then: “In May.” '
    "Or in May-June, to coo\u0308perate."
)
TEXTS = st.text(st.sampled_from("ab “”’é\U0001f989\U00020bb7\n"), min_size=1, max_size=40)


def spans(text: str) -> st.SearchStrategy[tuple[int, int]]:
    starts = st.integers(0, len(text) - 1)
    return starts.flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text))))


TEXT_AND_SPAN = TEXTS.flatmap(lambda text: st.tuples(st.just(text), spans(text)))


def stands(text, anchored) -> bool:
    return check(text, anchored.start, anchored.end, anchored.exact, anchored.prefix, anchored.suffix)


class TestAnchorAt:
    def test_counts_code_points_beyond_the_basic_plane(self):
        anchored = anchor_at(TEXT, 3, 18)
        assert (anchored.exact, anchored.prefix) == ("We open in May,", "🦉 “")

    def test_keeps_32_code_points_of_context(self):
        anchored = anchor_at("🦉" * 40 + "words" + "🦉" * 40, 40, 45)
        assert anchored.prefix == anchored.suffix == "🦉" * CONTEXT
        assert CONTEXT == 32

    @pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, len(TEXT) + 1)])
    def test_refuses_a_place_outside_the_text(self, start, end):
        with pytest.raises(AnchorError, match="no words at"):
            anchor_at(TEXT, start, end)

    @given(TEXT_AND_SPAN)
    def test_stands_where_it_says(self, text_and_span):
        text, (start, end) = text_and_span
        assert stands(text, anchor_at(text, start, end))


class TestFindAnchor:
    def test_finds_every_place_in_order(self):
        assert [anchored.start for anchored in find_anchor(TEXT, "May")] == [
            match.start() for match in re.finditer("May", TEXT)
        ]

    def test_finds_overlapping_places(self):
        assert [anchored.start for anchored in find_anchor("ha ha ha", "ha ha")] == [0, 3]

    def test_finds_nothing_where_the_spelling_differs(self):
        assert find_anchor(TEXT, "We'll close") == []

    def test_refuses_no_words(self):
        with pytest.raises(AnchorError, match="No words were given"):
            find_anchor(TEXT, "")

    @given(TEXT_AND_SPAN)
    def test_finds_the_words_more_than_once_exactly_where_they_stand_more_than_once(self, text_and_span):
        text, (start, end) = text_and_span
        words = text[start:end]
        every = {at for at in range(len(text)) if text.startswith(words, at)}
        found = [place.start for place in find_anchor(text, words)]
        assert found == sorted(set(found))
        assert set(found) <= every
        assert min(len(found), 2) == min(len(every), 2)


def test_context_that_is_missing_is_taken_from_the_text_and_given_context_stays():
    bare = Anchored("We’ll close", prefix="", suffix=" in May", start=TEXT.index("We’ll"), end=0)
    bare = replace(bare, end=bare.start + len(bare.exact))
    completed = with_context(bare, TEXT)
    assert completed == replace(bare, prefix=TEXT[: bare.start])


class TestCheck:
    @pytest.fixture
    def anchored(self):
        return find_anchor(TEXT, "We’ll close")[0]

    def test_holds_where_words_and_context_stand(self, anchored):
        assert stands(TEXT, anchored)

    @pytest.mark.parametrize("field", ["exact", "prefix", "suffix"])
    def test_fails_on_one_other_character(self, anchored, field):
        printed = {"exact": anchored.exact, "prefix": anchored.prefix, "suffix": anchored.suffix}
        printed[field] = printed[field].replace("e", "3", 1)
        assert not check(TEXT, anchored.start, anchored.end, **printed)

    def test_fails_one_code_point_beside(self, anchored):
        moved = {"exact": anchored.exact, "prefix": anchored.prefix, "suffix": anchored.suffix}
        assert not check(TEXT, anchored.start + 1, anchored.end + 1, **moved)
        assert not check(TEXT, anchored.start, anchored.end + 1, **moved)

    @pytest.mark.parametrize(
        ("start", "end", "exact", "prefix"),
        [(0, 0, "", ""), (-5, -2, "May", ""), (1, 2, " ", "🦉🦉"), (500, 503, "May", "")],
    )
    def test_fails_outside_the_text(self, start, end, exact, prefix):
        assert not check(TEXT, start, end, exact, prefix, "")


class TestCarryOver:
    def test_finds_the_words_at_their_new_place(self):
        anchored = find_anchor(TEXT, "We’ll close")[0]
        carried = carry_over(anchored, "🦉 A note before.\n" + TEXT)
        assert carried is not None
        assert carried.exact == anchored.exact
        assert carried.start == anchored.start + 17

    def test_refuses_two_places(self):
        anchored = find_anchor(TEXT, "We’ll close")[0]
        assert carry_over(anchored, TEXT + TEXT) is None

    def test_refuses_places_that_overlap(self):
        assert carry_over(anchor_at("ha ha", 0, 5), "ha ha ha") is None

    def test_refuses_another_context(self):
        assert carry_over(find_anchor(TEXT, "We’ll close")[0], TEXT.replace("Then", "Now")) is None

    @given(TEXT_AND_SPAN, TEXTS)
    def test_never_changes_the_words(self, text_and_span, other):
        text, span = text_and_span
        anchored = anchor_at(text, *span)
        carried = carry_over(anchored, other + text)
        if carried is not None:
            assert stands(other + text, carried)
            assert carried.exact == anchored.exact
