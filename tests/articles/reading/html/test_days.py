"""The day on which a page says that its article was published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from articles.reading.html import read_html
from newsdb.dates import PartialDate
from tests.articles.reading.html.pages import BODY, HEADLINE


def day(declared: str = "", printed: str = "") -> str:
    head = f'<meta property="article:published_time" content="{declared}">' if declared else ""
    line = f"<div><span>{printed}</span></div>" if printed else ""
    published = read_html(
        f"<html><head>{head}</head><body><h1>{HEADLINE}</h1>{line}{BODY}</body></html>"
    ).declared.published
    return str(published) if published else ""


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("2025-03-11T06:00:00+0100", "2025-03-11"),
        ("2025/03/11 06:00", "2025-03-11"),
        ("20250311", "2025-03-11"),
        ("20250311T060000Z", "2025-03-11"),
        ("Tue, 11 Mar 2025 06:00:00 GMT", "2025-03-11"),
        ("March 11, 2025", "2025-03-11"),
        ("March 11, 2025 6:00 am", "2025-03-11"),
        ("2025-03", "2025-03"),
        ("2025", "2025"),
        ("1970-01-01T00:00:00Z", ""),
        ((datetime.now(UTC) + timedelta(days=9)).date().isoformat(), ""),
        ("2025-02-30", ""),
        ("soon", ""),
    ],
)
def test_declared_days_are_read_as_content_systems_write_them(declared: str, expected: str) -> None:
    assert day(declared) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("11 March 2025, 3:51 pm", "2025-03-11"),
        ("erstellt: 11. März 2025, 15:25", "2025-03-11"),
        ("Di 11.03.25 | 14:07 Uhr", "2025-03-11"),
        ("2025年3月11日16:45", "2025-03-11"),
        ("Updated 12 March 2025", ""),
        ("03/04/2025", ""),
        ("03-04-2025", ""),
        ("03.04.2025", "2025-04-03"),
        ("The hearing is on May 7, 2025.", ""),
        ("What the council did on October 7, 2023", ""),
        ("Posted by editors on March 11, 2025", "2025-03-11"),
        ("<script>build='2023-05-06'</script>", ""),
        ("<table><tr><td>Lindle</td><td>May 4, 2023</td></tr></table>", ""),
        ("<aside>March 1, 2023</aside>", ""),
        ('<article><a href="/other">The other story</a> <i>March 1, 2023</i></article>', ""),
        ("Bell 2025", ""),
    ],
)
def test_a_day_printed_at_the_headline_serves_where_none_is_declared(printed: str, expected: str) -> None:
    assert day(printed=printed) == expected


def test_dots_are_ambiguous_in_english_too() -> None:
    page = f"<html lang=en-GB><body><h1>{HEADLINE}</h1><p>03.04.2025</p>{BODY}</body></html>"
    assert read_html(page).declared.published is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("<time datetime=2025-03-11>11 March</time>", "2025-03-11"),
        ("<p>Updated <time datetime=2025-03-12>12 March 2025</time></p>", ""),
        ("<p><b>Updated:</b> <time datetime=2025-03-12>12 March 2025</time></p>", ""),
        ("<p><b>Updated</b> <span><time datetime=2025-03-12>12 March 2025</time></span></p>", ""),
        ("<time class=updated datetime=2025-03-12>12 March 2025</time>", ""),
        ("<time itemprop=dateModified datetime=2025-03-12>12 March 2025</time>", ""),
        ("<time class='entry-date published updated' datetime=2025-03-11>11 March</time>", "2025-03-11"),
        (
            "<p>Updated 12 March</p><p>Published <time datetime=2025-03-11>11 March</time></p>",
            "2025-03-11",
        ),
        ("<div class=related><time datetime=2020-01-01>2020</time></div>", ""),
        ("<div class=more-stories><time datetime=2020-01-01>2020</time></div>", ""),
        ("<aside><time datetime=2020-01-01>2020</time></aside>", ""),
        ('<article><a href="/o">Other</a> <time datetime=2020-01-01>2020</time></article>', ""),
    ],
)
def test_a_time_is_the_storys_own_and_no_update(printed: str, expected: str) -> None:
    page = f"<html><body><article><h1>{HEADLINE}</h1>{printed}{BODY}</article></body></html>"
    published = read_html(page).declared.published
    assert str(published or "") == expected


def test_a_day_in_the_text_is_not_the_day_of_publication() -> None:
    assert day(printed="") == ""


@pytest.mark.parametrize(
    ("declared", "printed", "expected"),
    [
        ("2025-03-11T23:30:00Z", "12 March 2025", "2025-03-12"),
        ("2025-03-11T23:30:00+01:00", "12 March 2025", "2025-03-11"),
        ("2025-03-11T23:30:00Z", "19 March 2025", "2025-03-11"),
        ("2025-03-11", "12 March 2025", "2025-03-11"),
    ],
)
def test_of_a_moment_in_utc_the_printed_day_is_that_of_the_page(
    declared: str, printed: str, expected: str
) -> None:
    assert day(declared, printed) == expected
    assert PartialDate.parse(expected).precision == "day"
