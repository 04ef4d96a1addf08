"""Reads the names of a page's outlet: as the page declares it, and others by which it may be known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from articles.reading.html.address import site_of
from articles.reading.html.words import plain, text_of
from articles.reading.outlet_names import labels_named, name_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Separators in the window title; the outlet's name comes last, or first.
_TITLE_SEPARATOR = re.compile(r"\s*[|｜»]\s*|\s[–—-]\s|--")
_FIRST_SEPARATOR = re.compile(rf"{_TITLE_SEPARATOR.pattern}|:\s")
_MAX_LENGTH = 60
_META_NAMES = (
    *("dc.publisher", "dcterms.publisher", "publisher", "application-name", "apple-mobile-web-app-title"),
)
#: What WordPress calls the feed of a site's posts: "The Lindle Observer » Feed".
_FEED = re.compile(r"([^»]{1,60}) » \w{3,12}")
#: URLs, accounts and identifiers; and platforms, which sign for blogs of many writers.
_NOT_NAMES = re.compile(
    r"https?:.*|.*[@#/].*|blogger|word ?press(?:\.com)?|squarespace|wix(?:\.com)?", re.IGNORECASE
)
#: The forms of companies: who owns the outlet, not what it is called.
_COMPANY = re.compile(r"\b(?:GmbH|AG|KG|Ltd|LLC|Inc|S\.?A|S\.?p\.?A|B\.?V|Oy|ApS)\b")
#: Characters from which a name in a host's other labels than the domain is distinctive: not "news" or "m".
_MIN_DISTINCTIVE_LENGTH = 8
_MAX_ELEMENTS = 20


def read_outlet(
    tree: HtmlElement, meta: Mapping[str, str], *, publisher: str, site: str, host: str
) -> tuple[str, tuple[str, ...]]:
    """The outlet's name, or "", and other names that it may have.

    `publisher` and `site` are the names in linked data. Some sites declare the name of a section ("U.S."), so
    a name that is in the domain is preferred. The others include the end of the window title, which may be
    anything: they help to find a known outlet.
    """
    window = tree.find(".//title")
    title = plain(text_of(window)) if window is not None else ""
    last, first = _TITLE_SEPARATOR.split(title)[-1], _FIRST_SEPARATOR.split(title)[0]
    declared = [
        name
        for name in (
            *(meta.get("og:site_name", ""), publisher),
            *filter(_is_no_company, (_microdata_publisher(tree), site)),
            *filter(_is_no_company, (meta.get(name, "") for name in _META_NAMES)),
            _feed_of(tree),
        )
        if name and not _NOT_NAMES.fullmatch(name)
    ]
    in_domain = [name for name in (*declared, last, first) if _is_in_host(name, host)]
    outlet = next(iter((*in_domain, *declared)), "")
    if last and outlet.startswith(f"{last} ") and _TITLE_SEPARATOR.match(outlet[len(last) :]):
        outlet = last  # "The Lindle Observer - News for the valley"
    names = dict.fromkeys((*declared, last))
    return outlet, tuple(name for name in names if name and name != outlet and len(name) <= _MAX_LENGTH)


def _is_in_host(name: str, host: str) -> bool:
    key = name_key(name)
    if not key or len(name) > _MAX_LENGTH:
        return False
    domain = site_of(f"https://{host}").split(".")[0]
    return key == name_key(domain) or (len(key) >= _MIN_DISTINCTIVE_LENGTH and bool(labels_named(host, name)))


def _is_no_company(name: str) -> bool:
    return not _COMPANY.search(name)


def _microdata_publisher(tree: HtmlElement) -> str:
    for element in islice(tree.iterfind(".//*[@itemprop='publisher']"), _MAX_ELEMENTS):
        named = element.find(".//*[@itemprop='name']")
        if named is not None and (name := plain(named.get("content") or text_of(named))):
            return name if len(name) <= _MAX_LENGTH else ""
    return ""


def _feed_of(tree: HtmlElement) -> str:
    for link in islice(tree.iterfind(".//link[@rel='alternate'][@title]"), _MAX_ELEMENTS):
        if match := _FEED.fullmatch(plain(link.get("title"))):
            return match[1]
    return ""
