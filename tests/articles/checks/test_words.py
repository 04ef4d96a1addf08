"""The words that are compared."""

import pytest

from articles.checks.words import Words, find


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We won’t—ever!”", "we wont ever"),
        ("Café, NAÏVE", "cafe naive"),
        ("a no-fly zone", "a no fly zone"),
        ("in the U.S. and the US", "in the us and the us"),
        ("2,500 or 2.5 at 3:30", "2500 or 2.5 at 3:30"),
        ("$5, €5 and 5 % of it", "$ 5 € 5 and 5 percent of it"),
        ("from -5 to 5-10, 1990–95", "from - 5 to 5-10 1990-95"),
        (".5, 0.5 and 1/2 of 1,500.", "0.5 0.5 and 1/2 of 1500"),
        ("½, 2½ and 10² are not 12, 212 and 102", "0.5 2+0.5 and 10+2 are not 12 212 and 102"),
        ("m² of CO₂", "m2 of co2"),
        ("5 per cent, 5% and 5 percent", "5 percent 5 percent and 5 percent"),
        ("[W]e’re here, we do[n’t] go, im[possible], go[ing]s", "were here we dont go impossible goings"),
        ("we wil [sic] go, we wil[sic] go", "we wil sic go we wil sic go"),
        ("the 1990’s and F-16s", "the 1990s and f 16s"),
        (
            "No. 10, No.10, at No 10, Nº 10 and № 10",
            "number 10 number 10 at number 10 number 10 and number 10",
        ),
        ("No 10 of us said no. 10 did. No. We", "no 10 of us said no 10 did no we"),
        ("戦争は終わる", "戦 争 は 終 わ る"),
        ("cafe\u0301", "cafe"),
        ("… — “”", ""),
    ],
)
def test_words(text: str, words: str) -> None:
    assert " ".join(Words(text).words) == words


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("We will go", ["We will go"]),
        ("We will … go", ["We will", "go"]),
        ("We will [...] go . . . home", ["We will", "go", "home"]),
        ("[we] will go", ["will go"]),
        ("We [the board] will go …", ["We", "will go"]),
    ],
)
def test_pieces_between_what_was_left_out_or_put_in(text: str, pieces: list[str]) -> None:
    words = Words(text)
    assert [words.printed(piece) for piece in words.pieces] == pieces
    assert words.is_abridged == (text != "We will go")


def test_where_words_stand_in_others() -> None:
    assert find(["b", "c"], ["a", "b", "c", "b"]) == 1
    assert find(["b"], ["a", "b", "c", "b"], start=2) == 3
    assert find(["a", "c"], ["a", "b", "c"]) is None
    assert find(["ab"], ["cab", "a", "b"]) is None
