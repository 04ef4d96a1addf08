"""Determines a page's URL from what the page itself declares.

A canonical URL on the page's own site is the page's URL. On another site it only shows that the page may be a
copy: sites that republish a story often declare its original as canonical. The page's own site is that of its
other URLs, else the one that its files and links lead to, else its publisher's. A URL without a path is that
of a home page.
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
#: The `rel` values of links to files and pages of the same site.
_OWN_SITE_RELS = frozenset(("icon", "image_src", "stylesheet", "alternate", "search", "home", "author"))
#: The number of a page's links that are examined.
_MAX_LINKS = 3000


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A page's URL, or at least the host of its site; "" if the page does not declare it."""

    url: str = ""
    host: str = ""


def page_address(tree: HtmlElement, stated: Iterable[str | None], publisher: str = "") -> PageAddress:
    """Determine the page's URL; `stated` are the other URLs that it declares, most certain first.

    `publisher` is its publisher's URL, which counts if it is that of a home page: a profile elsewhere does
    not say where the publisher's pages are.
    """
    canonical = _web_addresses(link.get("href") for link in tree.iterfind(".//link[@rel='canonical']"))
    own = _web_addresses(stated)
    sites = _sites_of_links(tree)
    home = [host_of(url) for url in _web_addresses([publisher]) if not _has_path(url)]
    if sites.intersection(map(site_of, canonical)):
        home = []  # the publisher is the site's owner, at another address
    hosts = [*map(host_of, own[:1]), *(sites if len(sites) == 1 else ()), *home]
    at_home = {site_of(f"https://{host}") for host in hosts[:1]}
    pages = [
        url
        for url in (*(url for url in canonical if not at_home or site_of(url) in at_home), *own)
        if _has_path(url)
    ]
    if pages:
        return PageAddress(pages[0], host_of(pages[0]))
    return PageAddress(host=hosts[0] if hosts else "")


def _has_path(url: str) -> bool:
    """Whether a URL is that of a page, not of a site's home page."""
    key = canonical_url(url)
    return "/" in key or "?" in key


def site_of(url: str) -> str:
    """The registered domain of a URL, or its last two labels if the public suffix list has none.

    >>> site_of("https://news.gazette.co.uk/a"), site_of("https://news.gazette.example/a")
    ('gazette.co.uk', 'gazette.example')
    """
    from tld import get_fld

    return get_fld(url, fail_silently=True) or ".".join(host_of(url).split(".")[-2:])


def _web_addresses(urls: Iterable[str | None]) -> list[str]:
    """Keep the public web addresses (not a test server's); an archived page's is replaced by its original."""
    unwrapped = (unwrap(url.strip()) for url in urls if url)
    return [url for url in unwrapped if _WEB_ADDRESS.match(url) and "." in host_of(url)]


def _sites_of_links(tree: HtmlElement) -> set[str]:
    """The sites that both the page's own files and feeds and its links point to: one, if it has its own site.

    Files often come from hosts that serve many sites, and links lead anywhere; hardly anything but the page's
    own site is in both.
    """
    files = (
        link.get("href")
        for link in islice(tree.iter("link"), _MAX_LINKS)
        if not _OWN_SITE_RELS.isdisjoint(
            (link.get("rel") or "").lower().replace("apple-touch-icon", "icon").split()
        )
    )
    return set(map(site_of, _web_addresses(files))) & set(map(site_of, _web_addresses(_link_targets(tree))))


def _link_targets(tree: HtmlElement) -> Iterator[str | None]:
    for link in islice(tree.iter("a", "form"), _MAX_LINKS):
        yield link.get("href") or link.get("action")
