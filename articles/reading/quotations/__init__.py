"""Who said what, read from a text: quotations, their speakers, and how sure that is.

Plain Python on the standard library, in English. `extract` is the entry; nothing is fetched or stored.
"""

from articles.reading.quotations.confidence import AUTOMATIC
from articles.reading.quotations.extraction import extract
from articles.reading.quotations.records import Attribution, Quotation

VERSION = "0.2.1"
"""Raised when the same text gives other quotations, speakers or confidence: pages are then read again."""

__all__ = ["AUTOMATIC", "VERSION", "Attribution", "Quotation", "extract"]
