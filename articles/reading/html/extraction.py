"""Extracts an HTML page's article text with trafilatura, which receives a parsed tree and never a URL."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from articles.reading.html.declared import read_declared
from articles.reading.html.link_lists import read_link_lists
from articles.reading.html.tags import excess
from articles.reading.html.words import separate_words
from articles.reading.page.parts import DeclaredMetadata
from articles.reading.printed_links import PrintedList
from newsdb.text import fault

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_EXTRACTOR = "trafilatura"
#: libxml2 silently drops elements that are nested deeper.
_MAX_DEPTH = 255


class HtmlError(ValueError):
    """The reason why a page was not read, worded for whoever submitted it."""


class MissingExtractorError(HtmlError):
    """The packages that reading HTML needs are not installed; the message says how to install them."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A page's text (one paragraph per line), what else it says, and the extractor that was used."""

    text: str
    declared: DeclaredMetadata
    lists: tuple[PrintedList, ...]
    """The lists of links beside the article."""
    extractor: str
    extractor_version: str


def read_html(html: str) -> Extracted:
    """Extract the article from a page's HTML. Nothing is fetched: no link, image, frame, entity or style.

    Raises HtmlError if no article is found or if there is far more markup than in any news page, and
    MissingExtractorError if requirements-extras.txt is not installed.
    """
    try:
        import lxml.html
        import trafilatura
    except ImportError as error:
        raise MissingExtractorError(
            f"Reading HTML needs {error.name}: pip install -r requirements-extras.txt. Plain text does not"
            " need it."
        ) from error
    # trafilatura logs what the caller gets as an exception.
    logging.getLogger(_EXTRACTOR).setLevel(logging.CRITICAL)
    if much := excess(html):
        raise HtmlError(f"The page has {much}, more than any news page.")
    tree = _parse(html, lxml.html)
    separated = separate_words(tree)
    declared, lists = read_declared(separated), read_link_lists(separated)
    text = trafilatura.extract(tree, include_comments=False, with_metadata=False) or ""
    if not text.strip():
        raise HtmlError("No article was found in the page.")
    if wrong := fault(text):
        raise HtmlError(wrong.message)
    return Extracted(text, declared, lists, _EXTRACTOR, trafilatura.__version__)


def _parse(html: str, lxml_html: ModuleType) -> HtmlElement:
    """Parse the page. HTML defines no entities and loads no DTD, so nothing is fetched."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = lxml_html.document_fromstring(html.encode(), parser=parser)
    except (lxml_html.etree.ParserError, ValueError):
        raise HtmlError("The page contains no HTML.") from None
    if _depth(tree) > _MAX_DEPTH:
        raise HtmlError(
            f"The page's elements are nested more than {_MAX_DEPTH} deep; anything deeper would be lost."
        )
    return tree


def _depth(tree: HtmlElement) -> int:
    depth, level = 0, [tree]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth
