"""What an HTML page declares of itself: JSON-LD, meta tags, microdata; else its one heading, its byline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from articles.ingest.html import jsonld
from articles.ingest.page.bylines import read_byline, read_names
from articles.ingest.page.parts import Told
from newsdb.addresses import WEB_ADDRESS
from newsdb.dates import PartialDate
from newsdb.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WEB_ADDRESS = re.compile(WEB_ADDRESS)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_DAY = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)", re.ASCII)
#: "Headline | Outlet", as the title in a window's frame has it.
_OF_OUTLET = re.compile(r"\s+[|–—·-]\s+[^|–—·]{2,60}$")
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "date",
)
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "byl")


def read_declared(tree: HtmlElement) -> Told:
    """What the page tells of its article. A description is a deck only where the page prints it too."""
    meta = _meta(tree)
    article = jsonld.find_article(
        script.text_content() for script in tree.iterfind(".//script[@type='application/ld+json']")
    )
    outlet = _first(meta.get("og:site_name"), jsonld.words(article.get("publisher")))
    return Told(
        outlet=outlet,
        headline=_headline(tree, meta, jsonld.words(article.get("headline") or article.get("name"))),
        deck=_printed_deck(tree, jsonld.words(article.get("description")), meta),
        section=_first(jsonld.words(article.get("articleSection")), meta.get("article:section")),
        language=_language(
            jsonld.words(article.get("inLanguage")),
            tree.get("lang"),
            tree.get("xml:lang"),
            meta.get("og:locale"),
        ),
        published=_day(
            jsonld.words(article.get("datePublished")),
            *(meta.get(name) for name in _PUBLISHED),
            *(time.get("datetime") for time in tree.iterfind(".//article//time[@datetime]")),
        ),
        authors=_authors(tree, meta, jsonld.names(article.get("author")), outlet),
        source_url=_address(
            *(link.get("href") for link in tree.iterfind(".//link[@rel='canonical']")),
            meta.get("og:url"),
            jsonld.words(article.get("mainEntityOfPage")),
            jsonld.words(article.get("url")),
        ),
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """What meta tags say, the first of each name."""
    found: dict[str, str] = {}
    for tag in tree.iterfind(".//meta[@content]"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        content = " ".join(tag.get("content").split())
        if content:
            found.setdefault(name.lower(), content)
    return found


def _headline(tree: HtmlElement, meta: dict[str, str], declared: str) -> str:
    headings = [_text(heading) for heading in tree.iterfind(".//h1")]
    one = headings[0] if len(headings) == 1 else ""
    title = tree.find(".//title")
    framed = _OF_OUTLET.sub("", _text(title)) if title is not None else ""
    return _first(declared, meta.get("og:title"), one, framed)


def _printed_deck(tree: HtmlElement, declared: str, meta: dict[str, str]) -> str:
    wanted = {
        fold(words): words
        for words in (declared, meta.get("og:description"), meta.get("description"))
        if words
    }
    for name in ("h2", "h3", "p", "div"):
        for element in tree.iter(name):
            if len(element) <= 2 and (deck := wanted.get(fold(_text(element)))):
                return deck
    return ""


def _authors(tree: HtmlElement, meta: dict[str, str], declared: list[str], outlet: str) -> tuple[str, ...]:
    for names in (declared, [meta[name] for name in _AUTHORS if name in meta][:1], _marked(tree)):
        found = [name for printed in names for name in _split(printed)]
        found = [name for name in dict.fromkeys(found) if fold(name) != fold(outlet)]
        if found:
            return tuple(found)
    return ()


def _marked(tree: HtmlElement) -> list[str]:
    """Names in elements that are marked as a byline's."""
    for path in (
        ".//*[@itemprop='author']//*[@itemprop='name']",
        ".//*[@itemprop='author']",
        ".//a[@rel='author']",
        ".//*[@class='byline']",
        ".//*[@class='author']",
    ):
        if names := [text for element in tree.iterfind(path) if (text := _text(element))]:
            return names[:10]
    return []


def _split(printed: str) -> Iterable[str]:
    """The names in what stands for authors; none in the address of a profile."""
    read = read_byline(printed) or read_names(printed)
    return read[0] if read else ()


def _day(*values: str | None) -> PartialDate | None:
    """The day of the first value that names one, in that value's own time zone."""
    for value in values:
        if match := _DAY.match(value or ""):
            try:
                return PartialDate(date(*(int(part) for part in match.groups())), "day")
            except ValueError:
                continue
    return None


def _language(*values: str | None) -> str:
    """A tag as BCP 47 writes it, of the first value that is one."""
    tags = (value for value in values if value and _LANGUAGE.fullmatch(value))
    return next(tags, "").replace("_", "-")


def _address(*values: str | None) -> str:
    return next((value for value in values if value and _WEB_ADDRESS.match(value)), "")


def _first(*values: str | None) -> str:
    return next((value for value in values if value), "")


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
