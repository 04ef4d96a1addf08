"""The table of what a page declares and the address and site that are its own."""

import lxml.html
import pytest

from articles.reading.html.address import PageAddress, page_address

GAZETTE, COPIED = "https://www.gazette.example/ferry", "https://news.portal.example/gazette/ferry"
OWN = PageAddress(GAZETTE, "gazette.example")
SITE = PageAddress("", "gazette.example")
ICON = '<link rel="icon" href="https://cdn.gazette.example/icon.png">'
FEED = '<link rel="alternate" type="application/rss+xml" href="https://gazette.example/feed">'
HOME = '<a href="https://gazette.example/">Home</a>'
FONTS = '<link rel="stylesheet" href="https://fonts.example.net/a.css">'
SOCIAL = '<a href="https://social.example.com/gazette">Follow</a>'


def canonical(url: str) -> str:
    """The tag that declares it."""
    return f'<link rel="canonical" href="{url}">'


@pytest.mark.parametrize(
    ("markup", "stated", "address"),
    [
        # The canonical address is the page's on its own site.
        (canonical(GAZETTE), [], OWN),
        (canonical(GAZETTE), ["https://m.gazette.example/ferry"], OWN),
        (canonical(GAZETTE), ["https://gazette.example/"], OWN),
        (canonical(GAZETTE) + FONTS + SOCIAL, [], OWN),
        # On another site it is a hint that the page is a copy.
        (canonical(COPIED), [GAZETTE], OWN),
        (canonical(COPIED) + FEED + HOME, [], SITE),
        (canonical(COPIED), ["https://gazette.example/"], SITE),
        # A site that also links to its sister's home is on the canonical one's.
        (canonical(GAZETTE) + ICON + HOME + FONTS + SOCIAL, [], OWN),
        # Without a path it means nothing.
        (canonical("https://gazette.example"), [GAZETTE], OWN),
        (canonical("https://gazette.example/index.html"), [], PageAddress()),
        (
            canonical("https://gazette.example/?p=7"),
            [],
            PageAddress("https://gazette.example/?p=7", "gazette.example"),
        ),
        # Archives and caches have copies of it.
        (canonical(f"https://web.archive.org/web/20240301101500/{GAZETTE}"), [], OWN),
        ("", [f"https://gazette-example.cdn.ampproject.org/c/s/{GAZETTE.removeprefix('https://')}"], OWN),
        # Without an address, the site is where its own files and its links lead.
        (ICON + HOME, [], SITE),
        (FEED + FONTS + HOME + SOCIAL, [], SITE),
        (FONTS + SOCIAL, [], PageAddress()),
        (ICON + SOCIAL, [], PageAddress()),
        (ICON + HOME + FONTS + '<a href="https://fonts.example.net/">Fonts</a>', [], PageAddress()),
        (
            '<link rel="stylesheet" href="https://gazette.example/a.css"><form action="https://gazette.example/find">',
            [],
            SITE,
        ),
        ('<link rel="preconnect" href="https://gazette.example/">' + HOME, [], PageAddress()),
        # What is no address on the web is none.
        (canonical("/ferry"), ["http://localhost:8000/ferry", None, "gazette.example/ferry"], PageAddress()),
        (canonical("http://localhost:8000/ferry"), [GAZETTE], OWN),
    ],
)
def test_address(markup: str, stated: list[str | None], address: PageAddress) -> None:
    tree = lxml.html.document_fromstring(f"<html><head></head><body>{markup}<p>Words.</p></body></html>")
    assert page_address(tree, stated) == address


@pytest.mark.parametrize(
    ("markup", "stated", "publisher", "address"),
    [
        # Nothing but the publisher says on which site the page is.
        (canonical(COPIED), [], "https://www.gazette.example/", SITE),
        (canonical(GAZETTE), [], "https://gazette.example", OWN),
        ("", [], "https://gazette.example/", SITE),
        # Its other addresses, and where its files and links lead, say more.
        (canonical(GAZETTE), ["https://m.gazette.example/ferry"], "https://group.example/", OWN),
        (canonical(COPIED) + FEED + HOME, [], "https://portal.example/", SITE),
        (canonical(GAZETTE) + ICON + HOME, [], "https://group.example/", OWN),
        (
            f'{canonical(GAZETTE)}{ICON}{HOME}{FONTS}<a href="https://fonts.example.net/">Fonts</a>',
            [],
            "https://group.example/",
            OWN,
        ),
        # A profile on another site is nobody's home page.
        (canonical(GAZETTE), [], "https://social.example.com/gazette", OWN),
        (canonical(GAZETTE), [], "gazette", OWN),
    ],
)
def test_the_publisher_says_which_site_is_its_own(
    markup: str, stated: list[str | None], publisher: str, address: PageAddress
) -> None:
    tree = lxml.html.document_fromstring(f"<html><head></head><body>{markup}<p>Words.</p></body></html>")
    assert page_address(tree, stated, publisher) == address
