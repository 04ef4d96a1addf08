"""Days in the languages and orders in which news sites print them."""

from __future__ import annotations

import pytest

from articles.reading.html.printed_days import find_day


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Published 6:00 am Tuesday, March 11, 2025"),
        ("en", "11th March 2025"),
        ("en-GB", "Tue 11 Mar 2025 06.00 GMT"),
        ("en", "11-Mar-2025"),
        ("", "Tue Mar 11 06:00:00 CET 2025"),
        ("", "Tue, 11 Mar 2025 06:00:00 GMT"),
        ("de-AT", "Dienstag, 11. März 2025, 06:00 Uhr"),
        ("de", "Di 11.03.25 | 14:07 Uhr"),
        ("fr", "mar. 11 mars 2025"),
        ("fr-FR", "Le 11/03/2025 à 06:00"),
        ("es", "Martes, 11 de marzo de 2025 | 06:00"),
        ("pt_BR", "11 de março de 2025 às 06h00"),
        ("it", "Martedì 11 marzo 2025, 06:00"),
        ("nl", "11 maart 2025 om 06:00"),
        ("sv", "Publicerad: 2025-03-11 06:00"),
        ("no", "Publisert 11. mars 2025 kl. 06:00"),
        ("da", "11. marts 2025 kl. 06.00"),
        ("fi", "11. maaliskuuta 2025"),
        ("pl", "11 marca 2025, 06:00"),
        ("cs", "11. 3. 2025 6:00"),
        ("tr", "11 Mart 2025, Salı 06:00"),
        ("ru", "11 марта 2025, 06:00"),
        ("uk", "11 березня 2025, 06:00"),
        ("el", "11 Μαρτίου 2025"),
        ("hu", "2025. március 11. 06:00"),
        ("hu", "2025. 03. 11. 06:00"),
        ("lt", "2025 m. kovo 11 d."),
        ("id", "Selasa, 11 Maret 2025 06:00 WIB"),
        ("ar", "الثلاثاء 11 مارس 2025 - 06:00"),
        ("ja", "2025年3月11日 6時00分"),
        ("ko", "입력 2025.03.11 06:00"),
        # The page declares another language than it is in.
        ("en", "11 de marzo de 2025"),
    ],
)
def test_a_day_is_read_in_the_pages_language(language: str, line: str) -> None:
    assert str(find_day(line, language)) == "2025-03-11"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("", "03/04/2025"),
        ("en", "03.04.2025"),
        ("ko", "25.03.11"),
        # November in Polish and Czech, October in Croatian.
        ("", "11. listopada 2025"),
        ("en", "31 February 2025"),
        ("en", "2 hours ago"),
        ("en", "Version 11.3.2025.1"),
        ("en", "Fiscal 11 2025"),
    ],
)
def test_what_may_be_another_day_or_none_is_not_read(language: str, line: str) -> None:
    assert find_day(line, language) is None


def test_a_day_and_a_month_of_the_same_number_are_clear() -> None:
    assert str(find_day("03/03/2025", "en")) == "2025-03-03"


def test_the_language_tells_which_month_a_name_is() -> None:
    assert str(find_day("11. listopada 2025", "pl")) == "2025-11-11"
    assert str(find_day("11. listopada 2025", "hr")) == "2025-10-11"
