"""Extracts quotations from a text, with their speakers and a confidence.

Plain Python on the standard library, for English. The entry point is `extract`. It leaves out words in
quotation marks that nobody is said to speak; `find_unattributed` returns those, and `find_nested` what is
quoted within a quotation. Nothing is fetched or stored.
"""

from articles.reading.quotations.confidence import AUTOMATIC
from articles.reading.quotations.extraction import extract, find_nested, find_unattributed
from articles.reading.quotations.naming import without_role
from articles.reading.quotations.records import Attribution, Quotation

VERSION = "0.2.6"
"""Raise it when the same text yields other quotations, speakers or confidences: pages are then read again."""

__all__ = [
    "AUTOMATIC",
    "VERSION",
    "Attribution",
    "Quotation",
    "extract",
    "find_nested",
    "find_unattributed",
    "without_role",
]
