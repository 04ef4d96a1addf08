"""Reads the authors of a page from linked data, meta tags or its printed byline, in that order.

People take precedence over organisations: an outlet that signs for its writer is not an author if another of
these sources names the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles.reading.html import jsonld
from articles.reading.html.bylines import MAX_ORGANISATION_LENGTH, split_byline
from articles.reading.html.places import find_heading
from articles.reading.html.printed_bylines import find_printed_byline
from articles.reading.page.organisations import is_nobody
from articles.reading.page.parts import Author
from newsdb.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META_NAMES = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    *("creator", "byl", "authors", "article:author_name", "article:authors", "og:article:author"),
    *("sailthru.author", "cxenseparse:author", "dc.creator.personalname", "citation_author", "news_author"),
    *("shareaholic:article_author_name", "book:author"),
)
#: The most authors of a byline; a longer list is something else.
_MAX_AUTHORS = 12
#: The label of Yoast's `twitter:data1`, which is the author on most sites that use WordPress.
_WRITTEN_BY = re.compile(
    r"\b(?:by|von|par|por|da|door|av|af|skriv\w*|author|autor\w*|auteur|автор)\b", re.IGNORECASE
)
_ADMIN = re.compile(r"/author/(?:admin(?:istrator)?|root|webmaster)/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Own:
    """The folded names of a page's outlet, and of its host."""

    names: frozenset[str]
    hosts: frozenset[str]

    @classmethod
    def called(cls, names: Sequence[str]) -> _Own:
        return cls(
            frozenset(fold(name) for name in names if name),
            frozenset(fold(name) for name in names if "." in name and " " not in name),
        )

    def signs(self, printed: str) -> bool:
        """Whether the outlet itself signs: by one of its names, or as "gazette.example staff"."""
        key = fold(printed)
        return key in self.names or (
            not is_nobody(printed) and any(f" {host} " in f" {key} " for host in self.hosts)
        )


def read_authors(
    tree: HtmlElement,
    article: Mapping[str, Any],
    meta: Mapping[str, Sequence[str]],
    own: Sequence[str],
    headline: str,
) -> tuple[Author, ...]:
    """The authors; empty if nobody is named.

    `article` is the page's article in linked data, `meta` its meta tags; `own` are the names of its outlet
    and host.
    """
    site = _Own.called(own)
    byline = find_printed_byline(tree, find_heading(tree, headline))
    others = {fold(name) for name in (*byline.others, *_accounts(article))}
    organisations: tuple[Author, ...] = ()
    for place in (
        _linked_authors(article, site),
        _authors_in(_meta_authors(meta), site),
        _authors_in(byline.texts, site),
    ):
        found = [each for each in dict.fromkeys(place) if fold(each.name) not in others]
        if persons := [each for each in found if not each.organisation]:
            printed = [each for each in _authors_in(byline.alike, site) if fold(each.name) not in others]
            # A page may declare only one of the authors that it prints.
            found = printed if set(persons) < set(printed) else found
            return tuple(
                each for each in found if not each.organisation or fold(each.name) not in site.names
            )[:_MAX_AUTHORS]
        organisations = organisations or tuple(found)
    return organisations[:_MAX_AUTHORS]


def _authors_in(bylines: Iterable[str], own: _Own) -> Iterator[Author]:
    for printed in bylines:
        yield from _split(printed, own)


def _meta_authors(meta: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name in _META_NAMES:
        yield from meta.get(name, ())
    labels, values = meta.get("twitter:label1", ()), meta.get("twitter:data1", ())
    if any(map(_WRITTEN_BY.search, labels)):
        yield from values


def _linked_authors(article: Mapping[str, Any], own: _Own) -> Iterator[Author]:
    for key in ("author", "creator"):
        for each in jsonld.items(article.get(key)):
            name = jsonld.words(each)
            if jsonld.is_a(each, "Organization") or jsonld.is_a(each, "NewsMediaOrganization"):
                if name and len(name) <= MAX_ORGANISATION_LENGTH and not is_nobody(name):
                    yield Author(name, organisation=True)
            else:
                yield from _split(name, own)


def _accounts(article: Mapping[str, Any]) -> Iterator[str]:
    """The names of accounts under which a site's editors publish other people's articles."""
    for author in jsonld.items(article.get("author")):
        pages = (author.get(key) for key in ("@id", "url")) if isinstance(author, dict) else ()
        if any(isinstance(page, str) and _ADMIN.search(page) for page in pages):
            yield jsonld.words(author)


def _split(printed: str, own: _Own) -> Iterator[Author]:
    """Split a byline into authors, unless the outlet itself signs."""
    if own.signs(printed):
        yield Author(printed, organisation=True)
    else:
        yield from split_byline(printed)
