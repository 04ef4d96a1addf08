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
        ("2025-3-11T6:00:00", "2025-03-11"),
        ("Tuesday, March 11, 2025 - 06:00", "2025-03-11"),
        ("1741669200", "2025-03-11"),
        ("1741669200000", "2025-03-11"),
        ("11/03/2025 06:00", ""),
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
        ("March 11, 2025 at 6:00 a.m.", "2025-03-11"),
        ("Publié le 11 mars 2025 à 6h00, mis à jour le 12 mars 2025 à 9h00", "2025-03-11"),
        ("Oppdatert: 12.03.2025", ""),
        ("Publisert: 11.03.2025 06:00 Oppdatert: 12.03.2025", "2025-03-11"),
        ("Updated 12 March 2025, published 11 March 2025", "2025-03-11"),
        ("입력 2025.03.11 06:00 수정 2025.03.12 07:00", "2025-03-11"),
        ("<b>Actualizado</b> 12 de marzo de 2025", ""),
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


@pytest.mark.parametrize(
    "printed",
    [
        "<time datetime=2025-03-11>Tuesday</time>",
        '<abbr class="published" title="2025-03-11T08:00:00+01:00">8:00</abbr>',
        '<span property="schema:dateCreated" content="2025-03-11T07:00:00+00:00">Tuesday</span>',
        '<div itemtype="https://schema.org/Article"><p class="footer"><i>11 March 2025</i></p></div>',
    ],
)
def test_a_day_marked_at_the_headline_serves_without_an_article_element(printed: str) -> None:
    assert day(printed=printed) == "2025-03-11"


@pytest.mark.parametrize(
    "before",
    [
        '<div class="masthead"><time datetime="2025-12-03">Today</time></div>',
        '<div><h3><a href="/mill">Mill opens</a></h3><time datetime="2025-03-01">1 March</time></div>',
        '<div><a href="/mill"><h3>Mill opens</h3></a><i>1 March 2025</i></div>',
        '<div class="event"><time datetime="2025-05-01">1 May 2025</time></div>',
    ],
)
def test_a_day_of_another_story_or_of_the_site_is_not_the_storys(before: str) -> None:
    for page in (f"{before}<h1>{HEADLINE}</h1>{{}}{BODY}", f"<h1>{HEADLINE}</h1>{{}}{before}{BODY}"):
        assert read_html(f"<html><body>{page.format('')}</body></html>").declared.published is None
        own = read_html(f"<html><body>{page.format('<p>11 March 2025</p>')}</body></html>")
        assert str(own.declared.published) == "2025-03-11"


@pytest.mark.parametrize(
    "name", ["sailthru.date", "cXenseParse:recs:publishtime", "pubdate", "og:published_time", "DC.date"]
)
def test_the_day_is_declared_under_many_names(name: str) -> None:
    page = f'<html><head><meta name="{name}" content="2025-03-11"></head><body><h1>{HEADLINE}</h1>'
    assert str(read_html(f"{page}{BODY}</body></html>").declared.published) == "2025-03-11"


def test_the_day_when_a_page_was_created_gives_way_to_a_printed_one() -> None:
    head = '<head><meta name="dcterms.created" content="2025-02-01"></head>'
    page = f"<html>{head}<body><h1>{HEADLINE}</h1><p>11 March 2025</p>{BODY}</body></html>"
    assert str(read_html(page).declared.published) == "2025-03-11"


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
