"""The words of elements and attributes, as a reader would see them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Of what is declared, nothing that a page prints is longer.
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
    """What an element prints, on one line."""
    return " ".join(_INVISIBLE.sub("", element.text_content()).split())
