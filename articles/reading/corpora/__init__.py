"""Readers of published corpora, of quotations and of checks: JSON Lines and feeds."""

from articles.reading.corpora.claim_reviews import PublishedReview, read_claim_reviews
from articles.reading.corpora.feeds import read_records
from articles.reading.corpora.reading import READERS, CorpusQuotation, read_lines
from articles.reading.corpora.records import LineError

__all__ = [
    "READERS",
    "CorpusQuotation",
    "LineError",
    "PublishedReview",
    "read_claim_reviews",
    "read_lines",
    "read_records",
]
