"""Lines that say when a page was published, in the forms that outlets use."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.reading.page.datelines import publication, read_dateline
from newsdb.dates import PartialDate

CAPTURED_AT = datetime(2024, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "printed",
    [
        "November 28, 2024",
        "28 Nov 2024",
        "2024-11-28",
        "2024-11-28T06:00:00Z",
        "2024-11-28 06:00:00+00:00",
        "11/28/24 6:00 AM ET",
        "28/11/2024",
        "28.11.2024 17:30",
        "Nov. 28, 2024 at 5:30 p.m.",
        "Nov. 28, 2024, 5:30 p.m. EST",
        "Thursday, November 28, 2024",
        "Thu 28 Nov 2024 06.00 GMT",
        "5:30 p.m. EST, November 28, 2024",
        "Published November 28, 2024",
        "PUBLISHED: 28 November 2024",
        "First published on Thu. Nov. 28 2024",
        "Posted at 28th November, 2024",
        "Published November 28, 2024 Updated November 29, 2024",
        "Published: Nov 28, 2024, 6:00 AM (Updated: Nov 29, 2024)",
        "November 28",
        "2 days ago",
    ],
)
def test_reads_the_day_of_publication(printed: str) -> None:
    dates = read_dateline(printed, captured_at=CAPTURED_AT)
    assert publication(dates) == PartialDate.parse("2024-11-28")


@pytest.mark.parametrize(
    "printed", ["Last updated November 28, 2024", "As of Nov. 28, 2024", "March 5, 2999", "January 1, 1970"]
)
def test_an_update_and_a_day_that_cannot_be_are_no_publication(printed: str) -> None:
    dates = read_dateline(printed, captured_at=CAPTURED_AT)
    assert [dateline.published is None for dateline in dates] == [False]
    assert publication(dates) is None


def test_publication_goes_before_an_update_wherever_it_stands() -> None:
    dates = [*read_dateline("Updated Nov. 29, 2024"), *read_dateline("Posted Nov. 28, 2024")]
    assert [found.later for found in dates] == [True, False]
    assert publication(dates) == PartialDate.parse("2024-11-28")


@pytest.mark.parametrize(
    ("printed", "resolved"),
    [
        ("03/04/24 6:00 AM ET", "2024-03-04"),
        ("3/4/1999 at 6 PM PDT", "1999-03-04"),
        ("3/4/99 6 PM ET", "1999-03-04"),
        ("3/4/99 6 PM", None),
        ("03/04/24", None),
        ("03/03/24", "2024-03-03"),
        ("31/31/24", None),
        ("02/30/24", None),
        ("November 2024", "2024-11"),
        ("November 31, 2024", None),
        ("November 28", None),
        ("yesterday", None),
        ("3 weeks ago", None),
    ],
)
def test_what_is_not_settled_stays_unresolved(printed: str, resolved: str | None) -> None:
    (found,) = read_dateline(printed)
    assert found.published == (PartialDate.parse(resolved) if resolved else None)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "Thursday",
        "On November 28, 2024",
        "November 28, 2024 was cold",
        "Published",
        "Room 2024",
        "6:00 AM",
        "1,2024",
    ],
)
def test_a_line_with_anything_else_in_it_is_no_dateline(printed: str) -> None:
    assert read_dateline(printed) == []
