"""Reads an HTML page's declared metadata: JSON-LD, meta tags, microdata, and the headline and byline."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from articles.reading.html import jsonld
from articles.reading.html.address import page_address
from articles.reading.html.authors import read_authors
from articles.reading.html.days import publication_day
from articles.reading.html.headline import choose_headline
from articles.reading.html.outlets import read_outlet
from articles.reading.html.words import plain, text_of
from articles.reading.page.parts import DeclaredMetadata
from newsdb.addresses import canonical_url
from newsdb.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
#: Names of meta tags with the day of publication, those of the page's own article first; htmldate lists more.
_PUBLICATION_META_NAMES = (
    *("article:published_time", "datepublished", "parsely-pub-date", "dc.date.issued", "dcterms.issued"),
    *("date", "sailthru.date", "cxenseparse:recs:publishtime", "pubdate", "publish-date", "publish_date"),
    *("publishdate", "published-date", "published_date", "published_time", "publication_date"),
    *("publication-date", "publisheddate", "originalpublicationdate", "article:published"),
    *("article:published_date", "article:publicationdate", "article:post_date", "article.published"),
    *("article_date_original", "og:published_time", "og:article:published_time", "og:pubdate"),
    *("og:publish_date", "rnews:datepublished", "bt:pubdate", "citation_publication_date", "gentime"),
    *("published_time_telegram", "mediator_published_time", "shareaholic:article_published_time"),
    *("weibo: article:create_at", "dc.date.publication"),
)
#: Those with the day when the page was created or came about otherwise, which is often the same.
_OTHER_DATE_META_NAMES = (
    *("dc.date", "dc:date", "dcterms.date", "dc.date.created", "dc.created", "dcterms.created"),
    *("date.created", "article.created"),
)
#: Elements of each kind that are searched for the deck.
_MAX_ELEMENTS = 2000


def read_declared(tree: HtmlElement) -> DeclaredMetadata:
    """The metadata that the page declares. A description is a deck only if the page prints it too."""
    all_meta = _meta(tree)
    meta = {name: values[0] for name, values in all_meta.items()}
    nodes = jsonld.read_nodes(
        script.text_content() for script in tree.iterfind(".//script[@type]") if _is_linked_data(script)
    )
    article = jsonld.find_article(nodes, _is_own(tree, meta))
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
    outlet, outlet_names = read_outlet(
        tree,
        meta,
        publisher=jsonld.words(article.get("publisher")),
        site=jsonld.site_name(nodes),
        host=address.host,
    )
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
                jsonld.moment(article.get("datePublished")),
                *(meta.get(name) for name in _PUBLICATION_META_NAMES),
            ),
            tree,
            headline,
            [meta.get(name) for name in _OTHER_DATE_META_NAMES],
        ),
        authors=read_authors(
            tree, article, all_meta, (*names, *outlet_names, meta.get("publisher", "")), headline
        ),
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


def _is_linked_data(script: HtmlElement) -> bool:
    return (script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json"


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


def _first_nonempty(*values: str | None) -> str:
    return next((value for value in values if value), "")
