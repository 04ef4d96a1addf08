"""Which elements of a page belong to its own story, and which to others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.reading.html.words import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Classes and ids of elements that contain other stories, comments and links.
_ELSEWHERE = re.compile(
    r"(?:^|\s)(?:related|teaser|comments?|sidebar|recommend\w*|widget|footer|most-?read|trending|promo"
    r"|(?:more|latest|other)[-_](?:stories|news|articles|posts)|(?:read|up)[-_]next|also[-_]read)"
    r"(?:[-_]\S+)?(?:\s|$)",
    re.IGNORECASE,
)
#: An `<article>` of fewer characters, with a link, is a teaser of another story.
_MIN_STORY_LENGTH = 300


def is_elsewhere(element: HtmlElement) -> bool:
    """Whether the element belongs to another story, a comment, or the site's navigation.

    The footer of an article is the article's own.
    """
    within = [outer for outer in (element, *element.iterancestors()) if outer.tag not in ("body", "html")]
    article = next((outer for outer in within if outer.tag == "article"), None)
    return any(
        is_marked_elsewhere(outer)
        or (outer.tag == "footer" and not any(each.tag == "article" for each in within[number:]))
        for number, outer in enumerate(within)
    ) or (article is not None and _is_teaser(article))


def is_marked_elsewhere(element: HtmlElement) -> bool:
    """Whether an element's own markup says that it contains other stories, comments or navigation."""
    marks = (element.get("class"), element.get("id"))
    return element.tag in ("nav", "aside") or any(mark and _ELSEWHERE.search(mark) for mark in marks)


def _is_teaser(article: HtmlElement) -> bool:
    """Whether an `<article>` is short and has a link, but not the page's main heading."""
    has_link = article.find(".//a[@href]") is not None
    return has_link and article.find(".//h1") is None and len(text_of(article)) < _MIN_STORY_LENGTH
