"""The quotations of a draft: all words in marks that can be compared, whether or not somebody speaks them."""

import pytest

from articles.checks.drafts import quotations_in
from articles.reading.budget import Budget, OverBudgetError
from articles.reading.quotations import AUTOMATIC, extract, find_unattributed
from tests.articles.reading.linear.growth import grows_too_fast


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("Pier said, “We will close the old pier.” She left.", [("We will close the old pier.", "Pier")]),
        ("Somebody wrote “We sold the old pier,” on a wall.", [("We sold the old pier", "")]),
        (
            "On a wall was “We sold the old pier”. “We did not,” Ada Pier said, “sell the old pier.”",
            [("We sold the old pier", ""), ("We did not sell the old pier.", "Ada Pier")],
        ),
        (
            "“We sold the old pier,” Ada Pier said. “We go on from here.” “No,” Bo Quay said. “We do.”",
            [
                ("We sold the old pier", "Ada Pier"),
                ("We go on from here.", "Ada Pier"),
                ("No We do.", "Bo Quay"),
            ],
        ),
        (
            "“We sold the old pier,” Ada Pier said, “and we go on from here.”",
            [("We sold the old pier and we go on from here.", "Ada Pier")],
        ),
        (
            "“We sold the pier today.\n\n“And we go on.”\n\nSo it went.",
            [("We sold the pier today.", ""), ("And we go on.", "")],
        ),
        (
            "Pier: ‘We Will Sell The Pier’\n\nIn “two ships” was “Hope”.",
            [("We Will Sell The Pier", "")],
        ),
        (
            "Pier wrote ‘We sold the old pier’. “We did ‘not at all sell it’,” Ada Pier said.",
            [
                ("We sold the old pier", ""),
                ("We did ‘not at all sell it’", "Ada Pier"),
                ("not at all sell it", ""),
            ],
        ),
        ("Ada Pier never said: “We sold the old pier.” She left.", [("We sold the old pier.", "")]),
        (
            "“Bo told me, ‘We sold the old pier,’ and ‘then we left’,” Ada Pier said.",
            [
                ("Bo told me, ‘We sold the old pier,’ and ‘then we left’", "Ada Pier"),
                ("We sold the old pier", ""),
            ],
        ),
        (
            "‘Bo said, “We sold the old pier,” to me,’ Ada Pier said. ‘They’re our workers’ piers.’",
            [
                ("Bo said, “We sold the old pier,” to me", "Ada Pier"),
                ("We sold the old pier", ""),
                ("They’re our workers’ piers.", "Ada Pier"),
            ],
        ),
        (
            "「We sold the old pier,」 said Ada Pier. Bo Quay said:『We did not sell it.』",
            [("We sold the old pier", "Ada Pier"), ("We did not sell it.", "Bo Quay")],
        ),
        ("A pier of 9\" and 12' is not a “pier”.", []),
    ],
    ids=[
        *("surname", "nobody", "between", "two sentences", "one sentence", "paragraphs", "headline"),
        *("both marks", "denied", "nested", "nested in single marks", "corner brackets", "inches"),
    ],
)
def test_what_is_compared(draft, expected):
    found = quotations_in(draft)
    assert [(one.words, one.speaker) for one in found] == expected
    for one in found:
        assert draft[one.start : one.end].startswith(one.words[:2])


def test_a_name_that_only_its_verb_shows_is_not_published_by_itself():
    (found,) = extract("Pier said, “We will close the old pier.” She left.")
    assert found.confidence < AUTOMATIC


def test_what_nobody_speaks_is_sought_within_the_budget():
    with pytest.raises(OverBudgetError):
        find_unattributed("On a wall was “We sold it”. " * 20_000, [], Budget(0.001))


def test_long_words_of_the_reporter_are_read_in_proportion():
    def draft(size: int) -> str:
        return f"“We will not,” said Ada Pier of {'x' * size}, “close the old pier.” Yes."

    assert grows_too_fast(quotations_in, draft, size=2000) == ""
