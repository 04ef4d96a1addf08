"""Any text whatever: quotations inside it, in order, the same each time, at a cost that grows in step."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import quotations
from articles.reading.quotations import extract
from articles.reading.spans import Span

#: What quotations are made of, so that chance makes some.
MARKS = [
    "“",
    "”",
    '"',
    "‘",
    "’",
    "''",
    ",",
    ".",
    ":",
    "?",
    "—",
    "(",
    ")",
    "\n",
    "\n\n",
    " ",
    "I",
    "@x",
    "🦆",
    "the ",
]
WORDS = [
    " said ",
    " told ",
    " he ",
    " she ",
    "Ida Holm",
    " Mr. Marsh",
    "the mayor",
    " who ",
    " according to ",
    " of ",
]
CLAUSES = [
    "We sail on Monday",
    "The boat is late again",
    "In 2023, ",
    "’s ",
    "MARSH: ",
    "“It is so,” she said.",
    "\nQ: Why?\nA: So it is.\n",
    "\nHOLM: Why?\n",
    "\n— Ida Holm (@idaholm) May 3, 2024\n",
]
PIECES = st.sampled_from([*MARKS, *WORDS, *CLAUSES])
TEXTS = st.text() | st.lists(PIECES, max_size=40).map("".join)
PACKAGE = str(Path(quotations.__file__).parent)


@given(TEXTS)
def test_quotations_lie_inside_the_text_in_order(text):
    last = 0
    for quotation in extract(text):
        assert 0 <= quotation.confidence <= 1
        for part in quotation.parts:
            assert last <= part.start < part.end <= len(text)
            assert part.of(text).strip() == part.of(text)
            last = part.end
        if quotation.mention is not None:
            assert 0 <= quotation.mention.start < quotation.mention.end <= len(text)


@pytest.mark.parametrize("blank", [" ", "\t", "\xa0", "\u2009", "\x1c"])
@pytest.mark.parametrize("words", ["A{blank},", "{blank}A,{blank}", "A{blank}{blank},{blank}", "{blank},"])
def test_blanks_at_the_marks_are_outside(words, blank):
    text = f"Ida Holm said it was “{words.format(blank=blank)}” and left."
    found = [[part.of(text) for part in quotation.parts] for quotation in extract(text)]
    assert found == ([["A"]] if "A" in words else [])


def test_one_word_between_stray_marks_is_read():
    assert extract('“"@0“') == []


@given(TEXTS)
def test_reading_twice_gives_the_same(text):
    assert extract(text) == extract(text)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_nothing_outside_the_body_is_quoted(text, start, length):
    for quotation in extract(text, body=[Span(start, start + length)]):
        assert all(start <= part.start and part.end <= start + length for part in quotation.parts)


def steps(text):
    """How many lines of the package run for a text."""
    count = 0

    def local(frame, event, argument):
        nonlocal count
        count += event == "line"
        return local

    def trace(frame, event, argument):
        return local if frame.f_code.co_filename.startswith(PACKAGE) else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        extract(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "“A b c d,” he said. ",
        "he said “a b c” and ",
        "“x, he said ",
        "“A b c d\n",
        "“A b c d e,” she said.\n",
        "a spokesman for the mayor of ",
        "of Ida Holm, “it is cold,” ",
        "Ida, who said, ",
        "said, ",
        "Ida Holm said “it is cold.”\n",
        "(“a",
        "a b: ",
        "‘it is cold,’ she said ",
        "‘the boys’ bell ",
        "“a ‘b c",
        "‘A b, he said.\n",
        "Q: Why a?\nA: So b c.\n",
        "HOLM: Why a?\n",
        "“HOLM: a. PIKE: b. ",
        "a b — Ada Holm (@a) May 3, 2024 ",
        "A b.\n— Ada Holm (@a) May 3, 2024\n",
        "“A b.\nAda Holm, c”\n",
        "“A b c d. Ada Holm, c d”\n",
        "“a b c d e.”\n",
        "“a b”—she paused—",
        "“a b,” as Ida ",
        "shot back, ",
        "“A b.”\n— Ada Holm, c\n",
        "“A b.\n",
        "Aa",
    ],
)
def test_twice_the_text_costs_twice_the_steps(piece):
    ending = "said Ida Holm: “It is so cold.”"
    assert steps(piece * 400 + ending) < 2.4 * steps(piece * 200 + ending)


@pytest.mark.parametrize("piece", ["it was asked by ", "they spoke to ", "a talk with ", "it answered "])
def test_so_do_introductions_of_interviews(piece):
    def page(count):
        return f"{piece * count}{'so Ida Holm left it, ' * count}.\nQ: Why is it so?\nA: It is so."

    assert steps(page(400)) < 2.4 * steps(page(200))


def test_as_many_people_as_there_are_paragraphs():
    def page(count):
        names = ("I" + "".join(chr(97 + int(digit)) for digit in str(number)) for number in range(count))
        return "\n".join(f"{name} Holm said “it is so cold.”" for name in names)

    assert steps(page(400)) < 2.4 * steps(page(200))
