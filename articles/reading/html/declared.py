"""Reads an HTML page's declared metadata: JSON-LD, meta tags, microdata, and the headline and byline."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from articles.reading.html import jsonld
from articles.reading.html.address import page_address, site_of
from articles.reading.html.authors import read_authors
from articles.reading.html.days import publication_day
from articles.reading.html.headline import choose_headline
from articles.reading.html.words import plain, text_of
from articles.reading.outlet_names import name_key
from articles.reading.page.parts import DeclaredMetadata
from newsdb.addresses import canonical_url
from newsdb.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_PUBLICATION_META_NAMES = (
    "article:published_time",
    "datepublished",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "date",
)
#: Separators in the window title; the outlet's name comes last.
_TITLE_SEPARATOR = re.compile(r"\s*[|｜»]\s*|\s[–—-]\s|--")
_MAX_NAME_LENGTH = 60
#: Elements of each kind that are searched for the deck.
_MAX_ELEMENTS = 2000


def read_declared(tree: HtmlElement) -> DeclaredMetadata:
    """The metadata that the page declares. A description is a deck only if the page prints it too."""
    all_meta = _meta(tree)
    meta = {name: values[0] for name, values in all_meta.items()}
    article = jsonld.find_article(
        (script.text_content() for script in tree.iterfind(".//script[@type='application/ld+json']")),
        _is_own(tree, meta),
    )
    address = page_address(
        tree,
        (
            meta.get("og:url"),
            jsonld.words(article.get("mainEntityOfPage")),
            jsonld.words(article.get("url")),
            meta.get("twitter:url"),
        ),
        jsonld.address(article.get("publisher")),
    )
    outlet = _outlet(meta, article, address.host)
    outlet_names = _outlet_names(tree, meta, article, outlet)
    names = (outlet, address.host)
    headline = _headline(tree, meta, article, names)
    return DeclaredMetadata(
        outlet=outlet,
        headline=headline,
        deck=_printed_deck(tree, jsonld.words(article.get("description")), meta),
        section=_first_nonempty(jsonld.words(article.get("articleSection")), meta.get("article:section")),
        language=_language(
            jsonld.words(article.get("inLanguage")),
            tree.get("lang"),
            tree.get("xml:lang"),
            meta.get("og:locale"),
        ),
        published=publication_day(
            (
                jsonld.words(article.get("datePublished")),
                *(meta.get(name) for name in _PUBLICATION_META_NAMES),
            ),
            tree,
            headline,
        ),
        authors=read_authors(tree, article, all_meta, (*names, *outlet_names, meta.get("publisher", ""))),
        source_url=address.url,
        host=address.host,
        outlet_names=outlet_names,
    )


def _is_own(tree: HtmlElement, meta: Mapping[str, str]) -> Callable[[Mapping[str, Any]], bool]:
    """Whether an article in linked data has the page's address or one of its headings."""
    links = [link.get("href") or "" for link in tree.iterfind(".//link[@rel='canonical']")]
    addresses = set(map(canonical_url, (*links, meta.get("og:url", "")))) - {""}
    headings = {fold(text_of(heading)) for heading in islice(tree.iter("h1"), _MAX_ELEMENTS)}
    headings = (headings | {fold(meta.get("og:title", ""))}) - {""}

    def is_own(article: Mapping[str, Any]) -> bool:
        stated = (jsonld.words(article.get(key)) for key in ("url", "mainEntityOfPage"))
        return (
            not addresses.isdisjoint(map(canonical_url, stated))
            or fold(jsonld.words(article.get("headline"))) in headings
        )

    return is_own


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of meta tags by name in lower case, in order."""
    found: dict[str, list[str]] = {}
    for tag in tree.iterfind(".//meta[@content]"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if content := plain(tag.get("content")):
            found.setdefault(name.lower(), []).append(content)
    return found


def _headline(
    tree: HtmlElement, meta: dict[str, str], article: Mapping[str, Any], names: Sequence[str]
) -> str:
    linked = dict.fromkeys(jsonld.words(article.get(key)) for key in ("headline", "name"))
    declared = [*linked, meta.get("og:title", ""), meta.get("twitter:title", "")]
    window = tree.find(".//title")
    return choose_headline(tree, declared, plain(text_of(window)) if window is not None else "", names)


def _printed_deck(tree: HtmlElement, declared: str, meta: dict[str, str]) -> str:
    wanted = {
        fold(words): words
        for words in (declared, meta.get("og:description"), meta.get("description"))
        if words
    }
    for name in ("h2", "h3", "p", "div") if wanted else ():
        for element in islice(tree.iter(name), _MAX_ELEMENTS):
            if len(element) <= 2 and (deck := wanted.get(fold(text_of(element)))):
                return deck
    return ""


def _language(*values: str | None) -> str:
    """The first valid language tag, in BCP 47 form."""
    tags = (value for value in values if value and _LANGUAGE.fullmatch(value))
    return next(tags, "").replace("_", "-")


def _outlet(meta: dict[str, str], article: Mapping[str, Any], host: str) -> str:
    """The outlet's name: the site's or the publisher's.

    Some sites declare the name of a section ("U.S."), so the name that is in the domain is preferred.
    """
    declared = (meta.get("og:site_name"), jsonld.words(article.get("publisher")))
    domain = site_of(f"https://{host}").split(".")[0]
    same = (name for name in declared if name and name_key(name) == name_key(domain))
    return _first_nonempty(*same, *declared)


def _outlet_names(
    tree: HtmlElement, meta: dict[str, str], article: Mapping[str, Any], first: str
) -> tuple[str, ...]:
    """Other possible names of the outlet: from the publisher, the site and the window title."""
    window = tree.find(".//title")
    last = _TITLE_SEPARATOR.split(text_of(window))[-1] if window is not None else ""
    names = (
        meta.get("og:site_name"),
        jsonld.words(article.get("publisher")),
        meta.get("application-name"),
        last,
    )
    return tuple(
        dict.fromkeys(name for name in names if name and name != first and len(name) <= _MAX_NAME_LENGTH)
    )


def _first_nonempty(*values: str | None) -> str:
    return next((value for value in values if value), "")
