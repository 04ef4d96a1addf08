"""The SQL for the JSON documents that the database stores."""

from articles.api.serializers import StatementSerializer
from newsdb.api.rows.documents import document_of


def statement_document(vendor: str, row: str) -> str:
    """SQL for a statement's document, as in lists."""
    return document_of(StatementSerializer(), vendor, row)
