"""Captured pages as they are handed in: files of text, HTML or JSON Lines, packed or not. Plain Python."""

from articles.ingest.documents.decoding import decode
from articles.ingest.documents.reading import read_documents
from articles.ingest.documents.records import Document, DocumentError, MediaType, Refused

__all__ = ["Document", "DocumentError", "MediaType", "Refused", "decode", "read_documents"]
