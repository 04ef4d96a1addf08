"""The analyser: which texts have which tokens, and where they stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.analyser import MAX_REPEATS, MAX_TOKENS, analyse, token_of, tokens_in


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The ferries’ first runs", "the ferri first run"),
        ("running RUNS run", "run run run"),
        ("Kim Jong-un’s", "kim jong un"),
        ("Élysée elysee", "elyse elyse"),
        ("Straße STRASSE", "strass strass"),
        ("3.14 1e5 0x1f", "3 14 1e5 0x1f"),
        ("don’t don't", "dont dont"),
        ("乌克兰", "ue4b98c ue5858b ue585b0"),
        ("😀 … —", ""),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert analyse(text) == tokens


def test_words_of_other_scripts_are_tokens_too() -> None:
    assert analyse("Київ") == analyse("КИЇВ") == f"u{'киів'.encode().hex()}"


def test_texts_that_are_indexed_as_one_are_kept_apart() -> None:
    assert analyse("One ferry", "Two") == "one ferri ß two"
    assert analyse("One ferry", "", "…") == "one ferri"
    assert "ß" not in analyse("ß ẞ ss")


@given(st.text())
def test_tokens_are_plain_for_every_store(text: str) -> None:
    assert re.fullmatch("([a-z0-9]+( [a-z0-9]+)*)?", analyse(text))


@given(st.text())
def test_each_token_stands_where_its_word_does(text: str) -> None:
    found = list(tokens_in(text))
    assert [token for token, _, _ in found] == analyse(text).split()
    for places in zip(*((start, end) for _, start, end in found), strict=True):
        assert list(places) == sorted(places)
    assert all(token in analyse(text[start:end]).split() for token, start, end in found)


def test_where_words_stand() -> None:
    text = "“Kim Jong-un’s” ½ 乌克兰"
    assert [(token, text[start:end]) for token, start, end in tokens_in(text)] == [
        ("kim", "Kim"),
        ("jong", "Jong"),
        ("un", "un’s"),
        ("1", "½"),
        ("2", "½"),
        ("ue4b98c", "乌"),
        ("ue5858b", "克"),
        ("ue585b0", "兰"),
    ]


def test_what_is_indexed_has_bounds() -> None:
    many = analyse(" ".join(f"w{number}" for number in range(MAX_TOKENS + 5))).split()
    assert len(many) == MAX_TOKENS
    assert analyse("the end " * 400).split().count("the") == MAX_REPEATS
    assert len(token_of("a" * 5000)) == len(token_of("я" * 5000)) == 100
