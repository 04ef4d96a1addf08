"""The words of elements and attributes, as a reader would see them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Of what is declared, and of an element that may be a headline, name, day or deck, as much is read.
_LONGEST = 5000
#: Entities are encoded again by content systems that expect their readers to decode twice.
_TIMES_ENCODED = 3
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
#: What takes no room: soft hyphens, zero-width spaces, marks of direction, byte order marks. Joiners stay:
#: Persian and Hindi spell with them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def plain(value: str) -> str:
    """Declared words without entities, tags, invisible characters and superfluous white space.

    >>> plain("Harbour &amp;amp; <em>bell</em>\u200b\u00a0 again")
    'Harbour & bell again'
    """
    value = value[:_LONGEST]
    for _ in range(_TIMES_ENCODED):
        decoded = html.unescape(value)
        if decoded == value:
            break
        value = decoded
    return " ".join(_INVISIBLE.sub("", _TAG.sub("", value)).split())


def text_of(element: HtmlElement) -> str:
    """What an element prints, on one line; of a long one its first _LONGEST characters.

    Elements stand in each other: to read each to its end would take the square of the page's length.
    """
    return " ".join(_INVISIBLE.sub("", "".join(_begin(element))).split())


def _begin(element: HtmlElement) -> Iterator[str]:
    left = _LONGEST
    for text in islice(element.itertext(), _LONGEST):
        yield text[:left]
        left -= len(text)
        if left <= 0:
            return
