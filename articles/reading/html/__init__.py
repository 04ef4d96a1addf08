"""A captured page's HTML, read into text and what the page declares of itself. Plain Python, no network."""

from articles.reading.html.extraction import Extracted, HtmlError, MissingExtractorError, read_html

__all__ = ["Extracted", "HtmlError", "MissingExtractorError", "read_html"]
