"""What the words of a quotation are to those of a statement."""

import pytest

from articles.checks.comparison import Comparison, compare
from articles.checks.words import Words

HELD = "We will not close the old pier before May, and 40 boats can stay. That is what the board decided"


def compared(given: str, held: str = HELD) -> Comparison | None:
    return compare(Words(given), Words(held))


def steps(given: str, held: str = HELD) -> list[tuple[str, str, str]]:
    comparison = compared(given, held)
    assert comparison is not None
    ours, theirs = Words(given), Words(held)
    return [(s.operation, ours.printed(s.words), theirs.printed(s.held)) for s in comparison.steps]


@pytest.mark.parametrize(
    ("given", "kind", "changes"),
    [
        (HELD, "exact", ()),
        (f"“{HELD}”", "exact", ()),
        (HELD.upper() + "!", "same", ()),
        (HELD.replace(", and", " — and"), "same", ()),
        ("close the old pier before May", "contained", ("negation",)),
        ("the old pier before May", "contained", ()),
        ("the old pier before May, and 40", "contained", ()),
        ("That is what the board decided", "contained", ()),
        (f"Listen, everyone. {HELD}, unanimously", "extends", ()),
        ("We will not close the old pier … That is what the board decided", "elided", ("number",)),
        ("We will … close the old pier before May", "elided", ("negation",)),
        ("[They] will not close the old pier before May", "elided", ()),
        ("We will not close the old pier before [summer], and 40 boats can stay", "elided", ()),
        ("We will not close the new pier before May", "altered", ()),
        ("We will close the old pier before May", "altered", ("negation",)),
        ("We won’t close the old pier before May", "altered", ()),
        ("We will never close the old pier before May", "altered", ("negation",)),
        ("We will close the old pier before May, and 40 boats can not stay", "altered", ("negation",)),
        ("[W]e will not close the old pier before May", "contained", ()),
        ("We will close[d] the old pier before May", "altered", ("negation",)),
        (f"It is never true that {HELD}", "extends", ("negation",)),
        (f"Of 90: {HELD}", "extends", ("number",)),
        ("We will not close the old pier before May, and 14 boats can stay", "altered", ("number",)),
        ("We will not close the old pier before May, and forty boats can stay", "altered", ("number",)),
        ("We will close the old pier before May, and 41 boats can stay", "altered", ("negation", "number")),
    ],
)
def test_kinds_and_changes(given: str, kind: str, changes: tuple[str, ...]) -> None:
    comparison = compared(given)
    assert comparison is not None
    assert (comparison.kind, comparison.changes) == (kind, changes)


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("it costs $5 a day", "it costs €5 a day"),
        ("it costs 5% a day", "it costs 5 a day"),
        ("it fell to -5 by night", "it fell to 5 by night"),
        ("it took 2.5 whole days", "it took 25 whole days"),
        ("it took .85 whole days", "it took 85 whole days"),
        ("it took 8⁵ whole days", "it took 85 whole days"),
        ("it took ½ whole days", "it took 12 whole days"),
        ("it took 1/2 whole days", "it took 1 2 whole days"),
        ("the pier took 5-10 days", "the pier took 5 10 days"),
        ("the pier took 2 to 3 days", "the pier took 3 to 2 days"),
        ("the pier was the first to close", "the pier was the second to close"),
    ],
)
def test_what_changes_a_number_is_not_the_same(given: str, held: str) -> None:
    comparison = compared(given, held)
    assert comparison is not None
    assert (comparison.kind, comparison.changes) == ("altered", ("number",))


@pytest.mark.parametrize(
    ("given", "held", "omitted"),
    [
        ("the pier would cost 85", "the pier would cost 85 million more", "million"),
        ("million people came to see it", "some 5 million people came to see it", "5"),
        ("5 million would be lost", "as $5 million would be lost", "$"),
        ("close the old pier before May", HELD, "not"),
    ],
)
def test_a_word_beside_the_quotation_that_matters_is_told(given: str, held: str, omitted: str) -> None:
    comparison = compared(given, held)
    assert comparison is not None
    assert comparison.kind == "contained"
    assert comparison.changes
    assert [(operation, theirs) for operation, _, theirs in steps(given, held) if operation != "equal"] == [
        ("delete", omitted)
    ]


def test_a_negation_stays_one() -> None:
    """What is negated on both sides is no change of a negation."""
    comparison = compared("We will not shut the old pier before May")
    assert comparison is not None
    assert comparison.changes == ()


@pytest.mark.parametrize(
    "given",
    [
        "",
        "…",
        "Nobody asked the fishermen about any of this",
        # All of its words are there, but not in that order.
        "decided board the what is That stay can boats 40",
        # Words in order, but from here and there.
        "We the and boats is board",
        "We … that",
    ],
)
def test_too_little_in_common(given: str) -> None:
    assert compared(given) is None


def test_the_difference_word_by_word() -> None:
    assert steps("We will close the new pier, before May") == [
        ("equal", "We will", "We will"),
        ("delete", "", "not"),
        ("equal", "close the", "close the"),
        ("replace", "new", "old"),
        ("equal", "pier, before May", "pier before May"),
    ]
    assert steps("close the old pier before June") == [
        ("equal", "close the old pier before", "close the old pier before"),
        ("replace", "June", "May"),
    ]
    assert steps("Friends, close the old wooden pier before May")[0] == ("replace", "Friends", "not")


def test_the_difference_of_abridged_words() -> None:
    assert steps("[They] will not close … before May") == [
        ("replace", "They", "We"),
        ("equal", "will not close", "will not close"),
        ("delete", "", "the old pier"),
        ("equal", "before May", "before May"),
    ]


def test_what_is_added_at_either_end() -> None:
    held = "the ferries run from Monday"
    assert steps(f"In short, {held} on", held) == [
        ("insert", "In short", ""),
        ("equal", held, held),
        ("insert", "on", ""),
    ]


def test_alike_from_three_in_five_words() -> None:
    held = "one old boat left port today without us"
    assert compared("one old boat sank there", held) is not None
    assert compared("one old ship sank there", held) is None


def test_in_a_long_text_the_passage_is_compared() -> None:
    filler = "and so on it went with the the of of a a in in to to is is " * 40
    held = f"{filler} we keep the harbour open all winter {filler}"
    assert steps("we kept the harbour open all winter", held) == [
        ("equal", "we", "we"),
        ("replace", "kept", "keep"),
        ("equal", "the harbour open all winter", "the harbour open all winter"),
    ]


def test_parts_run_together_are_the_same() -> None:
    comparison = compared("We close it. Nobody else does", "We close it […] Nobody else does")
    assert comparison is not None
    assert comparison.kind == "same"
