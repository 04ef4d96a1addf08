"""Reads the authors of a page from linked data, meta tags or its printed byline, in that order.

People take precedence over organisations: an outlet that signs for its writer is not an author if another of
these sources names the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from articles.reading.html import jsonld
from articles.reading.html.words import plain, text_of
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
#: Elements marked as an author's that are examined, each with its surroundings.
_MAX_MARKED_ELEMENTS = 500
_MAX_BYLINE_LENGTH = 200
_MAX_ORGANISATION_LENGTH = 60
#: "By" before a name in several languages; declared metadata includes it too.
_BY = re.compile(r"^(?i:written by|by|par|von|por|autor(?:in|a)?|author|text)(?::\s*|\s+)(?=[^\Wa-z])")
_FOR = re.compile(r"\s+for (?:the )?[^\Wa-z].*|\s*[|•·].*")
_AND = re.compile(r"\s+(?:und|et|och|og)\s+")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|authorname|autor(?:en)?|auteurs?)(?:$|[\s_-])", re.IGNORECASE
)
_ADMIN = re.compile(r"/author/(?:admin(?:istrator)?|root|webmaster)/?$", re.IGNORECASE)
#: "Reporter", which follows names in Korean, Chinese and Japanese.
_REPORTER = re.compile(r"(?<=\w)\s*(?:기자|記者|记者)$")
#: The URL of an author's page.
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en)?|auteurs?|writers?|journalists?|staff|newsteam)/[^/?#]+", re.IGNORECASE
)
#: Classes of elements that contain other stories, comments and links.
_ELSEWHERE = re.compile(
    r"(?:^|\s)(?:related|teaser|comments?|sidebar|recommend\w*|widget|footer|most-?read|trending|promo)(?:[-_]\S+)?(?:\s|$)",
    re.IGNORECASE,
)
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


def read_authors(
    tree: HtmlElement, article: Mapping[str, Any], meta: Mapping[str, Sequence[str]], own: Sequence[str]
) -> tuple[Author, ...]:
    """The authors; empty if nobody is named.

    `article` is the page's article in linked data, `meta` its meta tags; `own` are the names of its outlet
    and host.
    """
    names = frozenset(map(fold, filter(None, own)))
    organisations: tuple[Author, ...] = ()
    for place in (
        _linked_authors(article, names),
        (
            each
            for name in _META_NAMES
            for value in meta.get(name, ())
            for each in _split_byline(value, names)
        ),
        (each for printed in _printed_bylines(tree) for each in _split_byline(printed, names)),
    ):
        found = dict.fromkeys(place)
        if persons := [each for each in found if not each.organisation]:
            return tuple(each for each in found if each in persons or fold(each.name) not in names)[
                :_MAX_AUTHORS
            ]
        organisations = organisations or tuple(found)
    return organisations[:_MAX_AUTHORS]


def _linked_authors(article: Mapping[str, Any], own: frozenset[str]) -> Iterator[Author]:
    for key in ("author", "creator"):
        value = article.get(key)
        for each in value if isinstance(value, list) else [value]:
            name = "" if _is_admin(each) else jsonld.words(each)
            if jsonld.is_a(each, "Organization") or jsonld.is_a(each, "NewsMediaOrganization"):
                if name and len(name) <= _MAX_ORGANISATION_LENGTH and not is_nobody(name):
                    yield Author(name, organisation=True)
            else:
                yield from _split_byline(name, own)


def _is_admin(author: Any) -> bool:
    """Whether it is the account under which a site's editors publish other people's articles."""
    pages = (author.get(key) for key in ("@id", "url")) if isinstance(author, dict) else ()
    return any(isinstance(page, str) and _ADMIN.search(page) for page in pages)


def _split_byline(printed: str, own: frozenset[str]) -> Iterator[Author]:
    """Split a printed byline into authors."""
    if fold(printed) in own:
        yield Author(printed, organisation=True)
        return
    printed = _FOR.sub("", _BY.sub("", plain(printed), count=1))
    printed = _REPORTER.sub("", printed).strip()
    if not printed or len(printed) > _MAX_BYLINE_LENGTH or is_nobody(printed):
        return
    if is_organisation(printed) and len(printed) <= _MAX_ORGANISATION_LENGTH:
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
    words = (word if word.lower() in _PARTICLES else word.title() for word in name.split())
    return " ".join(words) if len(name.split()) > 1 and is_name(name.title()) else name


def _printed_bylines(tree: HtmlElement) -> list[str]:
    """The text of the page's first byline: the marked elements that are next to the first one."""
    bylines = islice(filter(_is_byline, tree.iter()), _MAX_MARKED_ELEMENTS)
    marked = [element for element in bylines if not _is_elsewhere(element)]
    around = {outer for element in marked for outer in element.iterancestors()}
    innermost = [element for element in marked if element not in around]
    if not innermost:
        return []
    places = set(islice(innermost[0].iterancestors(), 2))
    together = [each for each in innermost if not places.isdisjoint(islice(each.iterancestors(), 2))]
    return [text for element in together[:_MAX_AUTHORS] if (text := text_of(_name_in(element)))]


def _name_in(element: HtmlElement) -> HtmlElement:
    """The part of a marked element that is the name, if microdata says so."""
    named = element.find(".//*[@itemprop='name']")
    return element if named is None else named


def _is_byline(element: HtmlElement) -> bool:
    """Whether the element is marked as naming an author. A comment's tag is not a string."""
    if not isinstance(element.tag, str) or element.tag in ("meta", "link", "script", "body", "html"):
        return False
    marks = (element.get("itemprop"), element.get("rel"), element.get("class"), element.get("data-testid"))
    return any(mark and _BYLINE.search(mark) for mark in marks) or (
        element.tag == "a" and _PROFILE.search(element.get("href") or "") is not None
    )


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether the element belongs to another story, a comment, or the site's navigation."""
    return any(
        outer.tag in ("nav", "footer", "aside")
        or _ELSEWHERE.search(outer.get("class") or "")
        or _ELSEWHERE.search(outer.get("id") or "")
        for outer in (element, *element.iterancestors())
        if outer.tag not in ("body", "html")
    )
