"""Who a page says wrote its article."""

from __future__ import annotations

import json
from typing import Any

import pytest

from articles.reading.html import read_html
from articles.reading.page import Author
from tests.articles.reading.html.pages import BODY, HEADLINE

ADA, ODO = Author("Ada Example"), Author("Odo Brannick")
OBSERVER = Author("The Lindle Observer", organisation=True)


def authors(*, linked: Any = None, head: str = "", printed: str = "") -> tuple[Author, ...]:
    if linked is not None:
        node = (
            linked
            if isinstance(linked, dict) and "@graph" in linked
            else {"@type": "NewsArticle", "author": linked}
        )
        head += f'<script type="application/ld+json">{json.dumps(node)}</script>'
    html = (
        f'<html><head><meta property="og:site_name" content="The Lindle Observer">{head}</head>'
        f"<body><h1>{HEADLINE}</h1>{printed}<article>{BODY}</article></body></html>"
    )
    return read_html(html).declared.authors


@pytest.mark.parametrize(
    ("linked", "expected"),
    [
        ({"@type": "Person", "name": "Ada Example"}, (ADA,)),
        (["Ada Example", {"name": "Odo Brannick"}], (ADA, ODO)),
        ("By Ada Example and Odo Brannick", (ADA, ODO)),
        ("Von Ada Example und Odo Brannick, dpa", (ADA, ODO, Author("dpa", organisation=True))),
        ("Par Ada Example", (ADA,)),
        ("Ada Example for the Lindle Observer", (ADA,)),
        ("ADA EXAMPLE", (ADA,)),
        ("ada example", (ADA,)),
        ("Devon Example", (Author("Devon Example"),)),
        ({"@type": "Organization", "name": "Lindle Water"}, (Author("Lindle Water", organisation=True),)),
        ("The Lindle Observer", (OBSERVER,)),
        (["The Lindle Observer", "Ada Example"], (ADA,)),
        ("Observer Staff", (Author("Observer Staff", organisation=True),)),
        ("AP", (Author("AP", organisation=True),)),
        ("https://social.example/ada", ()),
        ("ada@observer.example", ()),
        ("View all posts", ()),
        ("admin", ()),
        ("By", ()),
        ({"@type": "Person", "givenName": "Ada", "familyName": "Example"}, (ADA,)),
        ({"@type": "Person", "name": "Ada E", "url": "https://observer.example/author/admin/"}, ()),
        ({"@type": "Person", "name": "Ada Example", "url": "https://observer.example/author/ada/"}, (ADA,)),
        ("김철수 기자", (Author("김철수"),)),
        ("MARIA DE LA CRUZ", (Author("Maria de la Cruz"),)),
        ({"@type": "Person", "name": "Von Example"}, (Author("Von Example"),)),
        ("Von Reuters", (Author("Reuters", organisation=True),)),
        ("April Example", (Author("April Example"),)),
        (["June Example", "Doc Holliday"], (Author("June Example"), Author("Doc Holliday"))),
        ("April", ()),
        (
            {"@type": "Person", "name": "Ada Example, Associated Press"},
            (ADA, Author("Associated Press", organisation=True)),
        ),
        ("News Desk, Lindle", (Author("News Desk, Lindle", organisation=True),)),
        ("Ada Press", (Author("Ada Press"),)),
        ("Lindle Press", (Author("Lindle Press", organisation=True),)),
        ("Ada Press News", (Author("Ada Press News", organisation=True),)),
    ],
    ids=range(34),
)
def test_linked_data_names_the_authors(linked: Any, expected: tuple[Author, ...]) -> None:
    assert authors(linked=linked) == expected


@pytest.mark.parametrize(
    "linked",
    [
        {"@type": "Person", "name": ["Ada Example", "Odo Brannick"]},
        {"@list": [{"@type": "Person", "name": "Ada Example"}, {"@type": "Person", "name": "Odo Brannick"}]},
        [[{"@type": "Person", "name": "Ada Example"}], [{"@type": "Person", "name": "Odo Brannick"}]],
    ],
)
def test_authors_are_listed_in_several_ways(linked: Any) -> None:
    assert authors(linked=linked) == (ADA, ODO)


def test_whoever_signs_a_box_with_a_heading_of_its_own_wrote_another_story() -> None:
    box = '<div><h3><a href="/mill">The mill opens</a></h3><p class="byline">By Odo Brannick</p></div>'
    assert authors(printed=box) == ()
    assert authors(printed=f'{box}<p class="byline">By Ada Example</p>') == (ADA,)


def test_references_in_a_graph_are_followed() -> None:
    graph = {
        "@graph": [
            {"@type": "schema:newsarticle", "author": [{"@id": "#ada"}]},
            {"@type": "Person", "@id": "#ada", "name": "Ada Example"},
        ]
    }
    assert authors(linked=graph) == (ADA,)


def test_several_values_in_a_script_are_all_read() -> None:
    script = '{"@type": "WebPage"} {"@type": "NewsArticle", "author": "Ada Example"}'
    assert authors(head=f'<script type="application/ld+json">{script}</script>') == (ADA,)


def test_several_meta_tags_name_several_authors() -> None:
    head = '<meta name="author" content="Ada Example"><meta name="author" content="Odo Brannick">'
    assert authors(head=head) == (ADA, ODO)


def test_a_person_who_is_named_elsewhere_goes_before_an_outlet_that_signs() -> None:
    assert authors(linked="The Lindle Observer", head='<meta name="author" content="Ada Example">') == (ADA,)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ('<div class="article-byline">By <a href="/x">Ada Example</a></div>', (ADA,)),
        (
            '<a href="/authors/ada-example">Ada Example</a> <a href="/authors/odo">Odo Brannick</a>',
            (ADA, ODO),
        ),
        ('<p itemprop="author"><img alt=""><span itemprop="name">Ada Example</span></p>', (ADA,)),
        ('<div class="related-stories"><span class="byline">Odo Brannick</span></div>', ()),
        ('<aside><span class="author">Odo Brannick</span></aside>', ()),
        (
            '<p class="byline">Ada Example</p>'
            '<section><div><div><p class="byline">Odo Brannick</p></div></div></section>',
            (ADA,),
        ),
        ('<span class="author">View all posts</span>', ()),
        ('<p class="byline">By Ada Example<br>Staff Writer</p>', (ADA,)),
        ('<p class="byline"><b>By</b> <a href="/a">Ada Example</a> <i>Ferry Reporter</i></p>', (ADA,)),
        ('<p class="byline"><a href="/a">Ada Example</a> <a href="/o">Odo Brannick</a></p>', (ADA, ODO)),
        (
            '<p class="byline"><b class="firstname">Ada Mae</b> <b class="lastname">Example</b></p>',
            (Author("Ada Mae Example"),),
        ),
        (
            '<ul><li class="author"><a>Ada Example</a><i>Reporter</i></li>'
            '<li class="author"><a>Odo Brannick</a><i>Editor</i></li></ul>',
            (ADA, ODO),
        ),
        ('<button class="author">Lindle Follow</button><p class="author">Ada Example</p>', (ADA,)),
        ('<figure><i class="author">Odo Brannick</i></figure><p class="author">Ada Example</p>', (ADA,)),
        ('<span class="ArticleByline__authorName">Ada Example</span>', (ADA,)),
        ('<span class="penulis">Ada Example</span>', (ADA,)),
        ('<i rel="schema:author">Ada Example</i>', (ADA,)),
    ],
    ids=range(17),
)
def test_a_printed_byline_is_read_where_it_is_marked(printed: str, expected: tuple[Author, ...]) -> None:
    assert authors(printed=printed) == expected


def test_any_name_of_the_outlets_gives_way_to_a_person() -> None:
    head = '<meta name="publisher" content="LWO"><meta name="author" content="LWO">'
    assert authors(head=head, printed='<p class="byline">By Ada Example</p>') == (ADA,)
    assert authors(head=head) == (Author("LWO", organisation=True),)


YOAST = '<meta name="twitter:label1" content="{}"><meta name="twitter:data1" content="{}">'


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("Written by", "Ada Example", (ADA,)),
        ("Verfasst von", "Ada Example", (ADA,)),
        ("Est. reading time", "Four Minutes", ()),
        ("Written by", "admin", ()),
        ("Written by", "News", ()),
    ],
)
def test_a_card_for_social_media_names_the_author(
    label: str, value: str, expected: tuple[Author, ...]
) -> None:
    mail = '<meta name="author" content="a.example@observer.example">'
    assert authors(head=mail + YOAST.format(label, value)) == expected


def test_all_authors_that_are_printed_alike_count_though_one_is_declared() -> None:
    byline = (
        '<div class="bylines"><div><p><a rel="author">Odo Brannick</a></p>'
        '<i class="author">Ferry Man</i></div>'
        '<div><p><a rel="author">Ada Example</a></p></div></div>'
    )
    assert authors(linked="Ada Example", printed=byline) == (ODO, ADA)
    assert authors(linked="Cy Dock", printed=byline) == (Author("Cy Dock"),)


@pytest.mark.parametrize("label", ["Editor: ", "Foto:", "Photos by ", "Penyunting : "])
def test_who_edited_or_photographed_is_not_the_author(label: str) -> None:
    printed = f'<p class="author">Ada Example</p><div>{label}<a class="author">Odo Brannick</a></div>'
    assert authors(linked={"@type": "Person", "name": "Odo Brannick"}, printed=printed) == (ADA,)
    assert authors(printed=printed) == (ADA,)


def test_the_account_of_a_sites_editors_is_nobody_wherever_it_is_named() -> None:
    account = {"@type": "Person", "name": "Lindle D", "url": "https://observer.example/author/admin/"}
    assert authors(linked=account, printed='<a rel="author">Lindle D</a>') == ()


def test_an_account_named_by_the_sites_domain_is_the_outlets() -> None:
    head = (
        '<meta property="og:url" content="https://observer.example/a">'
        '<meta name="author" content="observer.example developer">'
    )
    assert authors(head=head) == (Author("observer.example developer", organisation=True),)
    assert authors(head=head, printed='<p class="byline">By Ada Example</p>') == (ADA,)


def test_the_footer_of_an_article_has_its_author_and_that_of_the_page_has_not() -> None:
    signed = '<footer><address class="author">Ada Example</address></footer>'
    assert authors(printed=f"<article>{signed}</article>") == (ADA,)
    assert authors(printed=signed) == ()


def test_a_date_that_is_marked_as_a_byline_is_passed_over() -> None:
    dated, named = '<p class="author">On sale: July 2020</p>', '<p class="author">Ada Example</p>'
    printed = f"<div><div>{dated}</div></div><section><div><div>{named}</div></div></section>"
    assert authors(printed=printed) == (ADA,)


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<section class="more-stories"><span class="author">Odo Brannick</span></section>',
        '<div class="latest-news"><span class="author">Odo Brannick</span></div>',
        '<div id="read-next"><span class="author">Odo Brannick</span></div>',
        '<article><a href="/other">Another story</a> <span class="author">Odo Brannick</span></article>',
        '<p>The mayor met <a href="/staff/odo-brannick">Odo Brannick</a> in the town hall.</p>',
    ],
)
def test_nobody_of_another_story_or_of_a_sentence_is_an_author(elsewhere: str) -> None:
    assert authors(printed=elsewhere) == ()
    signed = '<p>By <a href="/staff/ada">Ada Example</a>, Staff Writer</p>'
    assert authors(printed=signed + elsewhere) == (ADA,)


@pytest.mark.parametrize(
    "own",
    [
        {"url": "https://observer.example/bell", "headline": "A bell for the ferry"},
        {"mainEntityOfPage": {"@id": "https://observer.example/bell?utm_source=x"}},
        {"headline": HEADLINE},
    ],
)
def test_of_several_articles_the_pages_own_is_read(own: dict[str, Any]) -> None:
    other = {"@type": "NewsArticle", "headline": "Quite another", "url": "https://observer.example/other"}
    nodes = [other | {"author": "Odo Brannick"}, {"@type": "NewsArticle", "author": "Ada Example", **own}]
    head = '<link rel="canonical" href="https://observer.example/bell">'
    head += "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    assert authors(head=head) == (ADA,)
