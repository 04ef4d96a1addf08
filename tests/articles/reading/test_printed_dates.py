from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading.printed_dates import is_printed_date, resolve

CAPTURED = datetime(2024, 11, 14, 0, 5, tzinfo=UTC)


def settled(printed: str, **context):
    resolved = resolve(printed, **context)
    return resolved and (resolved.first, resolved.precision)


@pytest.mark.parametrize(
    ("printed", "first", "precision"),
    [
        ("November 28, 2024", date(2024, 11, 28), "day"),
        ("November 28 2024", date(2024, 11, 28), "day"),
        ("28 November 2024", date(2024, 11, 28), "day"),
        ("28th november 2024", date(2024, 11, 28), "day"),
        ("Nov. 28, 2024", date(2024, 11, 28), "day"),
        ("Sept. 3, 2024", date(2024, 9, 3), "day"),
        ("May 3, 2024", date(2024, 5, 3), "day"),
        ("2024-11-28", date(2024, 11, 28), "day"),
        (" Nov.\u00a028,  2024 ", date(2024, 11, 28), "day"),
        ("October 2024", date(2024, 10, 1), "month"),
        ("2024-10", date(2024, 10, 1), "month"),
        ("2024", date(2024, 1, 1), "year"),
    ],
)
def test_a_date_with_its_year_needs_nothing_else(printed, first, precision):
    assert settled(printed) == (first, precision)
    assert settled(printed, captured_at=CAPTURED, year=1999) == (first, precision)


@pytest.mark.parametrize("printed", ["November 9", "9 November", "Nov. 9", "5 days ago", "yesterday"])
def test_what_the_words_leave_open_stays_open(printed):
    assert resolve(printed) is None


def test_a_day_without_a_year_falls_in_the_year_given():
    assert settled("November 9", year=2023) == (date(2023, 11, 9), "day")
    assert settled("November 9", year=2023, captured_at=CAPTURED) == (date(2023, 11, 9), "day")


@pytest.mark.parametrize(
    ("printed", "first"),
    [
        ("November 9", date(2024, 11, 9)),
        ("November 14", date(2024, 11, 14)),
        ("November 15", date(2023, 11, 15)),
        ("December 31", date(2023, 12, 31)),
        ("February 29", date(2024, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_latest_before_the_capture(printed, first):
    assert settled(printed, captured_at=CAPTURED) == (first, "day")


def test_a_leap_day_is_found_across_a_century():
    captured = datetime(1904, 2, 1, tzinfo=UTC)
    assert settled("February 29", captured_at=captured) == (date(1896, 2, 29), "day")


@pytest.mark.parametrize(
    ("printed", "first"),
    [
        ("5 days ago", date(2024, 11, 9)),
        ("5 Days Ago", date(2024, 11, 9)),
        ("a day ago", date(2024, 11, 13)),
        ("yesterday", date(2024, 11, 13)),
        ("Today", date(2024, 11, 14)),
        ("4 minutes ago", date(2024, 11, 14)),
        ("11 minutes ago", date(2024, 11, 13)),
        ("an hour ago", date(2024, 11, 13)),
        ("23 hrs ago", date(2024, 11, 13)),
    ],
)
def test_ago_counts_from_the_capture(printed, first):
    assert settled(printed, captured_at=CAPTURED) == (first, "day")


def test_ago_counts_in_the_time_zone_of_the_capture():
    in_seoul = CAPTURED.astimezone(timezone(timedelta(hours=9)))
    assert settled("11 minutes ago", captured_at=in_seoul) == (date(2024, 11, 14), "day")


@pytest.mark.parametrize(
    "printed",
    [
        *("", "soon", "the 5th", "November", "Politics - November 9", "November 31, 2024", "31 June"),
        *("2024-13-01", "2024-11-00", "24-11-28", "0000", "٢٠٢٤", "ſept 3, 2024", "9999 days ago, or so"),
        *("3 weeks ago", "2 months ago", "a year ago"),
    ],
)
def test_what_names_no_day_month_or_year_is_none(printed):
    assert resolve(printed, captured_at=CAPTURED, year=2024) is None


def test_days_before_the_calendar_are_none():
    assert resolve("9999 days ago", captured_at=datetime(3, 1, 1, tzinfo=UTC)) is None


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)))
def test_every_form_of_a_day_resolves_to_it(day):
    for printed in (f"{day:%B} {day.day}, {day:%Y}", f"{day.day} {day:%b} {day:%Y}", day.isoformat()):
        assert settled(printed) == (day, "day")
    end_of_day = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
    assert settled(f"{day:%b}. {day.day}", captured_at=end_of_day) == (day, "day")


@given(st.text(st.sampled_from("0123456789 -.,novembragdyst"), max_size=20))
def test_no_words_break_it(printed):
    resolved = resolve(printed, captured_at=CAPTURED)
    assert resolved is None or is_printed_date(printed)


@pytest.mark.parametrize(
    ("printed", "is_date"),
    [
        ("November 9", True),
        ("3 weeks ago", True),
        ("yesterday", True),
        ("November 31", True),
        ("The Hill", False),
        ("May", False),
        ("", False),
    ],
)
def test_the_form_of_a_date_is_known_without_resolving_it(printed, is_date):
    assert is_printed_date(printed) is is_date
