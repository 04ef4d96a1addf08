"""Rejects markup that would keep a parser busy for hours, before it is parsed.

libxml2 compares each attribute of a tag with all those before it, and trafilatura visits each element many
times. So the tags are counted first, in one pass over the HTML tokens (HTML Living Standard, 13.2.5).
"""

from __future__ import annotations

import re

#: Characters outside tags, scripts and styles: four times the longest text allowed, at average word length.
MAX_TEXT = 2_000_000
#: News pages have two to fifteen thousand elements, and a dozen attributes per tag.
MAX_ELEMENTS = 20_000
MAX_ATTRIBUTES = 500

_VALUE = r""""[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+"""
_ATTRIBUTE = rf"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:{_VALUE})?)?"
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?].*?(?:>|\Z)"
    rf"|<(?P<close>/?)(?P<name>[a-z][^\s/>]*+)(?:[\s/]*+{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+[\s/]*+(?P<end>>|\Z)?",
    re.IGNORECASE | re.DOTALL,
)
#: Elements whose content is not parsed as markup.
_RAW_TEXT_ELEMENTS = frozenset(
    ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
)


def excess(html: str) -> str:
    """What exceeds a limit, in words, or ""."""
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
        if name in _RAW_TEXT_ELEMENTS:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, position)
            position = closing.start() if closing else len(html)
    if length + len(html) - position > MAX_TEXT:
        return f"more than {MAX_TEXT:,} characters of text"
    return ""
