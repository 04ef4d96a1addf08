import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading.printed_links import (
    PrintedLink,
    PrintedLinkError,
    PrintedList,
    parse_lists,
)

TWO_LISTS = """\
Topics
-
Bridge reopens after a year
Local - The Valley Post - November 9 -
Who pays - and how much - for the bridge?
Opinion - The Courier - 5 days ago
More from The Valley Post
-
What the mayor could — and couldn't — do
Politics - The Valley Post - 11 minutes ago"""

BRIDGE = PrintedLink("Bridge reopens after a year", "Local", "The Valley Post", "November 9")
COSTS = PrintedLink("Who pays - and how much - for the bridge?", "Opinion", "The Courier", "5 days ago")
MAYOR = PrintedLink(
    "What the mayor could — and couldn't — do", "Politics", "The Valley Post", "11 minutes ago"
)
LISTS = [PrintedList("Topics", (BRIDGE, COSTS)), PrintedList("More from The Valley Post", (MAYOR,))]


def test_lists_keep_the_order_of_the_page():
    assert parse_lists(TWO_LISTS) == LISTS


@pytest.mark.parametrize(
    "change",
    [
        lambda pasted: pasted.replace("\n", "\r\n"),
        lambda pasted: pasted.replace("\n", "\r"),
        lambda pasted: "\n\n" + pasted.replace("\n", "\n \n"),
        lambda pasted: pasted.replace("\n-\n", "\n"),
        lambda pasted: pasted.replace("\n-\n", "\n•\n"),
        lambda pasted: pasted.replace("Local - The Valley Post -", "Local • The Valley Post •"),
        lambda pasted: pasted.replace("Opinion - The Courier -", "Opinion – The Courier –"),
        lambda pasted: pasted.replace("Local - The Valley", "Local\u00a0-\u00a0The\u00a0Valley"),
        lambda pasted: pasted.replace("November 9 -", "November 9"),
        lambda pasted: pasted.replace("Bridge", "- Bridge").replace("Who", "• Who"),
        lambda pasted: pasted.replace("Local", "- Local"),
        lambda pasted: pasted + " -\n-\n",
    ],
)  # fmt: skip
def test_the_same_lists_in_another_dress(change):
    assert change(TWO_LISTS) != TWO_LISTS
    assert parse_lists(change(TWO_LISTS)) == LISTS


@pytest.mark.parametrize(
    ("particulars", "section", "outlet_label", "printed_date"),
    [
        ("The Courier - October 25 -", "", "The Courier", "October 25"),
        ("World - The Courier", "World", "The Courier", ""),
        ("World - The Courier -", "World", "The Courier", ""),
        ("The Courier -", "", "The Courier", ""),
        ("October 25", "", "", "October 25"),
        ("World - - October 25 -", "World", "", "October 25"),
        ("World - The Courier - 25. Oktober -", "World", "The Courier", "25. Oktober"),
        ("World - The Courier - 3 weeks ago", "World", "The Courier", "3 weeks ago"),
        ("World - Post-Courier - 2024", "World", "Post-Courier", "2024"),
    ],
)
def test_particulars_may_be_missing(particulars, section, outlet_label, printed_date):
    link = PrintedLink("Bridge reopens", section, outlet_label, printed_date)
    assert parse_lists(f"Bridge reopens\n{particulars}") == [PrintedList("", (link,))]


def test_a_title_may_look_like_particulars():
    [read] = parse_lists("Live - Bridge - November 9\nLocal - The Courier - November 9 -\n1984\nBooks -")
    assert read.links == (
        PrintedLink("Live - Bridge - November 9", "Local", "The Courier", "November 9"),
        PrintedLink("1984", "", "Books", ""),
    )


def test_a_list_without_a_heading_has_no_title():
    assert parse_lists("-\nBridge reopens\nOctober 25") == [
        PrintedList("", (PrintedLink("Bridge reopens", printed_date="October 25"),))
    ]


def test_a_heading_without_links_is_kept():
    assert parse_lists("Topics\n-\n" + "More\n-\nBridge\nOctober 25")[0] == PrintedList("Topics", ())


def test_nothing_pasted_is_no_list():
    assert parse_lists(" \n\n") == []
    assert parse_lists("") == []


@pytest.mark.parametrize(
    ("pasted", "line_number", "text", "reason"),
    [
        (TWO_LISTS + "\n\nA stray line", 12, "A stray line", "no section, outlet or date"),
        ("Local - The Courier -\nBridge", 1, "Local - The Courier -", "without a title above"),
        ("Bridge\nThe Courier\nMore", 2, "The Courier", "not the section, outlet and date of"),
        ("Bridge\nA - B - C - D - May 3 -", 2, "A - B - C - D - May 3 -", "of “Bridge”"),
        ("Bridge\nB -\nC - D - May 3\nTolls\nE -", 4, "Tolls", "of “C - D - May 3”"),
    ],
)
def test_a_line_out_of_place_is_named(pasted, line_number, text, reason):
    with pytest.raises(PrintedLinkError, match=reason) as error:
        parse_lists(pasted)
    assert (error.value.line_number, error.value.text) == (line_number, text)
    assert f"Line {line_number}, “{text}”" in str(error.value)


NAMES = (
    st.text(st.sampled_from("abc é’🦉"), min_size=1, max_size=12)
    .map(lambda name: " ".join(name.split()))
    .filter(bool)
)
TITLES = st.lists(NAMES, min_size=1, max_size=3).map(" - ".join)
DATES = st.sampled_from(["November 9", "5 days ago", "Nov. 28, 2024", "2024-11-28", "3 weeks ago"])
LINKS = st.builds(PrintedLink, TITLES, NAMES, NAMES, DATES)
PRINTED_LISTS = st.lists(
    st.builds(PrintedList, NAMES, st.lists(LINKS, min_size=1, max_size=4).map(tuple)), max_size=3
)


@given(PRINTED_LISTS, st.sampled_from(["-", "–", "•"]), st.booleans())
def test_what_is_printed_is_read_back(lists, mark, closed):
    lines = []
    for printed in lists:
        lines += [printed.title, mark]
        for link in printed.links:
            particulars = f" {mark} ".join([link.section, link.outlet_label, link.printed_date])
            lines += [link.title, f"{particulars} {mark}" if closed else particulars]
    assert parse_lists("\n".join(lines)) == lists


@given(st.lists(st.sampled_from(["-", "", "Topics", "A - B", "A - B - May 3", "A - B - May 3 -", "- C"])))
def test_no_line_is_lost(lines):
    try:
        lists = parse_lists("\n".join(lines))
    except PrintedLinkError:
        return
    read = sum(bool(printed.title) + 2 * len(printed.links) for printed in lists)
    assert read == sum(line not in {"-", ""} for line in lines)
