import doctest
import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdb import addresses
from newsdb.addresses import DOMAIN, RESERVED_SLUG, SLUG, WEB_ADDRESS, WIKIDATA_ID, canonical_url


def test_its_examples_hold() -> None:
    assert doctest.testmod(addresses).failed == 0


@pytest.mark.parametrize(
    "copied",
    [
        "https://example.org/news/Ferry?id=7&page=2",
        "http://example.org/news/Ferry?id=7&page=2",
        "https://www.example.org/news/Ferry?id=7&page=2",
        "https://EXAMPLE.org/news/Ferry?id=7&page=2",
        "https://example.org:443/news/Ferry?id=7&page=2",
        "https://reader@example.org/news/Ferry?id=7&page=2",
        "https://example.org/news/Ferry/?page=2&id=7",
        "https://example.org/news/Ferry?id=7&page=2#comments",
        "https://example.org/news/Ferry?utm_source=mail&id=7&utm_medium=x&page=2&fbclid=1",
        "https://example.org/news/F%65rry?id=%37&page=2",
        "  https://example.org/news/Ferry?id=7&page=2\n",
    ],
)
def test_the_same_page_has_the_same_key(copied: str) -> None:
    assert canonical_url(copied) == "example.org/news/Ferry?id=7&page=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.com/a"),
        ("https://example.org/a", "https://news.example.org/a"),
        ("https://example.org/a", "https://example.org:8000/a"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/?q=", "https://example.org/"),
        # Not UTF-8: an old Korean site's addresses of two pages.
        ("https://example.org/%B1%E8", "https://example.org/%B0%A1"),
        ("https://example.org/?q=%B1%E8", "https://example.org/?q=%B0%A1"),
        (f"https://example.org/{'a' * 900}", f"https://example.org/{'a' * 901}"),
    ],
)
def test_other_pages_have_other_keys(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(("path", "query"), [("/wiki/김정은", "q=김"), ("/é(1)~;", "q=a b")])
def test_percent_encoding_does_not_count(path: str, query: str) -> None:
    encoded = f"https://example.org{quote(path)}?{quote(query, safe='=')}"
    assert canonical_url(f"https://example.org{path}?{query}") == canonical_url(encoded)


NOWHERE = ["", " ", "example.org/a", "/a", "https://", "https:///a", "mailto:ines@example.org", "a\x00"]
BROKEN = ["[::1", "example.org:port/", "example.org/?q=\ud800", "example.org/\ud800", "\ud800/"]


@pytest.mark.parametrize("nowhere", [*NOWHERE, *(f"https://{rest}" for rest in BROKEN)])
def test_what_names_no_page_has_no_key(nowhere: str) -> None:
    assert canonical_url(nowhere) == ""


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_text_gives_a_key_or_none(typed: str) -> None:
    for url in (typed, f"https://{typed}", f"https://example.org/{typed}", f"https://example.org/?{typed}"):
        assert len(canonical_url(url).encode()) <= 2000


WORD = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)


@given(
    st.lists(WORD, max_size=3),
    st.lists(st.tuples(WORD, WORD), max_size=3),
    st.sampled_from(["", ":8000", ":80"]),
)
def test_a_key_is_its_own_key(path: list[str], query: list[tuple[str, str]], port: str) -> None:
    pairs = "&".join(f"{name}={value}" for name, value in query)
    key = canonical_url(f"http://www.example.org{port}/{'/'.join(path)}?{pairs}")
    assert key.startswith("example.org")
    assert canonical_url(f"https://{key}") == key


@given(st.text(max_size=3000))
def test_keys_fit_an_index(path: str) -> None:
    assert len(canonical_url(f"https://example.org/{quote(path)}")) <= 500


@pytest.mark.parametrize(
    ("pattern", "fine", "wrong"),
    [
        (SLUG, ["a", "the-hill", "2-4"], ["", "A", "a-", "-a", "a--b", "a\n", "é", "a_b"]),
        (RESERVED_SLUG, ["q1", "q007", "export"], ["q", "q1a", "a-q1", "q1\n", "Q1", "exports", "export-2"]),
        (WIKIDATA_ID, ["Q1", "Q3874799"], ["Q", "Q01", "q1", "Q1\n", "Q١"]),
        (
            DOMAIN,
            ["thehill.com", "a-b.co.uk"],
            ["", "com", ".com", "a.", "A.com", "a.com\n", "https://a.com"],
        ),
        (
            WEB_ADDRESS,
            ["http://a", "https://a/ü?q=%20#x", "https://[::1]:8/@ines/o'brien?a=b@c#'", "http://ü.example?"],
            [
                "",
                "https://",
                "ftp://a",
                "https://a\n",
                "https://a b",
                "https://a\u3000",
                "javascript:https://a",
                'http://x"onload=1',
                "http://x'onload=1",
                'https://a/"b"',
                "https://a?<b>",
                "https://a#`",
                "https://a\\@b",
                "https://ines@a",
                "https://ines:secret@a/",
                "https:///a",
            ],
        ),
    ],
)
def test_patterns(pattern: str, fine: list[str], wrong: list[str]) -> None:
    assert [text for text in [*fine, *wrong] if re.search(pattern, text)] == fine
