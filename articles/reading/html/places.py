"""Which elements of a page belong to its own story, and which to others."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from articles.reading.html.words import text_of
from newsdb.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Beginnings of the classes and ids of elements that list related stories.
RELATED = (
    r"related|recommend\w*|more[-_ ]?(?:on|from|about|stories|news|articles|posts)|further[-_ ]?reading"
    r"|(?:read|see|up)[-_ ]?(?:next|also)|also[-_ ]?read"
)
#: Classes and ids of elements that contain other stories, comments and links.
_ELSEWHERE = re.compile(
    rf"(?:^|\s)(?:{RELATED}|teaser|comments?|discussion|disqus|sidebar|widget|most-?read|trending|promo|masthead"
    r"|site-header|top-?bar|calendar|events?(?=\s|$)|(?:latest|other)[-_](?:stories|news|articles|posts))"
    r"(?:[-_]\S+)?(?:\s|$)",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"(?:^|\s)footer(?:[-_]\S+)?(?:\s|$)", re.IGNORECASE)
#: An `<article>` of fewer characters, with a link, is a teaser of another story.
_MIN_STORY_LENGTH = 300
#: Characters and elements of a box with a teaser of another story.
_MAX_BOX_LENGTH, _MAX_BOX_ELEMENTS = 600, 200
_TEASER_HEADINGS = frozenset(("h2", "h3", "h4", "h5"))


def find_heading(tree: HtmlElement, headline: str) -> HtmlElement | None:
    """The element that prints the headline, or at least half of it."""
    wanted = fold(headline)
    headings = tree.iter("h1", "h2", "h3")
    return next((each for each in headings if _is_headline(fold(text_of(each)), wanted)), None)


def _is_headline(heading: str, headline: str) -> bool:
    """Whether a heading has all of the headline, or at least half of it; both are folded."""
    if not heading or not headline:
        return False
    return headline in heading or (heading in headline and 2 * len(heading) >= len(headline))


def is_elsewhere(element: HtmlElement, heading: HtmlElement | None = None) -> bool:
    """Whether the element belongs to another story, a comment, or the site's navigation.

    The footer of an article is the article's own, and so is whatever is around the story's heading.
    """
    within = [outer for outer in (element, *element.iterancestors()) if outer.tag not in ("body", "html")]
    around = set(heading.iterancestors()) if heading is not None else set()
    article = next((outer for outer in within if _is_article(outer)), None)
    return (
        any(
            is_marked_elsewhere(outer) or (_is_footer(outer) and not any(map(_is_article, within[number:])))
            for number, outer in enumerate(within)
            if outer not in around
        )
        or (article is not None and article not in around and _is_teaser(article))
        or (heading is not None and _has_other_heading(within, around, heading))
    )


def _is_footer(element: HtmlElement) -> bool:
    return element.tag == "footer" or bool(_FOOTER.search(element.get("class") or element.get("id") or ""))


def _is_article(element: HtmlElement) -> bool:
    """Whether the element is marked as an article, which may have a footer of its own."""
    return element.tag == "article" or (element.get("itemtype") or "").endswith(("Article", "BlogPosting"))


def _has_other_heading(within: list[HtmlElement], around: set[HtmlElement], heading: HtmlElement) -> bool:
    """Whether one of the elements is a short box with a heading that links to another story."""
    for outer in within:
        inside = list(islice(outer.iter(), _MAX_BOX_ELEMENTS + 1))
        if outer in around or outer is heading or len(inside) > _MAX_BOX_ELEMENTS:
            break
        if len(text_of(outer)) >= _MAX_BOX_LENGTH:
            break
        if any(each.tag in _TEASER_HEADINGS and _is_linked(each) for each in inside):
            return True
    return False


def _is_linked(heading: HtmlElement) -> bool:
    """Whether a heading is in a link, or has one."""
    return heading.find(".//a[@href]") is not None or any(each.tag == "a" for each in heading.iterancestors())


def is_marked_elsewhere(element: HtmlElement) -> bool:
    """Whether an element's own markup says that it contains a picture, other stories or navigation."""
    marks = (element.get("class"), element.get("id"))
    return element.tag in ("nav", "aside", "figure") or any(
        mark and _ELSEWHERE.search(mark) for mark in marks
    )


def _is_teaser(article: HtmlElement) -> bool:
    """Whether an article is short and has a link, but not the page's main heading."""
    has_link = article.find(".//a[@href]") is not None
    return has_link and article.find(".//h1") is None and len(text_of(article)) < _MIN_STORY_LENGTH
