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
from articles.reading.html.printed_bylines import find_printed_byline
from articles.reading.html.words import plain
from articles.reading.page.bylines import is_name, read_byline, read_names
from articles.reading.page.organisations import agency_called, author_called, is_nobody, is_organisation
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
    "creator",
    "byl",
)
#: The most authors of a byline; a longer list is something else.
_MAX_AUTHORS = 12
_MAX_BYLINE_LENGTH = 200
_MAX_ORGANISATION_LENGTH = 60
#: "By" before a name in several languages; declared metadata includes it too.
_BY = re.compile(r"^(?i:written by|by|par|von|por|autor(?:in|a)?|author|text)(?::\s*|\s+)(?=[^\Wa-z])")
_FOR = re.compile(r"\s+for (?:the )?[^\Wa-z].*|\s*[|•·].*")
_AND = re.compile(r"\s+(?:und|et|och|og)\s+")
#: The label of Yoast's `twitter:data1`, which is the author on most sites that use WordPress.
_WRITTEN_BY = re.compile(
    r"\b(?:by|von|par|por|da|door|av|af|skriv\w*|author|autor\w*|auteur|автор)\b", re.IGNORECASE
)
_ADMIN = re.compile(r"/author/(?:admin(?:istrator)?|root|webmaster)/?$", re.IGNORECASE)
#: "Reporter", which follows names in Korean, Chinese and Japanese.
_REPORTER = re.compile(r"(?<=\w)\s*(?:기자|記者|记者)$")
_PARTICLES = frozenset(
    (
        "al",
        "bin",
        "d",
        "da",
        "de",
        "del",
        "della",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "van",
        "von",
        "y",
    )
)


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
    tree: HtmlElement, article: Mapping[str, Any], meta: Mapping[str, Sequence[str]], own: Sequence[str]
) -> tuple[Author, ...]:
    """The authors; empty if nobody is named.

    `article` is the page's article in linked data, `meta` its meta tags; `own` are the names of its outlet
    and host.
    """
    site = _Own.called(own)
    byline = find_printed_byline(tree)
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
        yield from _split_byline(printed, own)


def _meta_authors(meta: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name in _META_NAMES:
        yield from meta.get(name, ())
    labels, values = meta.get("twitter:label1", ()), meta.get("twitter:data1", ())
    if any(map(_WRITTEN_BY.search, labels)):
        yield from values


def _linked_authors(article: Mapping[str, Any], own: _Own) -> Iterator[Author]:
    for key in ("author", "creator"):
        for each in _listed(article.get(key)):
            name = jsonld.words(each)
            if jsonld.is_a(each, "Organization") or jsonld.is_a(each, "NewsMediaOrganization"):
                if name and len(name) <= _MAX_ORGANISATION_LENGTH and not is_nobody(name):
                    yield Author(name, organisation=True)
            else:
                yield from _split_byline(name, own)


def _accounts(article: Mapping[str, Any]) -> Iterator[str]:
    """The names of accounts under which a site's editors publish other people's articles."""
    for author in _listed(article.get("author")):
        pages = (author.get(key) for key in ("@id", "url")) if isinstance(author, dict) else ()
        if any(isinstance(page, str) and _ADMIN.search(page) for page in pages):
            yield jsonld.words(author)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _split_byline(printed: str, own: _Own) -> Iterator[Author]:
    """Split a printed byline into authors."""
    if own.signs(printed):
        yield Author(printed, organisation=True)
        return
    printed = _FOR.sub("", _without_by(plain(printed)))
    printed = _REPORTER.sub("", printed).strip()
    if not printed or len(printed) > _MAX_BYLINE_LENGTH or is_nobody(printed):
        return
    first, comma, _ = printed.partition(",")
    signed = comma and is_name(first) and not is_organisation(first)
    if is_organisation(printed) and not signed and len(printed) <= _MAX_ORGANISATION_LENGTH:
        yield Author(printed, organisation=True)
        return
    spelled = (
        printed
        if any(map(str.islower, printed)) and any(map(str.isupper, printed))
        else _with_normal_capitals(printed)
    )
    *pieces, last = (piece.strip() for piece in _AND.sub(", ", spelled).split(","))
    agency = [last] if pieces and agency_called(last) else []
    read = read_byline(spelled) or read_names(", ".join((*pieces, *([] if agency else [last]))))
    for name in (*(read[0] if read else ()), *agency):
        if not is_nobody(name):
            yield author_called(name)


def _with_normal_capitals(name: str) -> str:
    """A name printed all in capitals or all in lower case, with normal capitals."""
    first, *others = name.lower().split()
    words = (first.title(), *(word if word in _PARTICLES else word.title() for word in others))
    return " ".join(words) if others and is_name(name.title()) else name


def _without_by(printed: str) -> str:
    """A byline without "By" and the like. "Von" is a given name, too, where only a surname would be left."""
    names = _BY.sub("", printed, count=1)
    alone = printed.startswith(("Von ", "VON ")) and len(names.split()) == 1 and not is_organisation(names)
    return printed if alone else names
