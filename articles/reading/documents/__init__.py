"""Captured pages as they are submitted: files of text, HTML or JSON Lines, packed or not. Plain Python."""

from articles.reading.documents.decoding import decode
from articles.reading.documents.reading import read_documents
from articles.reading.documents.records import Document, DocumentError, MediaType, Refused

__all__ = ["Document", "DocumentError", "MediaType", "Refused", "decode", "read_documents"]
