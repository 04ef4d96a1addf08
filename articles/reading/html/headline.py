"""Chooses the article's headline among those that a page prints and declares.

A page has its headline in up to five places: the printed `<h1>`, `headline` and `name` in JSON-LD, `og:title`
and `twitter:title`. The headline that most of them agree on is chosen; if they disagree, the printed one,
because declared ones are often shortened for search engines. The window title is the last resort.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from articles.reading.headlines import SEPARATOR, name_forms, without_names
from articles.reading.html.words import plain, text_of
from articles.reading.outlet_names import name_key
from newsdb.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: A longer `<h1>` is not a headline but contains the text of the whole page.
_MAX_LENGTH = 300
#: Two headlines are taken for the same if this share of the shorter one's words is in the other.
_MIN_LIKENESS = 0.5
#: Words of a heading that is a label rather than a headline, if no declared headline is like it.
_MAX_LABEL_WORDS = 2
#: Headings that are compared with the window title, and parts of one.
_MAX_HEADINGS = 50
#: Classes of the line above a headline, in several languages.
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|over-?line|roof-?line|top-?title|eyebrow|sur-?titre|pre-?title|super-?title|dach-?zeile"
    r"|spitz-?marke|ante-?t[ií]tulo|occhiello)(?:$|[\s_-])",
    re.IGNORECASE,
)


def choose_headline(
    tree: HtmlElement, declared: Sequence[str], window: str, site_names: Collection[str]
) -> str:
    """The article's headline, or "".

    `declared` are the headlines that the page declares, the most reliable source first; `window` is the
    window title; `site_names` are names of the outlet, including its domain.
    """
    names = name_forms(site_names)
    in_window = _heading_in_window(tree, window)
    window, *titles = (without_names(each, names) for each in (window, *declared))
    window = in_window or window
    found = [
        title for title in (_printed_headline(tree, [*titles, in_window], window, names), *titles) if title
    ]
    votes = Counter(map(fold, found))
    return max(found, key=lambda title: votes[fold(title)], default=window)


def _heading_in_window(tree: HtmlElement, window: str) -> str:
    """The heading that is the window title without what is before its first or after its last separator."""
    rest = {
        fold(part)
        for place in (*list(SEPARATOR.finditer(window))[:1], *list(SEPARATOR.finditer(window))[-1:])
        for part in (window[: place.start()], window[place.end() :])
    }
    headings = (plain(text_of(heading)) for heading in islice(tree.iter("h1", "h2", "h3"), _MAX_HEADINGS))
    return next(
        (text for text in headings if len(text.split()) > _MAX_LABEL_WORDS and fold(text) in rest), ""
    )


def _printed_headline(tree: HtmlElement, titles: Sequence[str], window: str, names: set[str]) -> str:
    """The `<h1>` that resembles one of the titles, or the only one there is; else ""."""
    texts = (_without_parts(heading, titles) for heading in tree.iter("h1"))
    headings = dict.fromkeys(without_names(text, names) for text in texts if len(text) <= _MAX_LENGTH)
    likeness = {
        heading: max((_likeness(heading, title) for title in (*titles, window)), default=0.0)
        for heading in headings
        if heading and name_key(heading) not in names
    }
    best = max(likeness, key=likeness.__getitem__, default="")
    # "Comments" or "Local News" is a heading of something else.
    label = len(best.split()) <= _MAX_LABEL_WORDS and any(titles) and not likeness.get(best)
    return best if (len(likeness) == 1 and not label) or likeness.get(best, 0) >= _MIN_LIKENESS else ""


def _without_parts(heading: HtmlElement, titles: Sequence[str]) -> str:
    """The text of a heading without the line above or below it that some pages have inside."""
    text = _without_kicker(heading)
    parts = {
        fold(text_of(each))
        for each in islice(heading.iterdescendants(), _MAX_HEADINGS)
        if isinstance(each.tag, str)
    }
    whole = fold(text)
    for title in filter(None, titles):
        key = fold(title)
        if (whole.startswith(f"{key} ") and whole[len(key) + 1 :] in parts) or (
            whole.endswith(f" {key}") and whole[: -len(key) - 1] in parts
        ):
            return title
    return text


def _without_kicker(heading: HtmlElement) -> str:
    """The text of a heading without the line above it that some pages have inside: "In short: Headline"."""
    inside = (each for each in heading.iterdescendants() if isinstance(each.tag, str))
    kicker = next((each for each in inside if _KICKER.search(each.get("class") or "")), None)
    text = plain(text_of(heading))
    above = plain(text_of(kicker)) if kicker is not None else ""
    rest = text.removeprefix(above)
    return rest.lstrip(" :|/•·–—-") or text if rest != text else text


def _likeness(one: str, other: str) -> float:
    """The share (0 to 1) of the shorter headline's words that are in the other."""
    first, second = set(fold(one).split()), set(fold(other).split())
    fewest = min(len(first), len(second))
    return len(first & second) / fewest if fewest else 0.0
