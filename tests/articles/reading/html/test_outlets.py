"""What a page says its outlet is called."""

from __future__ import annotations

import json

import pytest

from articles.reading.html import read_html
from tests.articles.reading.html.pages import BODY, HEADLINE

OBSERVER = "The Lindle Observer"
AT_HOME = '<link rel="canonical" href="https://www.lindleobserver.example/bell">'


def outlet(head: str, body: str = "") -> str:
    return read_html(
        f"<html><head>{head}</head><body><h1>{HEADLINE}</h1>{body}{BODY}</body></html>"
    ).declared.outlet


def linked(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="DC.publisher" content="{OBSERVER}">',
        f'<meta name="publisher" content="{OBSERVER}">',
        f'<meta name="application-name" content="{OBSERVER}">',
        f'<meta name="apple-mobile-web-app-title" content="{OBSERVER}">',
        f'<link rel="alternate" type="application/rss+xml" title="{OBSERVER} &raquo; Feed" href="/feed">',
        linked(**{"@type": "WebSite", "name": OBSERVER}),
        linked(**{"@type": "NewsMediaOrganization", "name": OBSERVER}),
        # The end of the window title, and its beginning, if the domain says so too.
        f"{AT_HOME}<title>{HEADLINE} - {OBSERVER}</title>",
        f"{AT_HOME}<title>{OBSERVER}: {HEADLINE}</title>",
        # A name with the site's motto.
        f"<title>{HEADLINE} | {OBSERVER}</title>"
        f'<meta property="og:site_name" content="{OBSERVER} - Valley news">',
        # Accounts, addresses, and platforms with many writers are no names of an outlet.
        f'<meta property="og:site_name" content="@lindle"><meta name="publisher" content="{OBSERVER}">',
        linked(**{"@type": "NewsArticle", "publisher": {"@id": "#us"}})
        + f'<meta name="publisher" content="{OBSERVER}">',
        linked(**{"@type": "BlogPosting", "publisher": {"name": "Blogger"}})
        + f"{AT_HOME}<title>{OBSERVER}: {HEADLINE}</title>",
    ],
    ids=range(13),
)
def test_a_page_names_its_outlet_in_many_places(head: str) -> None:
    assert outlet(head) == OBSERVER


def test_microdata_name_the_publisher() -> None:
    marked = f'<div itemprop="publisher" itemscope><meta itemprop="name" content="{OBSERVER}"></div>'
    assert outlet("", marked) == OBSERVER


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{HEADLINE} | {OBSERVER}</title>",
        '<meta name="publisher" content="Lindle Media GmbH">',
        linked(**{"@type": "WebSite", "name": "Lindle Media GmbH"}),
        f'<link rel="canonical" href="https://news.portal.example/bell"><title>{HEADLINE} | News</title>',
        linked(**{"@type": "WebSite", "name": OBSERVER})
        + linked(**{"@type": "WebSite", "name": "The Lindle Post"}),
    ],
    ids=range(5),
)
def test_what_may_be_a_section_or_another_outlet_names_none(head: str) -> None:
    assert outlet(head) == ""
