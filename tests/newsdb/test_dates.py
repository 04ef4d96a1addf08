from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdb.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024-10-23", date(2024, 10, 23), date(2024, 10, 23), "day"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28), "month"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("1000", date(1000, 1, 1), date(1000, 12, 31), "year"),
        ("9998-12", date(9998, 12, 1), date(9998, 12, 31), "month"),
    ],
)
def test_it_reads_days_months_and_years(text: str, first: date, last: date, precision: str) -> None:
    parsed = PartialDate.parse(text)
    assert (parsed.first, parsed.last, parsed.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-1",
        "2024-13",
        "2024-02-30",
        "2024-10-23T00:00",
        "2024-10-23\n",
        " 2024",
        "2024-",
        "-2024",
        "+2024",
        "20241023",
        "2024/10/23",
        "٢٠٢٤",
        "２０２４-10",
        "0000",
        "0999",
        "9999",
        "9999-12-31",
        "10000",
        "today",
    ],
)
def test_it_refuses_what_is_no_date_or_out_of_range(text: str) -> None:
    with pytest.raises(ValueError, match=r"Write a date as|no such date|from 1000 to 9998"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("first", "precision"),
    [
        (date(2024, 10, 2), "month"),
        (date(2024, 10, 1), "year"),
        (date(2024, 1, 2), "year"),
        (date(2024, 1, 1), "week"),
        (date(999, 1, 1), "day"),
        (date(9999, 1, 1), "day"),
    ],
)
def test_it_cannot_be_made_inconsistent(first: date, precision: str) -> None:
    with pytest.raises(ValueError, match=r"first day|precision is|from 1000"):
        PartialDate(first, precision)  # type: ignore[arg-type]


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), st.sampled_from([4, 7, 10]))
def test_what_is_written_at_its_precision_reads_back(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    parsed = PartialDate.parse(text)
    assert str(parsed) == text
    assert parsed.first <= day <= parsed.last
