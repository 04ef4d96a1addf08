"""HTML read into text and what the page declares, without the network and without harm."""

from __future__ import annotations

import json
import socket
import sys
from datetime import date

import pytest

from articles.reading.html import HtmlError, MissingExtractorError, declared, read_html
from articles.reading.html.tags import MAX_ATTRIBUTES, MAX_ELEMENTS, excess
from articles.reading.page import Author, DeclaredMetadata, read_page
from newsdb.dates import PartialDate
from newsdb.text import fold
from tests.articles.reading.html.pages import ADDRESS, BARE, BODY, HEADLINE, LINKED_DATA, META_TAGS
from tests.articles.reading.page.pages import DECK, NOTE, PARAGRAPHS

DAY = PartialDate(date(2025, 3, 11), "day")
HOST = "observer.lindle.example"
TWO = (Author("Ada Example"), Author("Odo Brannick"))


@pytest.mark.parametrize(
    ("html", "declared"),
    [
        (
            LINKED_DATA,
            DeclaredMetadata(
                "The Lindle Observer", HEADLINE, DECK, "Local", "en-GB", DAY, TWO, ADDRESS, HOST
            ),
        ),
        (
            META_TAGS,
            DeclaredMetadata("The Lindle Observer", HEADLINE, "", "Local", "en", DAY, TWO, ADDRESS, HOST),
        ),
        (BARE, DeclaredMetadata("", HEADLINE, "", "", "", DAY, TWO[:1], "", "", ("The Lindle Observer",))),
    ],
    ids=["JSON-LD", "meta tags", "bare"],
)
def test_reads_the_article_and_what_the_page_declares(html: str, declared: DeclaredMetadata) -> None:
    read = read_html(html)
    assert read.declared == declared
    page = read_page(read.text, declared=read.declared)
    assert [span.of(read.text) for span in page.body] == list(PARAGRAPHS)
    assert page.bylines[0].note == NOTE
    assert (page.headline, page.published) == (HEADLINE, DAY)


def test_names_the_extractor_and_its_version() -> None:
    import trafilatura

    read = read_html(BARE)
    assert (read.extractor, read.extractor_version) == ("trafilatura", trafilatura.__version__)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "A bell",}',
        '<!-- {"@type": "NewsArticle", "headline": "A bell"} -->',
        '[{"@type": "Person"}, {"@type": "http://schema.org/OpinionNewsArticle", "headline": "A\n bell"}]',
        '{"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "headline": ["A bell"]}}',
        '<!--//--><![CDATA[//><!--\n{"@type": "NewsArticle", "headline": "A bell"}\n//--><!]]>',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;A bell&quot;}",
        # Scripts that are no JSON: what is declared once can be read.
        '{"@type": "NewsArticle", "description": "They said "ring" it", "headline": "A bell"}',
        '{"@type": "NewsArticle", "image": undefined, "headline": "A bell"}',
        '{"@type": "NewsArticle", /* for search */ "headline": "A bell"',
        '{"@type": ["NewsArticle"], "headline": "A bell", ',
    ],
)
def test_linked_data_is_read_in_the_dress_that_pages_give_it(script: str) -> None:
    assert (
        read_html(f'<script type="application/ld+json">{script}</script>{BODY}').declared.headline == "A bell"
    )


@pytest.mark.parametrize(
    "script",
    [
        "{",
        '{"@type": "NewsArticle", "headline": ',
        '"NewsArticle"',
        "[" * 100_000,
        '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Another"}]}',
        '{"@type": {"NewsArticle": 1}, "headline": "Another"}',
        '{"@type": "NewsArticle", "headline": "They said "ring" it"}',
        '{"@type": "NewsArticle", "headline": "A bell", "isPartOf": {"headline": "Another", }',
        '{"@type": "NewsArticle", "headline": {"@id": 7}, "author": [[[[["Ada"]]]]], "datePublished": 7}',
    ],
)
def test_linked_data_that_tells_nothing_leaves_the_page_as_it_is(script: str) -> None:
    html = f'<script type="application/ld+json">{script}</script><h1>{HEADLINE}</h1>{BODY}'
    assert read_html(html).declared == DeclaredMetadata(headline=HEADLINE)


def test_the_type_of_a_script_may_have_capitals_and_parameters() -> None:
    script = '{"@type": "Article", "headline": "A bell"}'
    page = f'<script type="APPLICATION/LD+JSON; charset=utf-8">{script}</script>{BODY}'
    assert read_html(page).declared.headline == "A bell"


def test_a_page_that_describes_itself_and_no_article_has_its_day() -> None:
    for headline, day in ((HEADLINE, DAY), ("Home", None)):
        node = {"@type": "WebPage", "headline": headline, "datePublished": "2025-03-11"}
        page = f'<script type="application/ld+json">{json.dumps(node)}</script><h1>{HEADLINE}</h1>{BODY}'
        assert read_html(page).declared.published == day


@pytest.mark.parametrize(
    ("tag", "field"),
    [
        ('<meta name="author" content="https://social.example/ada">', "authors"),
        ('<meta property="og:site_name" content=" ">', "outlet"),
        ('<meta property="article:published_time" content="2025-02-30">', "published"),
        ('<link rel="canonical" href="javascript:alert(1)">', "source_url"),
        ('<link rel="canonical" href="/bell">', "source_url"),
        ('<meta property="og:locale" content="x; y">', "language"),
    ],
)
def test_what_is_no_name_date_or_address_is_not_told(tag: str, field: str) -> None:
    declared = read_html(f"<html><head>{tag}</head><body><h1>{HEADLINE}</h1>{BODY}</body></html>").declared
    assert getattr(declared, field) == getattr(DeclaredMetadata(), field)


def test_a_locale_is_told_as_a_language_tag() -> None:
    assert read_html(f'<meta property="og:locale" content="en_GB">{BODY}').declared.language == "en-GB"


def test_nothing_is_fetched(monkeypatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(f"The network was asked for {arguments}.")

    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    html = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'
        '<html><head><base href="http://127.0.0.1:9/"><link rel="stylesheet" href="http://127.0.0.1:9/a.css">'
        f'<script src="http://127.0.0.1:9/a.js"></script></head><body><img src="http://127.0.0.1:9/a.png">'
        f'<iframe src="http://127.0.0.1:9/"></iframe><article>{BODY}<p>&x;</p></article></body></html>'
    )
    assert PARAGRAPHS[0] in read_html(html).text
    assert read_html("http://127.0.0.1:9/page").text == "http://127.0.0.1:9/page"


def test_scripts_comments_and_styles_are_no_text() -> None:
    hidden = "<script>secret()</script><style>secret{}</style><!-- secret --><noscript>secret</noscript>"
    assert "secret" not in read_html(f"<article>{hidden}{BODY}{hidden}</article>").text


def test_entities_do_not_multiply() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    assert len(read_html(f"{bomb}<article>{BODY}<p>&c;</p></article>").text) < len(BODY) + 20


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "no HTML|No article"),
        ("<p></p>", "No article"),
        ("<div>" * 400_000, "more than 20,000 elements"),
        ("<div>" * 300 + BODY, "nested more than 255 deep"),
        ("<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">", "more than 500 attributes"),
        ("<p " + "a<a/" * 500_000, "more than 500 attributes"),
        ("<textarea><p x='</textarea><p " + "a=b " * 1000, "more than 500 attributes"),
        ("<!-- > <p x=' --><p " + 'a="b"' * 1000, "more than 500 attributes"),
        ("<p>" + "<" * 7_000_000, "more than 2,000,000 characters of text"),
        ("<p>" + "&lt;" * 1_000_000, "more than 2,000,000 characters of text"),
    ],
    ids=range(10),
)
def test_markup_without_end_or_article_is_refused(html: str, reason: str) -> None:
    with pytest.raises(HtmlError, match=reason):
        read_html(html)


@pytest.mark.parametrize(
    "piece", ["<", "<a", '<a b="', "<a b='", "<!--", "</", "<script>", "<!", "&", "a=", " ", "/"]
)
def test_counting_tags_takes_time_in_proportion(piece: str) -> None:
    assert isinstance(excess(piece * 500_000), str)


def test_as_much_as_pages_have_is_no_excess() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(MAX_ATTRIBUTES))
    assert excess(f"<p {attributes}>") == ""
    assert excess("<br>" * MAX_ELEMENTS + "</p>" + "<!-- <p> -->" * 10) == ""
    assert excess(f"<p {attributes} z>") != ""
    assert excess("<br>" * (MAX_ELEMENTS + 1)) != ""


def test_elements_in_each_other_are_not_each_read_to_their_ends(monkeypatch) -> None:
    read: list[str] = []

    def folded(words: str) -> str:
        read.append(words)
        return fold(words)

    monkeypatch.setattr(declared, "fold", folded)
    nested = "<h1>" * 100 + "<div>" * 100 + "A bell rang. " * 20_000
    read_html(f'<meta name="description" content="A deck">{nested}')
    assert 100 < len(read) < 1000
    assert max(map(len, read)) <= 5000


def test_a_missing_extractor_is_said_to_be_missing(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtractorError, match="needs trafilatura: pip install -r requirements-extras"):
        read_html(BARE)


@pytest.mark.parametrize(
    ("site", "publisher", "outlet"),
    [
        ("Water", "The Lindle Observer", "The Lindle Observer"),
        ("lindle-observer.example", "Lindle Observer", "Lindle Observer"),
        ("The Lindle Observer", "Observer Holding", "The Lindle Observer"),
        ("Lindle Online", "Observer Holding", "Lindle Online"),
        ("", "Observer Holding", "Observer Holding"),
    ],
)
def test_the_outlets_name_is_the_one_in_the_domain_else_the_sites(
    site: str, publisher: str, outlet: str
) -> None:
    node = {"@type": "NewsArticle", "publisher": {"name": publisher}}
    html = (
        f'<meta property="og:site_name" content="{site}"><meta property="og:url"'
        f' content="https://www.lindle-observer.example/a"><script type="application/ld+json">'
        f"{json.dumps(node)}</script><h1>{HEADLINE}</h1>{BODY}"
    )
    assert read_html(html).declared.outlet == outlet
