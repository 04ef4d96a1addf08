"""Finds the byline that a page prints: elements whose markup says that they name an author."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from articles.reading.html.bylines import split_byline
from articles.reading.html.places import is_elsewhere
from articles.reading.html.words import text_of
from articles.reading.page.bylines import is_name

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Elements marked as an author's that are examined, each with its surroundings.
_MAX_MARKED_ELEMENTS = 500
#: Elements of one byline.
_MAX_ELEMENTS = 12
_MAX_LENGTH = 200
_BYLINE = re.compile(
    r"(?:^|[\s_:-])(?:by-?lines?|authors?|authorname|autor(?:en?)?|auteurs?|writers?|reporters?|journalists?|redaktor"
    r"|forfatter|kirjoittaja|szerzo|yazar|penulis|has_creator)(?:$|[\s_-])",
    re.IGNORECASE,
)
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NEVER_BYLINES = frozenset(("meta", "link", "script", "body", "html", "button", "input"))
_SURNAME = re.compile(r"(?:last|family|sur)[_-]?name", re.IGNORECASE)
#: Pieces of an element's text that are examined.
_MAX_PIECES = 40
#: The URL of an author's page.
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en)?|auteurs?|writers?|journalists?|staff|newsteam)/[^/?#]+", re.IGNORECASE
)
#: A label before the name of somebody who contributed, but did not write.
_OTHER_ROLE = re.compile(
    r"\b(?:edit(?:or|ed by|ado por)|redakteur(?:in)?|penyunting|photo(?:s|graph\w*)?(?: by)?|fotos?"
    r"|fotograf\w*|illustrat\w+(?: by)?|translat(?:or|ed by|ion)|übersetz\w*|traduc\w+|producer)\s*:?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PrintedByline:
    """The texts of the elements of a page's byline, and the names of those who contributed otherwise."""

    texts: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    """Those with the markup of the first: a list of authors, without their titles."""
    others: tuple[str, ...] = ()
    """Editors, photographers, translators."""


def find_printed_byline(tree: HtmlElement, heading: HtmlElement | None = None) -> PrintedByline:
    """The page's first byline: marked elements that are in one marked element with the first, or next to it.

    An element with a number in it, which is often a date, only counts if all have one. `heading` is the
    element that prints the headline.
    """
    bylines = islice(filter(_is_byline, tree.iter()), _MAX_MARKED_ELEMENTS)
    marked = {
        element: _text_in(_name_in(element)) for element in bylines if not is_elsewhere(element, heading)
    }
    around = {outer for element in marked for outer in element.iterancestors()}
    innermost = [element for element, text in marked.items() if element not in around and text]
    others = [element for element in innermost if _has_other_role(element)]
    own = [element for element in innermost if element not in others]
    own = [each for each in own if not any(map(str.isdigit, marked[each]))] or own
    together = list(_together(own, marked))[:_MAX_ELEMENTS] if own else []
    alike = [each for each in together if _markup(each) == _markup(own[0])]
    return PrintedByline(*(tuple(map(marked.__getitem__, found)) for found in (together, alike, others)))


def _together(own: Sequence[HtmlElement], marked: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """The first element, and those that are in one marked element with it, or else next to it."""
    first = own[0]
    outer = [each for each in first.iterancestors() if each in marked and len(text_of(each)) <= _MAX_LENGTH]
    places = {outer[-1]} if outer else set(islice(first.iterancestors(), 2))
    depth = None if outer else 2
    return (each for each in own if not places.isdisjoint(islice(each.iterancestors(), depth)))


def _markup(element: HtmlElement) -> tuple[str | None, ...]:
    return (element.tag, *map(element.get, ("class", "itemprop", "rel")))


def _name_in(element: HtmlElement) -> HtmlElement:
    """The part of a marked element that is the name, if microdata says so."""
    named = element.find(".//*[@itemprop='name']")
    return element if named is None else named


def _text_in(element: HtmlElement) -> str:
    """The names in a marked element, without what its markup sets apart: titles, places, links to follow.

    A piece that begins with a capital is set apart from a full name before it, unless that ends in "and" or
    "in" or both have the same markup.
    """
    text, name = "", None
    for piece, markup in islice(_pieces(element), _MAX_PIECES):
        apart = piece[0].isupper() and not _SURNAME.search(markup[1] or "")
        if len(text.split()) < 2 or not apart or text.split()[-1].islower():
            text = f"{text} {piece}".lstrip()
            name = name or (markup if is_name(piece) else None)
        elif markup == name:
            text = f"{text}, {piece}"
        elif all(author.organisation for author in split_byline(text)):
            text, name = piece, markup
    return text


def _pieces(element: HtmlElement) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """The texts between an element's tags, each with the markup of the element that it is in."""
    for each in element.iter():
        texts = [(each.text, each)] if isinstance(each.tag, str) else []
        if each is not element:
            texts.append((each.tail, each.getparent()))
        for text, outer in texts:
            if words := " ".join((text or "").split()):
                yield words[:_MAX_LENGTH], _markup(outer)


def _is_byline(element: HtmlElement) -> bool:
    """Whether the element is marked as naming an author. A comment's tag is not a string."""
    if not isinstance(element.tag, str) or element.tag in _NEVER_BYLINES:
        return False
    marks = (element.get("itemprop"), element.get("rel"), element.get("class"), element.get("data-testid"))
    return any(mark and _BYLINE.search(_INNER_CAPITAL.sub("-", mark)) for mark in marks) or (
        element.tag == "a"
        and _PROFILE.search(element.get("href") or "") is not None
        and not _is_in_sentence(element)
    )


def _is_in_sentence(link: HtmlElement) -> bool:
    """Whether a link is a part of a sentence in the story."""
    around = next(link.iterancestors("p", "li", "blockquote"), None)
    text = text_of(around) if around is not None else ""
    return text.endswith((".", "?", "!", "”", '"')) and len(text) > 2 * len(text_of(link))


def _has_other_role(element: HtmlElement) -> bool:
    """Whether the words right before the element say that it names an editor, photographer or translator."""
    before, parent = element.getprevious(), element.getparent()
    label = before.tail if before is not None else parent.text if parent is not None else ""
    return bool(_OTHER_ROLE.search((label or "").strip()))
