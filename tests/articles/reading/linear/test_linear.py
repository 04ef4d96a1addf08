"""Whatever is in a text, reading four times as much of it takes at most five times as long."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

import lxml.html
import pytest

from articles.reading.anchors import AnchorError
from articles.reading.documents.encodings import UnknownEncodingError, declared_encoding
from articles.reading.html.link_lists import read_link_lists
from articles.reading.html.tags import excess
from articles.reading.page import read_page
from articles.reading.parts import find_parts
from articles.reading.pasted import QuotationMarksError, parse_statement_words
from articles.reading.printed_links import PrintedLinkError, parse_lists
from articles.reading.quotations import extract, find_unattributed
from newsdb.text import fold
from tests.articles.reading.linear.growth import LARGEST, grows_too_fast
from tests.articles.reading.linear.vocabulary import pieces

SHORT, LONG = 800, LARGEST // 4
"""Code points at which the short form and the long form begin."""
SEPARATORS = (" ", "", "\n", ", ", ". ", " and ")
#: A run alone, behind a quotation and before one, with one after each word, and one mark in another.
FORMS: tuple[Callable[[str, int], str], ...] = (
    lambda unit, size: unit * (size // len(unit) + 1),
    lambda unit, size: "“We go on,” " + unit * (size // len(unit) + 1),
    lambda unit, size: unit * (size // len(unit) + 1) + " said: “We go on.” She left.",
    lambda unit, size: f"{unit}“No,” " * (size // (len(unit) + 6) + 1),
    lambda unit, size: f"{unit}“ " * (size // (len(unit) + 2) // 2) + "” " * (size // (len(unit) + 2) // 2),
)
#: Runs of these once took the square of their length, or worse.
KNOWN = ("Jan ", "March ", "Monday ", "American ", "Jan. 3 ", "President ", "“", "'", "<", "By Ada, ", "a\n")


def read(text: str) -> None:
    """Read a page as loading it does, and as a curator's form reads what is pasted into it."""
    read_page(text)
    find_unattributed(text, extract(text))
    excess(text)
    fold(text)
    with suppress(QuotationMarksError):
        parse_statement_words(text)
    with suppress(PrintedLinkError):
        parse_lists(text)


def runs(chance: random.Random) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Of each word and mark a run, in one form or another: what it consists of, and a text of some length."""
    for piece in pieces():
        separator, form = chance.choice(SEPARATORS), chance.choice(FORMS)
        yield repr((piece, separator, FORMS.index(form))), partial(form, piece + separator)


def mixtures(chance: random.Random) -> Iterator[tuple[str, Callable[[int], str]]]:
    """The same, but alternating several words and marks."""
    known = pieces()
    while True:
        unit = "".join(chance.choice(known) + chance.choice(SEPARATORS) for _ in range(chance.randint(2, 5)))
        form = chance.choice(FORMS)
        yield repr((unit, FORMS.index(form))), partial(form, unit)


@pytest.mark.parametrize("unit", KNOWN)
@pytest.mark.parametrize("form", range(len(FORMS)))
def test_runs_that_were_slow_are_read_in_proportion(unit: str, form: int) -> None:
    assert grows_too_fast(read, lambda size: FORMS[form](unit, size), size=SHORT) == ""


@pytest.mark.torture(times=3)
def test_runs_of_every_word_and_mark_are_read_in_proportion(seed: int, pytestconfig: pytest.Config) -> None:
    chance = random.Random(seed)
    chosen = list(runs(chance))
    assert len(chosen) > 200
    if not pytestconfig.getoption("torture"):
        chosen = chance.sample(chosen, 60)
    found = {name: grows_too_fast(read, text, size=SHORT) for name, text in chosen}
    assert {name: why for name, why in found.items() if why} == {}


@pytest.mark.torture(times=10)
def test_long_runs_and_mixtures_are_read_in_proportion(seed: int, pytestconfig: pytest.Config) -> None:
    chance = random.Random(seed)
    is_long = pytestconfig.getoption("torture")
    size, most = (LONG, 12) if is_long else (SHORT, 6)
    chosen = chance.sample(list(runs(chance)), most)
    chosen += [mixture for mixture, _ in zip(mixtures(chance), range(most), strict=False)]
    found = {name: grows_too_fast(read, text, size=size) for name, text in chosen}
    assert {name: why for name, why in found.items() if why} == {}


@pytest.mark.parametrize("mark", ["“", "ab", "a", "aab"])
def test_words_that_are_half_of_the_text_are_found_in_proportion(mark: str) -> None:
    def find(text: str) -> None:
        with suppress(AnchorError):
            find_parts(text, [text[: len(text) // 2]])

    assert grows_too_fast(find, lambda size: mark * (size // len(mark)), size=5_000) == ""


@pytest.mark.parametrize(
    "piece", ["<meta ", "<meta \"'", "<!--", "<script", "<meta a=", "a", "<", " = ", "charset "]
)
@pytest.mark.parametrize("opening", ["", "<meta ", "<meta http-equiv=content-type content='"])
def test_a_declared_encoding_is_looked_for_in_proportion(opening: str, piece: str) -> None:
    def look(page: str) -> None:
        with suppress(UnknownEncodingError):
            declared_encoding(page.encode())

    def page(size: int) -> str:
        return f"{opening}{piece * (size // len(piece))}"

    assert grows_too_fast(look, page, size=5_000) == ""


@pytest.mark.parametrize(
    ("opening", "piece"),
    [
        ("", "<h3>Related</h3>"),
        ("<div class=related><h3>Related</h3>", '<a href="/{}">The bell is back</a>'),
        ("<div class=related><h3>Related</h3>", '<div><div><a href="/{}">The bell {}</a></div></div>'),
        ("<div class=related>" * 20 + "<h3>Related</h3><p>", '<a href="/{}"> no </a>'),
    ],
)
def test_lists_of_links_are_found_in_proportion(opening: str, piece: str) -> None:
    def find(html: str) -> None:
        read_link_lists(lxml.html.document_fromstring(html))

    def page(size: int) -> str:
        return opening + "".join(piece.format(number, number) for number in range(size // len(piece)))

    assert grows_too_fast(find, page, size=5_000) == ""
