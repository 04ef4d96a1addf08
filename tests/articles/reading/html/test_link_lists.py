"""The lists of links that a page prints with its story."""

from __future__ import annotations

import pytest

from articles.reading.html import read_html
from articles.reading.page import read_page
from articles.reading.printed_links import PrintedLink, PrintedList
from tests.articles.reading.html.pages import BODY, HEADLINE

BELL, TIDE = "The old bell rings again", "Who pays for the tide gauge?"
TWO = (PrintedLink(BELL, url="/0"), PrintedLink(TIDE, url="/1"))


def page(beside: str, within: str = "") -> str:
    return (
        f"<html><body><main><article><h1>{HEADLINE}</h1>{BODY}{within}</article></main>{beside}</body></html>"
    )


def lists(beside: str, within: str = "") -> tuple[PrintedList, ...]:
    return read_html(page(beside, within)).lists


def entries(*titles: str) -> str:
    return "".join(f'<li><a href="/{number}">{title}</a></li>' for number, title in enumerate(titles))


ENTRIES = f"<ul>{entries(BELL, TIDE)}</ul>"


@pytest.mark.parametrize(
    ("beside", "title"),
    [
        (f'<aside class="related-stories"><h3>Further afield</h3>{ENTRIES}</aside>', "Further afield"),
        (f'<div id="recommended"><h2>Chosen for you</h2>{ENTRIES}</div>', "Chosen for you"),
        (f"<section><h2>More on this story</h2>{ENTRIES}</section>", "More on this story"),
        (f"<div><h4>Mehr zum Thema</h4></div>{ENTRIES}", "Mehr zum Thema"),
        (f"<div><h4>関連記事</h4>{ENTRIES}</div>", "関連記事"),
    ],
)
def test_a_list_has_a_mark_or_a_heading_that_says_what_it_is(beside: str, title: str) -> None:
    assert lists(f"<div>{beside}</div>") == (PrintedList(title, TWO),)


@pytest.mark.parametrize(
    "beside",
    [
        f"<aside><h3>Most read</h3>{ENTRIES}</aside>",
        f'<aside class="related">{ENTRIES}</aside>',
        f'<footer><div class="related"><h3>Related sites</h3>{ENTRIES}</div></footer>',
        f"<table><tr><td><h3>Related</h3>{ENTRIES}</td></tr></table>",
        f"<section><h3>Related</h3><ul>{entries(BELL)}</ul></section>",
        f"<section><h3>Related</h3><ul>{entries('Local', 'Ada Example')}</ul></section>",
        f'<section><h3>Related</h3><a href="#a">{BELL}</a><a href="mailto:a@b.example">{TIDE}</a></section>',
        '<section><h3>Related</h3><p>It was <a href="/1">what the council wanted</a> and, say all who were'
        ' there, <a href="/2">what the ferry needed</a>, whatever it may cost in the end.</p></section>',
    ],
    ids=["newest", "without heading", "footer", "table", "one link", "names", "no pages", "sentence"],
)
def test_what_is_no_list_of_the_story(beside: str) -> None:
    assert lists(f"<div>{beside}</div>") == ()


def test_each_heading_has_its_own_list_and_a_copy_counts_once() -> None:
    others = f"<ul>{entries('Fog again on Monday morning', 'A second ferry is late')}</ul>"
    beside = f'<div class="related"><h3>Related</h3>{ENTRIES}<h3>Also in Lindle</h3>{others}</div>'
    found = lists(f'{beside}<div class="mobile"><h3>Related</h3>{ENTRIES}</div>')
    assert [(each.title, len(each.links)) for each in found] == [("Related", 2), ("Also in Lindle", 2)]


def test_a_heading_takes_no_other_list_beside_it() -> None:
    jobs = f"<ul>{entries('Mate of a ferry', 'Bell ringer, half days')}</ul>"
    beside = f"<div><h3>Read next</h3>{ENTRIES}<h3>Jobs</h3>{jobs}</div>"
    assert lists(beside) == (PrintedList("Read next", TWO),)


def test_a_heading_at_the_end_of_the_story_takes_no_list_after_it() -> None:
    assert lists(ENTRIES, within="<h3>Related</h3>") == ()


def test_a_link_has_the_section_and_the_date_that_are_printed_with_it() -> None:
    card = (
        '<article><a href="/1"><img src="bell.png" alt=""></a><span class="card-section">Local</span>'
        f'<h3><a href="/1">{BELL}</a></h3><p>What the keeper heard.</p><time>9 March 2025</time></article>'
        f'<article><a href="/2"><h3>{TIDE}</h3><p>A short summary of it.</p></a></article>'
    )
    assert lists(f"<section><h2>Related</h2>{card}</section>") == (
        PrintedList(
            "Related",
            (
                PrintedLink(BELL, section="Local", printed_date="9 March 2025", url="/1"),
                PrintedLink(TIDE, url="/2"),
            ),
        ),
    )


def test_the_lines_of_a_list_are_not_read_as_the_story() -> None:
    said = "“We heard it twice,” says the keeper"
    read = read_html(
        page("", f"<h3>Related</h3><p><a href='/1'>{said}</a></p><p><a href='/2'>{TIDE}</a></p>{BODY}")
    )
    assert f"\n{said}\n" in read.text
    found = read_page(read.text, declared=read.declared, lists=read.lists)
    assert found.lists == (
        PrintedList("Related", (PrintedLink(said, url="/1"), PrintedLink(TIDE, url="/2"))),
    )
    assert not {"Related", said, TIDE} & {span.of(read.text) for span in found.body}


@pytest.mark.parametrize(
    ("base", "urls"),
    [
        ("https://gazette.example/news/", ["https://gazette.example/0", "https://gazette.example/1"]),
        ("http://[gazette", ["/0", "/1"]),
    ],
)
def test_where_a_link_leads_follows_from_the_base_of_its_page(base: str, urls: list[str]) -> None:
    (found,) = lists(f'<base href="{base}"><section><h2>Related</h2>{ENTRIES}</section>')
    assert [link.url for link in found.links] == urls
