"""Readers of published corpora of quotations, a JSON object a line."""

from articles.reading.corpora.reading import READERS, CorpusQuotation, LineError, read_lines

__all__ = ["READERS", "CorpusQuotation", "LineError", "read_lines"]
