"""Reads submitted pages: text, HTML or JSON Lines files, optionally compressed. Plain Python."""

from articles.reading.documents.decoding import decode
from articles.reading.documents.given import Given, with_given
from articles.reading.documents.reading import read_documents
from articles.reading.documents.records import Document, DocumentError, MediaType, Refused

__all__ = [
    "Document",
    "DocumentError",
    "Given",
    "MediaType",
    "Refused",
    "decode",
    "read_documents",
    "with_given",
]
