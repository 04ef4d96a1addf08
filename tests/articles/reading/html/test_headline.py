"""Which headline of a page is its article's."""

from __future__ import annotations

import json

import pytest

from articles.reading.html import read_html
from tests.articles.reading.html.pages import BODY

PRINTED = "Ferry society picks a bell over a horn"
SHORT = "Ferry gets a bell"


def headline(*, h1: str = "", linked: str = "", og: str = "", twitter: str = "", title: str = "") -> str:
    head = f"<title>{title}</title>" if title else ""
    head += f'<meta property="og:title" content="{og}">' if og else ""
    head += f'<meta name="twitter:title" content="{twitter}">' if twitter else ""
    head += '<meta property="og:site_name" content="The Lindle Observer">'
    if linked:
        node = {"@type": "NewsArticle", "headline": linked}
        head += f'<script type="application/ld+json">{json.dumps(node)}</script>'
    html = f"<html><head>{head}</head><body>{h1 and f'<h1>{h1}</h1>'}<article>{BODY}</article></body></html>"
    return read_html(html).declared.headline


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({"h1": PRINTED, "linked": SHORT}, PRINTED),
        ({"h1": PRINTED, "linked": SHORT, "og": SHORT}, SHORT),
        ({"h1": PRINTED, "linked": SHORT, "og": SHORT, "twitter": PRINTED}, PRINTED),
        ({"linked": PRINTED, "og": SHORT}, PRINTED),
        ({"og": PRINTED, "title": SHORT}, PRINTED),
        ({"title": f"{PRINTED} | The Lindle Observer"}, PRINTED),
        ({"h1": "The Lindle Observer", "og": PRINTED}, PRINTED),
        ({"og": f"{PRINTED} - The Lindle Observer"}, PRINTED),
        ({"og": f"The Lindle Observer: {PRINTED}"}, f"The Lindle Observer: {PRINTED}"),
        ({"og": f"Opinion | {PRINTED}"}, PRINTED),
        ({"og": "A bell - and no horn"}, "A bell - and no horn"),
        ({"linked": "Mayor &amp;#8216;rings&amp;#8217; <em>twice</em>"}, "Mayor ‘rings’ twice"),
        ({"linked": "Har\u00adbour\u200b bell\u00a0rung"}, "Harbour bell rung"),
        ({"h1": "x" * 400, "linked": PRINTED}, PRINTED),
        ({"title": f"{PRINTED} | Ferries | Local News | The Lindle Observer"}, PRINTED),
        ({"title": f"{PRINTED}ㅣ지역ㅣThe Lindle Observer"}, PRINTED),
        ({"title": f"{PRINTED} | Ferries | Another"}, f"{PRINTED} | Ferries | Another"),
        ({"og": f"{PRINTED}: The Lindle Observer"}, PRINTED),
        ({"og": f"{PRINTED} : Lindle Observer"}, PRINTED),
        ({"og": f"{PRINTED}: a winter's tale"}, f"{PRINTED}: a winter's tale"),
        ({"h1": f"Perspective | {PRINTED}"}, PRINTED),
        ({"og": f"Analysis｜{PRINTED}"}, PRINTED),
        ({"linked": f"Fact check | {PRINTED}: The Lindle Observer"}, PRINTED),
        ({"og": f"Ferries | {PRINTED}"}, f"Ferries | {PRINTED}"),
        ({"h1": "Opinion |"}, "Opinion |"),
        ({"og": f"Opinion: {PRINTED}"}, f"Opinion: {PRINTED}"),
        ({"title": f"One | Two | {PRINTED} | The Lindle Observer"}, f"One | Two | {PRINTED}"),
        ({"h1": "Comments", "og": PRINTED}, PRINTED),
        ({"h1": "Local News", "og": PRINTED, "title": f"{PRINTED} - The Lindle Observer"}, PRINTED),
        ({"h1": "Bell rung", "og": f"{SHORT}, rung at dawn"}, "Bell rung"),
        ({"h1": f"<b>Exclusive</b> {PRINTED}", "og": PRINTED}, PRINTED),
        ({"h1": f"{PRINTED} <small>Members vote</small>", "og": PRINTED}, PRINTED),
        ({"h1": f"{PRINTED} for good", "og": PRINTED}, f"{PRINTED} for good"),
    ],
    ids=range(33),
)
def test_the_headline_is_what_most_places_agree_on(places: dict[str, str], expected: str) -> None:
    assert headline(**places) == expected


@pytest.mark.parametrize(
    "heading",
    [
        "Mayor rings<br>the old<br/>bell",
        "<span>Mayor rings</span><span>the old bell</span>",
        "<div>Mayor</div><div>rings the old bell</div>",
        "Mayor<div>rings the old</div>bell",
        "<span>M</span><b>ayor</b> rings the old bell",
        "<b>May</b>or rings the old bell",
        "Mayor rings the &lt;em&gt;old&lt;/em&gt; bell",
        "Mayor rings the &amp;lt;em&amp;gt;old&amp;lt;/em&amp;gt;&amp;nbsp;bell",
    ],
)
def test_words_of_a_heading_are_those_that_a_reader_sees(heading: str) -> None:
    assert headline(h1=heading) == "Mayor rings the old bell"


@pytest.mark.parametrize(
    "heading",
    [
        f"<h2>{PRINTED}</h2>",
        f'<h1><a href="/">Lindle Days</a></h1><h3>{PRINTED}</h3>',
        f"<h1>Lindle Days</h1><h2>Elsewhere on the lake</h2><h2>{PRINTED}</h2>",
    ],
)
@pytest.mark.parametrize("title", [f"{PRINTED} - Lindle Days", f"Lindle Days | {PRINTED}"])
def test_a_lower_heading_is_the_headline_if_the_window_title_is_that_and_the_sites_name(
    heading: str, title: str
) -> None:
    html = f"<html><head><title>{title}</title></head><body>{heading}{BODY}</body></html>"
    assert read_html(html).declared.headline == PRINTED


def test_of_several_headings_the_one_that_is_like_what_is_declared() -> None:
    html = f'<meta property="og:title" content="{SHORT} today"><h1>Most read</h1><h1>{SHORT}</h1>{BODY}'
    assert read_html(html).declared.headline == SHORT


@pytest.mark.parametrize(
    "heading",
    [
        '<span class="title__kicker">Ferries</span>{}',
        '<span class="ts-overline">Ferries </span><span>: </span><span>{}</span>',
        '<small class="dachzeile">Ferries</small> – {}',
        '<span class="kickers">{}</span>',
    ],
)
def test_the_line_above_a_headline_is_not_part_of_it(heading: str) -> None:
    assert headline(h1=heading.format(PRINTED)) == PRINTED


def test_a_heading_that_is_all_kicker_is_the_headline() -> None:
    assert headline(h1=f'<span class="kicker">{PRINTED}</span>') == PRINTED


def test_linked_data_may_declare_two() -> None:
    node = {"@type": "NewsArticle", "headline": PRINTED, "name": SHORT}
    html = (
        f'<script type="application/ld+json">{json.dumps(node)}</script>'
        f'<meta property="og:title" content="{SHORT}"><meta name="twitter:title" content="{SHORT}">'
        f"<h1>{PRINTED}</h1>{BODY}"
    )
    assert read_html(html).declared.headline == SHORT
