"""Where a page stands on the web, as it says itself.

A canonical address on the page's own site is the page's. On another site it says no more than that the page
may be a copy: who takes over a story often declares where it came from. One without a path is a home page's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from newsdb.addresses import WEB_ADDRESS, canonical_url, host_of
from newsdb.page_versions import unwrap

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WEB_ADDRESS = re.compile(WEB_ADDRESS)
#: Relations by which a page names files and pages of its own site.
_OWN = frozenset(("icon", "image_src", "stylesheet", "alternate", "search", "home", "author"))
#: Links of a page that are looked at.
_MOST = 3000


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A page's address, or at least its site's host; "" what it does not say."""

    url: str = ""
    host: str = ""


def page_address(tree: HtmlElement, stated: Iterable[str | None]) -> PageAddress:
    """The page's address. `stated` are those that it gives beside its canonical one, surest first."""
    canonical = _valid(link.get("href") for link in tree.iterfind(".//link[@rel='canonical']"))
    own = _valid(stated)
    sites = _sites_of_links(tree)
    at_home = {site_of(url) for url in own[:1]} or (sites if len(sites) == 1 else set())
    pages = [
        url
        for url in (*(url for url in canonical if not at_home or site_of(url) in at_home), *own)
        if "/" in canonical_url(url) or "?" in canonical_url(url)
    ]
    if pages:
        return PageAddress(pages[0], host_of(pages[0]))
    return PageAddress(
        host=next((host_of(url) for url in own), "") or (min(sites) if len(sites) == 1 else "")
    )


def site_of(url: str) -> str:
    """The registered domain of an address, or its last two labels where the public list has none.

    >>> site_of("https://news.gazette.co.uk/a"), site_of("https://news.gazette.example/a")
    ('gazette.co.uk', 'gazette.example')
    """
    from tld import get_fld

    return get_fld(url, fail_silently=True) or ".".join(host_of(url).split(".")[-2:])


def _valid(urls: Iterable[str | None]) -> list[str]:
    """Those that are addresses on the web, as opposed to a test server's; of the original, if archived."""
    unwrapped = (unwrap(url.strip()) for url in urls if url)
    return [url for url in unwrapped if _WEB_ADDRESS.match(url) and "." in host_of(url)]


def _sites_of_links(tree: HtmlElement) -> set[str]:
    """The sites both of the page's own files and feeds and of its links: one, where it has a site of its own.

    Files come from hosts that serve everybody, and links lead to everybody; hardly anything but the page's
    own site is in both.
    """
    files = (
        link.get("href")
        for link in islice(tree.iter("link"), _MOST)
        if not _OWN.isdisjoint((link.get("rel") or "").lower().replace("apple-touch-icon", "icon").split())
    )
    return set(map(site_of, _valid(files))) & set(map(site_of, _valid(_led_to(tree))))


def _led_to(tree: HtmlElement) -> Iterator[str | None]:
    for link in islice(tree.iter("a", "form"), _MOST):
        yield link.get("href") or link.get("action")
