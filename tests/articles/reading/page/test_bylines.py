"""Lines that name authors."""

from __future__ import annotations

import pytest

from articles.reading.page.bylines import is_name, read_byline


@pytest.mark.parametrize(
    ("printed", "names", "said"),
    [
        ("by Ada Example", ["Ada Example"], ""),
        ("By Ada Example and Odo Brannick", ["Ada Example", "Odo Brannick"], ""),
        (
            "By Ada Example, Odo Brannick and Zoë Halvarsen-Pike, Opinion Contributors",
            ["Ada Example", "Odo Brannick", "Zoë Halvarsen-Pike"],
            "Opinion Contributors",
        ),
        ("By Ada Example, Odo Brannick, and Zoë Pike", ["Ada Example", "Odo Brannick", "Zoë Pike"], ""),
        ("BY ADA EXAMPLE & ODO BRANNICK", ["ADA EXAMPLE", "ODO BRANNICK"], ""),
        ("By: Ada Example", ["Ada Example"], ""),
        ("Written by Ada Example, senior correspondent", ["Ada Example"], "senior correspondent"),
        ("By Ada M. Example, Jr.", ["Ada M. Example, Jr."], ""),
        ("By Ada Example, Ph.D. and Odo Brannick", ["Ada Example, Ph.D.", "Odo Brannick"], ""),
        ("By Ludwig van der Heron, Maire O’Heron", ["Ludwig van der Heron", "Maire O’Heron"], ""),
        ("By Ta-Nuku J.D. Example III", ["Ta-Nuku J.D. Example III"], ""),
        ("By The Lindle Press", ["The Lindle Press"], ""),
        ("By Voltaire", ["Voltaire"], ""),
        ("By 李明", ["李明"], ""),
        ("By Ada Example, The Lindle Observer", ["Ada Example", "The Lindle Observer"], ""),
        ("By 李明, 王芳", ["李明", "王芳"], ""),
        ("By Ada Example, Korrespondentin", ["Ada Example"], "Korrespondentin"),
        ("Von Ada Example", ["Ada Example"], ""),
        ("Par Ada Example", ["Ada Example"], ""),
        ("Por Ada de la Example", ["Ada de la Example"], ""),
        ("Door Ada van Example", ["Ada van Example"], ""),
    ],
)
def test_reads_names_and_what_is_said_of_them(printed: str, names: list[str], said: str) -> None:
    assert read_byline(printed) == (tuple(names), said)


@pytest.mark.parametrize(
    "printed",
    [
        "By ten o’clock all was over",
        "By Monday",
        "By March 2025",
        "Byron Example",
        "By",
        "By the river, Ada Example waited",
        "By Staff Writer",
        "Ada Example",
        "By Ada said the heron",
        "By 7",
        # In other languages only a known given name tells a byline.
        "Von Anfang An",
        "Por Dentro do Governo",
        "Par Ada Example, de Lindle",
        "Von Ada",
    ],
)
def test_a_line_that_names_nobody_is_no_byline(printed: str) -> None:
    assert read_byline(printed) is None


def test_one_word_is_a_name_only_alone() -> None:
    assert is_name("Voltaire", alone=True)
    assert not is_name("Voltaire")
    assert not is_name("Ada " * 7)
