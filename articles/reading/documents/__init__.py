"""Reads submitted pages: text, HTML or JSON Lines files, optionally compressed. Plain Python."""

from articles.reading.documents.decoding import decode
from articles.reading.documents.defaults import SubmissionDefaults, apply_defaults
from articles.reading.documents.reading import read_documents
from articles.reading.documents.records import Document, DocumentError, MediaType, Refused, hash_of

__all__ = [
    "Document",
    "DocumentError",
    "MediaType",
    "Refused",
    "SubmissionDefaults",
    "apply_defaults",
    "decode",
    "hash_of",
    "read_documents",
]
