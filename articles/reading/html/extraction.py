"""The text of an HTML page's article, by trafilatura, which is given a tree and never an address."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from articles.reading.html.declared import read_declared
from articles.reading.html.tags import excess
from articles.reading.page.parts import DeclaredMetadata
from newsdb.text import fault

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_EXTRACTOR = "trafilatura"
#: libxml2 drops without a word what is nested deeper.
_DEEPEST = 255


class HtmlError(ValueError):
    """Why a page was not read, for whoever submitted it."""


class MissingExtractorError(HtmlError):
    """What reading HTML needs is not installed; the message says how it is."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A page's text, a paragraph a line, what the page declares of itself, and what took the text out."""

    text: str
    declared: DeclaredMetadata
    extractor: str
    extractor_version: str


def read_html(html: str) -> Extracted:
    """The article in a page's HTML. Nothing is fetched: no link, image, frame, entity or style.

    Raises HtmlError where no article is found, where there is more markup than any page of news has, and
    (MissingExtractorError) where requirements-extras.txt is not installed.
    """
    try:
        import lxml.html
        import trafilatura
    except ImportError as error:
        raise MissingExtractorError(
            f"Reading HTML needs {error.name}: pip install -r requirements-extras.txt. Text needs nothing."
        ) from error
    # It logs what the caller gets as an exception.
    logging.getLogger(_EXTRACTOR).setLevel(logging.CRITICAL)
    if much := excess(html):
        raise HtmlError(f"It has {much}, as no page of news has.")
    tree = _parse(html, lxml.html)
    declared = read_declared(tree)
    text = trafilatura.extract(tree, include_comments=False, with_metadata=False) or ""
    if not text.strip():
        raise HtmlError("No article was found in it.")
    if wrong := fault(text):
        raise HtmlError(wrong.message)
    return Extracted(text, declared, _EXTRACTOR, trafilatura.__version__)


def _parse(html: str, lxml_html: ModuleType) -> HtmlElement:
    """The page's tree. HTML defines no entities and loads no document type: there is nothing to fetch."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = lxml_html.document_fromstring(html.encode(), parser=parser)
    except (lxml_html.etree.ParserError, ValueError):
        raise HtmlError("There is no HTML in it.") from None
    if _depth(tree) > _DEEPEST:
        raise HtmlError(
            f"Its elements are nested more than {_DEEPEST} deep; what stands below would be lost."
        )
    return tree


def _depth(tree: HtmlElement) -> int:
    depth, level = 0, [tree]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth
