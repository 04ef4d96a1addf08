import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from articles.ingest.anchors import (
    CONTEXT,
    AnchorError,
    anchor_at,
    carry_over,
    check,
    find_anchor,
    find_parts,
    parse_statement_words,
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
        with pytest.raises(AnchorError, match="No words stand at"):
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
    def test_finds_the_place_the_words_were_taken_from(self, text_and_span):
        text, (start, end) = text_and_span
        assert anchor_at(text, start, end) in find_anchor(text, text[start:end])


class TestFindParts:
    def test_anchors_each_part_after_the_one_before(self):
        first, second = find_parts(TEXT, ["We open in May", "We’ll close in May, or later."])
        assert first.exact == "We open in May"
        assert second.start > first.end

    def test_takes_the_places_closest_together(self):
        first, second = find_parts("yes … yes, no … no", ["yes", "no"])
        assert (first.start, second.start) == (6, 11)

    def test_takes_the_earliest_of_places_equally_close(self):
        first, second = find_parts("yes no, yes no", ["yes", "no"])
        assert (first.start, second.start) == (0, 4)

    def test_takes_the_same_words_twice_at_two_places(self):
        assert [part.start for part in find_parts("never, never", ["never", "never"])] == [0, 7]

    def test_says_which_part_is_missing(self):
        with pytest.raises(AnchorError, match=r"The words “in June” are not in the text\.$") as error:
            find_parts(TEXT, ["We open", "in June"])
        assert (error.value.words, error.value.nearest) == ("in June", None)

    def test_says_which_part_stands_in_another_order_only(self):
        with pytest.raises(AnchorError, match="“We open” do not stand after “or later”") as error:
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
    def test_offers_the_spelling_of_the_text(self, pasted, spelling):
        with pytest.raises(AnchorError, match="It spells them “") as error:
            find_parts(TEXT, [pasted])
        assert error.value.nearest == find_anchor(TEXT, spelling)[0]
        assert spelling in str(error.value)

    @pytest.mark.parametrize("parts", [[], [""], ["May", ""]])
    def test_refuses_no_words(self, parts):
        with pytest.raises(AnchorError, match="No words were given"):
            find_parts(TEXT, parts)

    @given(TEXT_AND_SPAN, st.data())
    def test_parts_stand_in_order_and_no_wider_than_where_they_were_taken(self, text_and_span, data):
        text, (start, end) = text_and_span
        assume(end - start >= 2)
        middle = data.draw(st.integers(start + 1, end - 1))
        first, second = find_parts(text, [text[start:middle], text[middle:end]])
        assert stands(text, first)
        assert stands(text, second)
        assert first.end <= second.start
        assert second.end - first.start <= end - start


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


class TestParseStatementWords:
    @pytest.mark.parametrize(
        ("pasted", "parts"),
        [
            ("We open in May", ["We open in May"]),
            ("“We open in May”", ["We open in May"]),
            ("«We open in May»", ["We open in May"]),
            ('"We open in May"', ["We open in May"]),
            ("‘We open in May’", ["We open in May"]),
            ('“We open in May,"', ["We open in May"]),
            ("“We open in May”,", ["We open in May"]),
            ("“We open in May.”", ["We open in May."]),
            ("We open, in May,", ["We open, in May,"]),
            ("“We open […] in May”", ["We open", "in May"]),
            ("We open [...] in May", ["We open", "in May"]),
            ("“We open,”\r\nin May.”", ["We open", "in May."]),
            ("“We open\n\n  in May", ["We open", "in May"]),
            (" \n “ ” \n", []),
            ("", []),
            ("the workers’", ["the workers’"]),
            ("’Tis so", ["’Tis so"]),
            ("“She said “no” to me”", ["She said “no” to me"]),
            ("She said “no”", ["She said “no”"]),
            ("“No” was her word", ["“No” was her word"]),
            ("“yes” and “no”", ["“yes” and “no”"]),
            ("“‘Open’ means open”", ["‘Open’ means open"]),
            ("“We open,", ["We open,"]),
            ("“", []),
            ("‘", ["‘"]),
        ],
    )
    def test_takes_off_the_marks_of_the_page(self, pasted, parts):
        assert parse_statement_words(pasted) == parts

    @given(st.text(st.sampled_from('a,’‘“”"«» […]\n.'), max_size=30))
    def test_gives_words_that_stand_in_what_was_pasted(self, pasted):
        parts = parse_statement_words(pasted)
        assert all(part and part == part.strip() for part in parts)
        if parts:
            find_parts(pasted, parts)
