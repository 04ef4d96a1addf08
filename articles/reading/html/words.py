"""Extracts the visible text of elements and attributes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Characters that are read of a declared value, or of an element that may be a headline, name, date or deck.
_MAX_LENGTH = 5000
#: Some content management systems encode entities more than once.
_MAX_DECODINGS = 3
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
#: Characters without width: soft hyphens, zero-width spaces, direction marks, byte order marks. Joiners are
#: kept: Persian and Hindi spelling needs them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

_BREAKS = frozenset(
    (
        *("br", "p", "div", "section", "header", "footer", "blockquote", "figure", "figcaption"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    )
)


def plain(value: str) -> str:
    """The text without entities, tags, invisible characters and superfluous white space.

    >>> plain("Harbour &amp;amp; <em>bell</em>\u200b\u00a0 again")
    'Harbour & bell again'
    """
    value = value[:_MAX_LENGTH]
    for _ in range(_MAX_DECODINGS):
        decoded = html.unescape(value)
        if decoded == value:
            break
        value = decoded
    return " ".join(_INVISIBLE.sub("", _TAG.sub("", value)).split())


def separate_words(tree: HtmlElement) -> HtmlElement:
    """A copy of a page's tree, with a space wherever a browser begins a new line or box.

    So "return<br>to" and "<span>Council</span><span>votes</span>" are two words each. An element of one
    letter is part of the word after it.
    """
    tree = deepcopy(tree)
    for element in tree.iter():
        before = element.getprevious()
        if element.tag in _BREAKS:
            element.tail = f" {element.tail or ''}"
            if before is not None:
                before.tail = f"{before.tail or ''} "
            elif (parent := element.getparent()) is not None:
                parent.text = f"{parent.text or ''} "
        elif before is not None and not before.tail and (len(before) or len(before.text or "") > 1):
            before.tail = " "
    return tree


def text_of(element: HtmlElement, most: int = _MAX_LENGTH) -> str:
    """The visible text of an element on one line, limited to the first ``most`` characters.

    Elements are nested: reading each to its end would take time quadratic in the length of the page.
    """
    return " ".join(_INVISIBLE.sub("", "".join(_leading_text(element, most))).split())


def _leading_text(element: HtmlElement, left: int) -> Iterator[str]:
    for text in islice(element.itertext(), left):
        yield text[:left]
        left -= len(text)
        if left <= 0:
            return
