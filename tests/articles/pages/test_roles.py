"""Where the roles of an actor are drawn on the line of time."""

from datetime import date
from typing import Any

import pytest

from articles.pages.roles import Bar, Timeline

TODAY = date(2026, 3, 1)


def role(started: str = "", ended: str = "") -> dict[str, Any]:
    """A role as the API writes it; a date is a year, a month or a day."""
    precision = {4: "year", 7: "month", 10: "day"}
    row: dict[str, Any] = {"title": "Mayor", "organisation": None}
    for name, text in (("started", started), ("ended", ended)):
        row[f"{name}_on"] = f"{text}-01-01"[:10] if text else None
        row[f"{name}_precision"] = precision.get(len(text))
    return row


def bars(*roles: dict[str, Any]) -> list[Bar | None]:
    timeline = Timeline.of(roles, TODAY)
    return [timeline.bar(each) for each in timeline.roles]


def test_roles_that_overlap_each_have_a_bar_from_their_first_day_until_after_their_last():
    # Of 3652 days, 365 are of 2010, 366 of 2012, and 31 of a January.
    assert bars(role("2011", "2019"), role("2010-01-01", "2010-01"), role("2012", "2013")) == [
        Bar(9.99, 90.01, ""),
        Bar(19.99, 20.02, ""),
        Bar(0.0, 0.85, ""),
    ]


def test_what_is_not_known_fades_a_beginning_from_the_edge_and_an_end_until_today():
    # Of 1826 days, 365 are of 2022, and 366 of 2024.
    timeline = Timeline.of([role("2023-01-01"), role("", "2024")], TODAY)
    assert (timeline.first, timeline.end) == (2022, 2027)
    drawn = [timeline.bar(each) for each in timeline.roles]
    assert drawn == [Bar(19.99, 80.01, "end"), Bar(0.0, 60.02, "start")]


def test_the_latest_comes_first_and_what_has_no_date_last_without_a_bar():
    roles = [role(), role("2010", "2012"), role("2001"), role("2005", "2012-06"), role("", "2020")]
    timeline = Timeline.of(roles, TODAY)
    written = [each.written for each in timeline.roles]
    assert written == ["since 2001", "until 2020", "2010 – 2012", "2005 – June 2012", "dates not known"]
    assert timeline.bar(timeline.roles[-1]) is None


@pytest.mark.parametrize(
    ("started", "ended", "numbers"),
    [
        ("2024-05-01", "2024-06-01", ["2024"]),
        ("2019", "2022", ["2019", "2020", "2021", "2022"]),
        ("1990", "2024", ["1990", "2000", "2010", "2020"]),
        ("1000", "9998", ["2000", "4000", "6000", "8000"]),
    ],
)
def test_at_most_six_years_are_written(started, ended, numbers):
    drawn = Timeline.of([role(started, ended)], TODAY).numbers
    assert [text.split("</text>")[0] for text in drawn.split('y="1em">')[1:]] == numbers


def test_without_any_date_there_is_no_line():
    timeline = Timeline.of([role(), role()], TODAY)
    assert (timeline.first, timeline.numbers, [bar for _, bar in timeline.drawn]) == (0, "", ["", ""])
