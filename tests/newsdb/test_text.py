"""Folding: what is the same word, whoever typed it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdb.text import CharacterTable, fold, letters


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kim Jong-un’s “Élysée”", "kim jong uns elysee"),
        ("STRASSE Straße", "strasse strasse"),
        ("Zelenskyy ZELENSKYY", "zelenskyy zelenskyy"),
        ("don't don’t donʼt", "dont dont dont"),
        ("𝐊irby", "kirby"),
        ("½ U.S.", "1 2 u s"),
        ("Σίσυφος ΣΊΣΥΦΟΣ", "σισυφοσ σισυφοσ"),
        (" — … ", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_however_accents_are_encoded(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


def test_a_table_of_characters_does_not_grow_without_end() -> None:
    table = CharacterTable()
    text = "".join(map(chr, range(0xE000, 0xE000 + 5000)))
    assert text.translate(table) == "".join(map(letters, text))
    assert len(table) == 4096
