import doctest

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from newsdb import text
from newsdb.text import check_text, fold


def test_its_examples_hold() -> None:
    assert doctest.testmod(text).failed == 0


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Volodymyr ZELENSKYY", "volodymyr zelenskyy"),
        ("Kim Jong-un", "kim jong un"),
        ("  Kim\u00a0Jong\nUn ", "kim jong un"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Oʼbrien", "obrien"),
        ("‘Twas “well”—said…", "twas well said"),
        ("Façade, naïve, Ångström", "facade naive angstrom"),
        ("STRASSE Straße", "strasse strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁne x² ℌ Ａ１", "fine x2 h a1"),
        ("co\u00adoperate\ufeff", "cooperate"),
        ("Дмитрий Ёлкин", "дмитрии елкин"),
        ("金正恩、习近平", "金正恩 习近平"),
        ("हिन्दी", "हिनदी"),
        ("1,5 %", "1 5"),
    ],
)
def test_it_keeps_the_words(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_korean_is_the_same_however_it_is_composed() -> None:
    assert fold("김정은") == fold("\u1100\u1175\u11b7\u110c\u1165\u11bc\u110b\u1173\u11ab") != ""


@pytest.mark.parametrize("wordless", ["", " ", "…", "😀", "❤️", "’", "—!?", "\u00ad", "\x00", "\ud800"])
def test_text_without_words_folds_to_nothing(wordless: str) -> None:
    assert fold(wordless) == ""


@given(st.text(st.characters()))
def test_folding_twice_is_folding_once(written: str) -> None:
    assert fold(fold(written)) == fold(written)


@given(st.text())
def test_what_is_folded_is_words_one_space_apart(written: str) -> None:
    folded = fold(written)
    assert folded == " ".join(folded.split())
    assert folded == folded.casefold()


@given(st.text(), st.text())
def test_words_fold_one_by_one(left: str, right: str) -> None:
    assert fold(f"{left} {right}") == f"{fold(left)} {fold(right)}".strip()


@given(st.text(st.characters(codec="ascii")))
def test_case_does_not_count(written: str) -> None:
    assert fold(written.upper()) == fold(written) == fold(written.lower())


@pytest.mark.parametrize("fine", ["", "…", "\t\n\x01\x7f\u2028\ufffe", "😀", "\U0010ffff"])
def test_all_that_both_stores_give_back_is_text(fine: str) -> None:
    check_text(fine)


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        ("a\x00b", "NUL"),
        ("a\ud800", r"lone surrogate \(at character 1\)"),
        ("\udc80", r"at character 0"),
        ("\ud83d\ude00", "lone surrogate"),
    ],
)
def test_nul_and_lone_surrogates_are_no_text(refused: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        check_text(refused)


@given(st.text(st.characters(exclude_categories=())))
def test_what_passes_can_be_written_as_utf_8(written: str) -> None:
    try:
        check_text(written)
    except ValidationError:
        assert "\x00" in written or any("\ud800" <= c <= "\udfff" for c in written)
    else:
        assert written.encode().decode() == written
        assert "\x00" not in written
