"""Reads the lists of links that a page prints with its story, such as "Related" or "More on this"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from articles.reading.html.places import RELATED
from articles.reading.html.words import text_of
from articles.reading.printed_links import PrintedLink, PrintedList

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Classes, ids and labels of elements that list stories related to the page's own.
_RELATED = re.compile(rf"(?:^|[\s_-])(?:{RELATED})", re.IGNORECASE)
#: Headings of such lists, which many pages do not mark otherwise.
_RELATED_HEADING = re.compile(
    r"(?:related|recommended|more (?:on|from|about|stories|coverage|news|in)|read (?:more|next|also)|see also"
    r"|also read|further reading|you (?:may|might) (?:also )?like|mehr (?:zum|dazu|aus)|zum thema"
    r"|lesen sie auch|(?:à )?lire aussi|sur le même (?:sujet|thème)|lee también|[lt]e puede interesar"
    r"|noticias relacionadas|leggi anche|leia (?:também|mais)|lees ook|les også|læs også"
    r"|läs (?:också|även|mer)|lue myös|czytaj (?:też|także)|čtěte také|baca juga|читайте также)\b"
    r"|関連(?:記事|ニュース)|相关(?:新闻|阅读|报道)|관련\s?(?:기사|뉴스)",
    re.IGNORECASE,
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_NO_PAGE = re.compile(r"$|(?:javascript|mailto|tel|data|whatsapp):", re.IGNORECASE)
#: Classes of the section that is printed with a link.
_SECTION = re.compile(r"(?:^|[\s_-])(?:section|category|rubric)", re.IGNORECASE)
#: Code points.
_MAX_HEADING, _MAX_TITLE, _MAX_SECTION = 80, 300, 40
#: A link of fewer words leads to a section, an author or a topic.
_MIN_WORDS = 3
#: The same for scripts without spaces between words: Chinese, Japanese, Thai and their neighbours.
_UNSPACED_WORDS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{8}")
#: How many places of a page, and elements of a place, are read.
_MAX_PLACES, _MAX_ELEMENTS = 50, 500
#: How many elements of an entry may say its section.
_MAX_SECTIONS = 4
#: Elements around a heading after which its list may follow, and around a link that may be its entry.
_MAX_LEVELS = 4


def read_link_lists(tree: HtmlElement) -> tuple[PrintedList, ...]:
    """The lists of links that belong to the page's story, in printed order.

    A list has a heading and at least two links to stories. Its heading or markup says that they are related
    to this one. Footers and tables have none.
    """
    lists: list[PrintedList] = []
    marked: set[HtmlElement] = set()
    for place in islice(_places(tree), _MAX_PLACES):
        if not marked.isdisjoint(place.iterancestors()) or _is_outside(place):
            continue
        if place.tag in _HEADINGS:
            found = _list_below(place)
        else:
            marked.add(place)
            found = _read(place.iter(*_HEADINGS, "a"), place)
        lists += (each for each in found if each not in lists)
    base = tree.find(".//base[@href]")
    return tuple(lists) if base is None else tuple(_relative_to(base.get("href"), each) for each in lists)


def _relative_to(base: str, printed: PrintedList) -> PrintedList:
    """The list with URLs that were relative to the page's base URL."""
    try:
        return replace(
            printed, links=tuple(replace(each, url=urljoin(base, each.url)) for each in printed.links)
        )
    except ValueError:  # brackets that hold no IPv6 address
        return printed


def _places(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that are marked as holding lists, and the headings of lists."""
    for element in tree.iter(*_HEADINGS, "section", "aside", "nav", "div", "ul", "ol"):
        if element.tag in _HEADINGS:
            if _RELATED_HEADING.match(_heading(element)):
                yield element
        elif _is_marked(element):
            yield element


def _is_marked(element: HtmlElement) -> bool:
    marks = (element.get(name) for name in ("class", "id", "aria-label"))
    return any(mark and _RELATED.search(mark) for mark in marks) and not _is_page(element)


def _is_page(element: HtmlElement) -> bool:
    return element.tag in ("html", "body", "main", "form") or element.find(".//h1") is not None


def _is_outside(element: HtmlElement) -> bool:
    """Whether the element is part of a table, or of the site's header or footer."""
    outer = [each.tag for each in element.iterancestors()]
    return "table" in outer or ("article" not in outer and ("footer" in outer or "header" in outer))


def _list_below(heading: HtmlElement) -> list[PrintedList]:
    """The list that follows a heading, beside it or beside an element that holds it."""
    title = _heading(heading)
    for above in islice((heading, *heading.iterancestors()), _MAX_LEVELS):
        if _is_page(above):
            break
        below = (each for sibling in above.itersiblings() for each in sibling.iter(*_HEADINGS, "a"))
        if found := [each for each in _read(below, above.getparent(), title) if each.title == title]:
            return found
    return []


def _heading(element: HtmlElement) -> str:
    """The text of a heading that stands above links and is not that of one of them; else ""."""
    if element.find(".//a") is not None or any(outer.tag == "a" for outer in element.iterancestors()):
        return ""
    text = text_of(element)
    return text if len(text) <= _MAX_HEADING else ""


def _read(elements: Iterable[HtmlElement], place: HtmlElement, title: str = "") -> list[PrintedList]:
    """The list below each heading among these headings and links of ``place``; the first may have a title."""
    lists: list[tuple[str, dict[str, PrintedLink]]] = [(title, {})]
    for element in islice(elements, _MAX_ELEMENTS):
        if element.tag != "a":
            if heading := _heading(element):
                lists.append((heading, {}))
        elif (address := _address(element)) and (linked := _title(element)) and address not in lists[-1][1]:
            lists[-1][1][address] = _link(element, linked, address, place)
    return [
        PrintedList(heading, tuple(links.values())) for heading, links in lists if heading and len(links) > 1
    ]


def _address(link: HtmlElement) -> str:
    """Where a link leads, without the fragment; "" if it does not lead to a page."""
    address = (link.get("href") or "").strip().partition("#")[0]
    return "" if _NO_PAGE.match(address) else address


def _title(link: HtmlElement) -> str:
    """The headline of a linked story; "" for a link to a section, author or topic, or within a sentence."""
    title = text_of(next(link.iter(*_HEADINGS), link))
    is_title = len(title.split()) >= _MIN_WORDS or _UNSPACED_WORDS.search(title)
    if not is_title or len(title) > _MAX_TITLE:
        return ""
    paragraph = next(link.iterancestors("p"), None)
    around = 2 * len(title)
    return title if paragraph is None or len(text_of(paragraph, around + 1)) <= around else ""


def _link(link: HtmlElement, title: str, address: str, place: HtmlElement) -> PrintedLink:
    """A link with the section and the date that are printed with it."""
    entry = link
    for outer in islice(link.iterancestors(), _MAX_LEVELS):
        if outer is place or any(_title(each) not in ("", title) for each in outer.iter("a")):
            break
        entry = outer
    marked = (each for each in entry.iter() if _SECTION.search(each.get("class") or ""))
    sections = (text_of(each) for each in islice(marked, _MAX_SECTIONS))
    section = next((text for text in sections if text != title and len(text) <= _MAX_SECTION), "")
    date = next((text_of(each) for each in entry.iter("time")), "")
    return PrintedLink(title.removeprefix(section).strip(), section=section, printed_date=date, url=address)
