"""What a curator pastes, as the parts of a quotation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading.pasted import QuotationMarksError, parse_statement_words


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
            ("“‘Open’ means open”", ["‘Open’ means open"]),
            ("“We open,", ["We open,"]),
            ("“", []),
            ("‘", ["‘"]),
        ],
    )
    def test_takes_off_the_marks_of_the_page(self, pasted, parts):
        assert parse_statement_words(pasted) == parts

    @pytest.mark.parametrize(
        ("pasted", "parts"),
        [
            (
                "“We kept the pumps running,” chief engineer R. Achterberg said. “Nobody slept.”",
                ["We kept the pumps running", "Nobody slept."],
            ),
            ('"We waited," she said, "and we\'ll wait."', ["We waited", "and we'll wait."]),
            ("We waited,” she said. “Nobody slept.", ["We waited", "Nobody slept."]),
            ("‘We waited,’ he said. ‘Nobody slept.’", ["We waited", "Nobody slept."]),
            ("“We kept the pumps running,” she said.", ["We kept the pumps running"]),
            (
                "“She said “no” to me,” he added. “And ‘yes’ to him.”",
                ["She said “no” to me", "And ‘yes’ to him."],
            ),
            ("“One,” she said. “Two.” […] “Three,” she said.", ["One", "Two.", "Three"]),
        ],
    )
    def test_a_reporting_clause_between_marks_divides_parts(self, pasted, parts):
        assert parse_statement_words(pasted) == parts

    @pytest.mark.parametrize(
        ("pasted", "parts"),
        [
            ("“yes” and “no”", ["yes", "no"]),
            ("“No” was her word", ["No"]),
            ("“Yes,” he said. “No,” she replied.", ["Yes", "No"]),
            ("“One.” “Two.”", ["One.", "Two."]),
        ],
    )
    def test_other_words_outside_the_marks_are_refused_with_the_parts_it_would_be(self, pasted, parts):
        with pytest.raises(QuotationMarksError, match=f"“{parts[-1]}”") as error:
            parse_statement_words(pasted)
        assert error.value.parts == parts

    @pytest.mark.parametrize(
        ("pasted", "parts"),
        [
            ("the pumps, “running” and “safe”", ["the pumps, “running” and “safe”"]),
            ("“Running” they were, she said", ["“Running” they were, she said"]),
            ("“One,” she said. “Two.”", ["“One,” she said. “Two.”"]),
            ("“All of it”", ["All of it"]),
        ],
    )
    def test_the_reporters_own_words_keep_the_marks_in_them(self, pasted, parts):
        assert parse_statement_words(pasted, quoted=False) == parts

    @given(st.text(st.sampled_from('a,’‘“”"«» […]\n.'), max_size=30))
    def test_gives_words_that_stand_in_what_was_pasted_in_order(self, pasted):
        try:
            parts = parse_statement_words(pasted)
        except QuotationMarksError as error:
            parts = error.parts
        place = 0
        for part in parts:
            assert part
            assert part == part.strip()
            place = pasted.index(part, place) + len(part)
