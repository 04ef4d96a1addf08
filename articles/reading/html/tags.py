"""Markup that would keep a parser busy for hours, found before it is parsed.

libxml2 compares each attribute of a tag with all before it, and trafilatura visits each element many
times. So the tags are counted first, in one pass over the tokens that HTML consists of (HTML Living
Standard, 13.2.5).
"""

from __future__ import annotations

import re

#: Characters outside of tags, scripts and styles: four times what a text may have in words of common length.
MAX_TEXT = 2_000_000
#: Pages of news have two to fifteen thousand elements, and a dozen attributes to a tag.
MAX_ELEMENTS = 20_000
MAX_ATTRIBUTES = 500

_VALUE = r""""[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+"""
_ATTRIBUTE = rf"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:{_VALUE})?)?"
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?].*?(?:>|\Z)"
    rf"|<(?P<close>/?)(?P<name>[a-z][^\s/>]*+)(?:[\s/]*+{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+[\s/]*+(?P<end>>|\Z)?",
    re.IGNORECASE | re.DOTALL,
)
#: Between the tags of these nothing is markup.
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))


def excess(html: str) -> str:
    """What there is too much of for a page of news, or ""."""
    elements = position = length = 0
    while match := _TOKEN.search(html, position):
        length += match.start() - position
        position = match.end()
        if match["name"] is None:
            continue
        if match["end"] is None:
            return f"a tag with more than {MAX_ATTRIBUTES} attributes"
        if match["close"]:
            continue
        elements += 1
        if elements > MAX_ELEMENTS:
            return f"more than {MAX_ELEMENTS:,} elements"
        name = match["name"].lower()
        if name in _RAW:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, position)
            position = closing.start() if closing else len(html)
    if length + len(html) - position > MAX_TEXT:
        return f"more than {MAX_TEXT:,} characters of text"
    return ""
