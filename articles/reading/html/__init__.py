"""Reads a page's HTML into text and declared metadata. Plain Python, no network."""

from articles.reading.html.extraction import Extracted, HtmlError, MissingExtractorError, read_html

__all__ = ["Extracted", "HtmlError", "MissingExtractorError", "read_html"]
